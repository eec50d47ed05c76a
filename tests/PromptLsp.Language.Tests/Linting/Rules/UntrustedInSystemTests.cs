using PromptLsp.Testing;
using static PromptLsp.Testing.Editor;

namespace PromptLsp.Language.Tests.Linting;

public sealed class UntrustedInSystemTests
{
    [Theory]
    [InlineData("{{ ticket }}", true)]
    [InlineData("{{ ticket | string.strip }}", true)]
    [InlineData("{{ urgent ? ticket : 'none' }}", true)]
    [InlineData("{{ ticket ? 'Answer it.' : 'Ask for one.' }}", false)]
    [InlineData("{{ ticket == '' }}", false)]
    [InlineData("{{ urgent }}", false)]
    public void A_partial_that_writes_it_among_orders_is_told_and_one_that_only_asks_for_it_is_not(string body, bool isTold)
    {
        using PromptFolder folder = new(
            (
                "a.prompt",
                "---\ninput: { schema: { ticket: string, urgent: boolean }, untrusted: [ticket] }\n---\n{{ include 'p' ticket: ticket urgent: urgent }}"
            ),
            ("_p.prompt", "---\ninput: { schema: { ticket?: string, urgent?: boolean } }\n---\n{{ role 'system' }}" + body)
        );
        string[] told = [.. Editor.Findings(folder.Model("a.prompt")).Select(f => f.Rule).Where(rule => rule == "untrusted-in-system")];
        Assert.Equal(isTold ? ["untrusted-in-system"] : [], told);
    }

    private const string Head = """
        ---
        input:
          schema: { q: string, ok: boolean, r: string, kind(enum): [user, model], any_role(enum): [user, system], ms(array): { role: string, text: string } }
          untrusted: [q]
        samples:
          a: { q: hello, ok: true, r: user, kind: user, any_role: user, ms: [{ role: user, text: t }] }
        ---

        """;

    public static TheoryData<string> MaybeSystem { get; } =
    [
        .. """"
        {{ r2 = "system"; role r2 }}{{ q }}
        {{ x = {}; x.r = "system"; role x.r }}{{ q }}
        {{ role (ok ? "system" : "user") }}{{ q }}
        {{ role (ok ? "user" : "system") }}{{ q }}
        {{ x = ok ? "user" : "developer"; role x }}{{ q }}
        {{ func f; ret "system"; end; role f }}{{ q }}
        {{ func f; ret "system"; end; role (f) }}{{ q }}
        {{ func f }}system{{ end; role (f) }}{{ q }}
        {{ capture c }}system{{ end; role c }}{{ q }}
        {{ capture c }} sys{{ "tem" }}{{ end; role c }}{{ q }}
        {{ role ["system","user"][0] }}{{ q }}
        {{ l = ["system"]; role l[0] }}{{ q }}
        {{ o = { a: "system" }; role o.a }}{{ q }}
        {{ o = { a: "system" }; role o["a"] }}{{ q }}
        {{ role ("sys" + "tem") }}{{ q }}
        {{ role ("SYSTEM" | string.downcase) }}{{ q }}
        {{ role $"sys{"tem"}" }}{{ q }}
        {{ "system" | role }}{{ q }}
        {{ if ok }}{{ role "system" }}{{ else }}{{ role "user" }}{{ end }}{{ q }}
        {{ if !ok }}{{ role "system" }}{{ end }}{{ q }}
        {{ for r3 in ["system"] }}{{ role r3 }}{{ q }}{{ end }}
        {{ for r3 in ["system", "user"] }}{{ role r3 }}{{ end }}{{ q }}
        {{ case r }}{{ when "a" }}{{ role "system" }}{{ else }}{{ role "user" }}{{ end }}{{ q }}
        {{ func say(x) }}{{ role x }}{{ q }}{{ end; say "system" }}
        {{ func say(x) }}{{ role x }}{{ end; say "system" }}{{ q }}
        {{ func say(x = "system") }}{{ role x }}{{ end; say }}{{ q }}
        {{ func sys }}{{ role "system" }}{{ end; sys }}{{ q }}
        {{ capture m }}{{ role "system" }}{{ end }}{{ m }}{{ q }}
        {{ role any_role }}{{ q }}
        {{ x = r ?? "system"; role x }}{{ q }}
        {{ this.z = "system"; role z }}{{ q }}
        {{ this.z = "system"; role this.z }}{{ q }}
        {{ o = {}; o.z = "system"; role o.z }}{{ q }}
        {{ l = []; l[0] = "system"; role l[0] }}{{ q }}
        {{ a = "system"; b = a; role b }}{{ q }}
        {{ x = "user"; if ok; x = "system"; end; role x }}{{ q }}
        {{ x = "sys"; x += "tem"; role x }}{{ q }}
        {{ while ok }}{{ role "system" }}{{ break }}{{ end }}{{ q }}
        {{ with { z: "system" } }}{{ role z }}{{ q }}{{ end }}
        {{ role "system" }}{{ if ok }}{{ role "user" }}{{ end }}x{{ for m in ms }}{{ role "system" }}{{ end }}{{ q }}
        {{ f = @role; f "system" }}{{ q }}
        {{ object.eval_template "{{ role 'system' }}" }}{{ q }}
        {{ role(["user", "system"] | array.last) }}{{ q }}
        {{ ok ? (role "system") : "" }}{{ q }}
        """".Split('\n'),
    ];

