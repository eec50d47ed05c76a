using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Tests.Rendering;

namespace PromptLsp.Language.Tests.Linting;

/// <summary>
/// What is optional and left out stops the rendering, or leaves a hole where it is printed: it is told where that can be, and not where
/// something has asked for it.
/// </summary>
public sealed class OptionalMembersTests
{
    private const string Head =
        "---\ninput: { schema: { note?: string, tags?(array): string, s: { name: string, nick?: string }, items(array): { title: string, by?: string }, c?(object): { name: string, address(object): { city: string } }, d?(object): { name: string, nick?: string } }, default: { s: { name: x }, items: [], d: { name: x } } }\n---\n";

    [Theory]
    [InlineData("{{ note.size }}", true)]
    [InlineData("{{ c.name }}", true)]
    [InlineData("{{ c.address.city }}", true)]
    [InlineData("{{ c.name | string.upcase }}", true)]
    [InlineData("{{ note[0] }}", true)]
    [InlineData("{{ note | regex.replace 'a' 'b' }}", true)]
    [InlineData("{{ c?.name }}", false)]
    [InlineData("{{ if c }}{{ c.name }}{{ end }}", false)]
    [InlineData("{{ if c.name }}{{ c.name }}{{ end }}", true)]
    [InlineData("{{ if c.name == 'x' }}y{{ end }}", true)]
    [InlineData("{{ if tags.size > 0 }}y{{ end }}", true)]
    [InlineData("{{ y = c.name }}{{ y }}", true)]
    [InlineData("{{ c.name ?? 'x' }}", true)]
    [InlineData("{{ c.name == 'x' ? 1 : 2 }}", true)]
    [InlineData("{{ case c.name }}{{ when 'a' }}x{{ end }}", true)]
    [InlineData("{{ if c || c.name == 'x' }}y{{ end }}", null)]
    [InlineData("{{ if c && c.name == 'x' }}y{{ end }}", false)]
    [InlineData("{{ if c == null || c.name == 'x' }}y{{ end }}", false)]
    [InlineData("{{ if c?.name == 'x' }}y{{ end }}", false)]
    [InlineData("{{ y = c?.name ?? 'x' }}{{ y }}", false)]
    [InlineData("{{ d.name }}", false)]
    public void It_is_told_where_the_engine_stops(string body, bool? stops)
    {
        string? told = Told(body);
        Assert.Equal(stops ?? false, told is not null);
        Assert.Equal(stops ?? false, told?.Contains("stops the rendering", StringComparison.Ordinal) ?? false);
        if (stops is { } expected)
            Assert.Equal(expected, Rendered.Render(Head + body).Result.Failure is not null);
    }

    [Theory]
    [InlineData("Note: {{ note }}", true)]
    [InlineData("Note: {{ note | string.upcase }}", true)]
    [InlineData("Note: {{ string.upcase note }}", true)]
    [InlineData("{{ 'Note: ' + note }}", true)]
    [InlineData("{{ tags | array.join ', ' }}", true)]
    [InlineData("{{ if !note }}{{ note }}{{ end }}", true)]
    [InlineData("{{ if note == null }}{{ note }}{{ end }}", true)]
    [InlineData("{{ if note }}x{{ else }}{{ note }}{{ end }}", false)]
    [InlineData("{{ if !note }}x{{ else }}{{ note }}{{ end }}", false)]
    [InlineData("{{ if note == null }}x{{ else }}{{ note }}{{ end }}", false)]
    [InlineData("{{ if note }}{{ note | string.upcase }}{{ end }}", false)]
    [InlineData("{{ if note && s.nick }}{{ note }} {{ s.nick }}{{ end }}", false)]
    [InlineData("{{ if note != null }}{{ note }}{{ end }}", false)]
    [InlineData("{{ if note == 'x' }}{{ note }}{{ end }}", false)]
    [InlineData("{{ if (note) }}{{ note }}{{ end }}", false)]
    [InlineData("{{ case note }}{{ when 'a' }}{{ note }}{{ end }}", false)]
    [InlineData("{{ note ?? 'x' }}", false)]
    [InlineData("{{ note | object.default 'x' }}", false)]
    [InlineData("{{ note | object.default 'x' | string.upcase }}", false)]
    [InlineData("{{ note ? note : 'x' }}", false)]
    [InlineData("{{ if !note; ret; end }}{{ note }}", false)]
    [InlineData("{{ if !note }}None.{{ ret }}{{ end }}{{ note }}", false)]
    [InlineData("{{ for i in items }}{{ if !i.by; continue; end }}{{ i.by }}{{ end }}", false)]
    [InlineData("{{ for t in tags }}{{ t }}{{ end }}", false)]
    [InlineData("{{ tags | array.size }}", false)]
    [InlineData("{{ s.name }}", false)]
    [InlineData("{{ d.nick }}", false)]
    [InlineData("{{ for i in items }}{{ i.title }}{{ end }}", false)]
    [InlineData("{{ for i in items }}{{ i.by }}{{ end }}", true)]
    [InlineData("{{ for i in items }}{{ if i.by }}{{ i.by }}{{ end }}{{ end }}", false)]
    [InlineData("{{ if c }}{{ c.name }}{{ c.address.city }}{{ end }}", false)]
    [InlineData("{{ with c }}{{ name }}{{ end }}", false)]
    [InlineData("{{ note = note ?? 'x' }}{{ note }}", false)]
    [InlineData("{{ has_note = note != null }}{{ if has_note }}{{ note }}{{ end }}", false)]
    [InlineData("{{ n = note }}{{ if n }}{{ note }}{{ end }}", false)]
    [InlineData("{{ h = note; k = h && note != '' }}{{ k ? note : '' }}", false)]
    [InlineData("{{ n = s.name }}{{ if n != '' }}{{ note }}{{ end }}", true)]
    public void A_hole_is_told_where_nothing_asks(string body, bool isTold) => Assert.Equal(isTold, Told(body) is not null);

    [Fact]
    public void A_member_is_told_with_its_path() =>
        Assert.Equal(
            "`p.nick` is optional and may be missing here; ask for it with `if`, or give it a default",
            Told("{{ p.nick }}", "---\ninput: { schema: { p: { name: string, nick?: string } } }\n---\n")
        );

    private static string? Told(string body, string head = Head)
    {
        PromptModel prompt = new(PromptDocument.Parse(new(head + body)), PromptEnvironment.None);
        return Linter.Quick(prompt, TestContext.Current.CancellationToken).SingleOrDefault(f => f.Rule == "optional-unguarded")?.Message;
    }
}
