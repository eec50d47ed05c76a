using PromptLsp.Testing;

namespace PromptLsp.Language.Tests.Linting;

public sealed class UntrustedRoleTests
{
    private const string Head =
        "---\ninput: { schema: { q: string, ok: boolean, kind(enum): [user, model], any(enum): [user, system] }, untrusted: [q, kind, any] }\n---\n";

    public static TheoryData<string> Chosen { get; } =
    [
        .. """"
        {{ role q }}
        {{ x = q; role x }}
        {{ role (q | string.strip) }}
        {{ q | role }}
        {{ role (ok ? q : "user") }}
        {{ func say(x) }}{{ role x }}{{ end; say q }}
        {{ role $"{q}" }}
        {{ capture c }}{{ q }}{{ end; role c }}
        {{ role any }}
        {{ func say(x) }}{{ role x }}{{ end; say x: q }}
        """".Split('\n'),
    ];

    [Theory]
    [MemberData(nameof(Chosen))]
    public void An_outsider_who_chooses_the_role_is_told(string body) =>
        Assert.Contains("untrusted-role", Editor.Findings(Editor.Model(Head + body)).Select(f => f.Rule));

    [Theory]
    [InlineData("{{ role (q == 'model' ? 'model' : 'user') }}")]
    [InlineData("{{ role kind }}")]
    [InlineData("{{ if q }}{{ role 'user' }}{{ end }}")]
    [InlineData("{{ role 'user' }}{{ q }}")]
    public void One_who_chooses_between_roles_that_give_no_orders_is_not(string body) =>
        Assert.DoesNotContain("untrusted-role", Editor.Findings(Editor.Model(Head + body)).Select(f => f.Rule));

    [Fact]
    public void A_partial_that_takes_the_role_is_followed()
    {
        using PromptFolder folder = new(("a.prompt", Head + "{{ include 'p' who: q }}"), ("_p.prompt", "{{ role who }}x"));
        Assert.Contains("untrusted-role", Editor.Findings(folder.Model("a.prompt")).Select(f => f.Rule));
    }
}