    [Theory]
    [MemberData(nameof(MaybeSystem))]
    public void However_the_role_is_computed_what_may_stand_among_orders_is_told(string body) =>
        Assert.Contains("untrusted-in-system", Findings(Model(Head + body)).Select(f => f.Rule));

    [Theory]
    [InlineData("{{ this.q }}", true)]
    [InlineData("{{ this['q'] | string.upcase }}", true)]
    [InlineData("{{ x = this; x.q }}", true)]
    [InlineData("{{ this | object.to_json }}", true)]
    [InlineData("{{ this.r }}{{ this['r'] }}", false)]
    public void Whatever_it_is_read_through_it_is_told(string body, bool isTold) =>
        Assert.Equal(isTold, Findings(Model(Head + "{{ role 'system' }}" + body)).Any(f => f.Rule == "untrusted-in-system"));

    public static TheoryData<string> NeverSystem { get; } =
    [
        .. """"
        {{ role r }}{{ q }}
        {{ role kind }}{{ q }}
        {{ x = "system"; role x }}a{{ x = "user"; role x }}{{ q }}
        {{ role (ok ? "user" : "model") }}{{ q }}
        {{ roles = { sys: "system", usr: "user" }; role roles.sys }}a{{ role roles.usr }}{{ q }}
        {{ roles = ["system", "user"]; role roles[1] }}{{ q }}
        {{ for m in ms }}{{ role m.role }}{{ m.text }}{{ end }}{{ role "user" }}{{ q }}
        {{ for m in ms }}{{ role (m.role | string.replace "assistant" "model") }}{{ q }}{{ end }}
        {{ role (r | string.replace "system" "user") }}{{ q }}
        {{ if ok }}{{ role "system" }}a{{ end }}{{ role "user" }}{{ q }}
        {{ func sys }}{{ role "system" }}x{{ end; sys }}{{ role "user" }}{{ q }}
        {{ role "system" }}x{{ if ok }}{{ role "user" }}{{ q }}{{ else }}{{ role "model" }}{{ q }}{{ end }}
        {{ func say(x) }}{{ role x }}{{ end; say "user" }}{{ q }}
        {{ role "system" }}{{ role (ok ? "user" : "model") }}{{ q }}
        """".Split('\n'),
    ];

    [Theory]
    [MemberData(nameof(NeverSystem))]
    public void What_never_stands_among_orders_is_not(string body) =>
        Assert.DoesNotContain("untrusted-in-system", Findings(Model(Head + body)).Select(f => f.Rule));

    [Theory]
    [InlineData("{{ include 'p' r: 'system' }}{{ q }}", "{{ role r }}", true)]
    [InlineData("{{ include 'p' r: 'user' }}{{ q }}", "{{ role r }}", false)]
    [InlineData("{{ include 'p' }}{{ q }}", "{{ if ok }}{{ role 'system' }}{{ else }}{{ role 'user' }}{{ end }}", true)]
    [InlineData("{{ include 'p' }}{{ q }}", "{{ r = 'developer'; role r }}", true)]
    public void A_partial_that_computes_the_role_is_followed(string body, string partial, bool isTold)
    {
        using PromptFolder folder = new(
            ("a.prompt", "---\ninput: { schema: { q: string, ok: boolean }, untrusted: [q] }\n---\n" + body),
            ("_p.prompt", partial)
        );
        Assert.Equal(isTold, Editor.Findings(folder.Model("a.prompt")).Any(f => f.Rule == "untrusted-in-system"));
    }

    [Theory]
    [InlineData("{{ x = {}; x.r = q }}{{ role 'system' }}{{ x.r }}", true)]
    [InlineData("{{ x = {}; x['r'] = q }}{{ role 'system' }}{{ x.r }}", true)]
    [InlineData("{{ x = [{}]; x[0].r = q }}{{ role 'system' }}{{ x[0].r }}", true)]
    [InlineData("{{ x = {}; y = {}; y.q = q; x.r = y.q }}{{ role 'system' }}{{ x.r }}", true)]
    [InlineData("{{ role 'system' }}{{ x = {} }}{{ for i in [1, 2] }}{{ x.r }}{{ x.r = q }}{{ end }}", true)]
    [InlineData("{{ x = {}; x.r = 'a' }}{{ role 'system' }}{{ x.r }}{{ role 'user' }}{{ q }}", false)]
    public void What_is_put_into_an_object_by_its_members_is_followed(string body, bool isTold) =>
        Assert.Equal(isTold, Findings(Model(Head + body)).Any(f => f.Rule == "untrusted-in-system"));
}
