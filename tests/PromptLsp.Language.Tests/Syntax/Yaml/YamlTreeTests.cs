using System.Text;
using CsCheck;
using PromptLsp.Language.Tests.Properties;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Tests.Syntax.Yaml;

public sealed class YamlTreeTests
{
    [Fact]
    public void Nodes_know_their_own_characters() => Tree("""
        a: plain text
        b: 'it''s'   # why
        c: [1, "two", {three: 3}]
        d:
          e: |
            line

        f:
        """, """
        {a: plain text‹plain text›, b: it's‹'it''s'›, c: [1‹1›, two‹"two"›, {three: 3‹3›}‹{three: 3}›]‹[1, "two", {three: 3}]›, d: {e: line⏎‹|⏎    line›}‹e: |⏎    line›, f: ‹›}
        """);

    [Fact]
    public void Anchors_and_tags_are_not_part_of_a_node() => Tree("""
        a: &x !!str 5
        b: *x
        c: &y
          d: e
        """, """
        {a: 5‹5›, b: *x→5, c: {d: e‹e›}‹d: e›}
        """);

    [Fact]
    public void A_value_not_written_yet_stands_behind_its_colon() => Assert.Equal(new TextSpan(5, 0), Parsed("name:\n\nmodel: x").Find("name")!.Value.Span);

    [Fact]
    public void A_pair_inside_a_list_is_a_mapping_without_brackets() => Tree("a: [b: c, d]", "{a: [{b: c‹c›}‹b: c›, d‹d›]‹[b: c, d]›}");

    [Theory]
    [InlineData("a: 😀😀\nb: c")]
    [InlineData("a: é\u0301\r\nb: c")]
    [InlineData("a: 1\r\nx: 2\rb: c")]
    [InlineData("\uFEFFa: 1\nb: c")]
    public void Offsets_are_those_of_the_text(string yaml) => Assert.Equal(yaml.Length - 1, Parsed(yaml).Find("b")!.Value.Span.Start);

    [Theory]
    [InlineData("input:\n  schema\n    name: string", 2, "schema", "`schema` needs a `:` behind it")]
    [InlineData("a: b\nmod\nc: d", 2, "mod", "`mod` needs a `:` behind it")]
    [InlineData("a: b\nmod", 2, "mod", "`mod` needs a `:` behind it")]
    [InlineData("a:b\nc: d", 1, ":", "a blank is missing behind this `:`")]
    [InlineData("a: Note: x\nb: c", 1, ":", "a value with `: ` in it needs quotes around it")]
    [InlineData("a: b\n  c: d", 2, "c", "`c` is indented under a line that already has its value; move it left, or end the line above in `:`")]
    [InlineData("a: \"x\nb: c", 1, "\"", "this `\"` is never closed; close it, and indent the lines of a text that goes on")]
    [InlineData("a: 'x", 1, "'", "this `'` is never closed; close it, and indent the lines of a text that goes on")]
    [InlineData("a: [x, y\nb: c", 1, "[", "this `[` is never closed; a `]` is missing")]
    [InlineData("a: {x: y\nb: c", 1, "{", "this `{` is never closed; a `}` is missing")]
    [InlineData("a: [", 1, "[", "this `[` is never closed; a `]` is missing")]
    [InlineData("a: [x,\n\n", 1, "[", "this `[` is never closed; a `]` is missing")]
    [InlineData("a: [[x], [", 1, "[", "this `[` is never closed; a `]` is missing")]
    [InlineData("a: {x: [", 1, "[", "this `[` is never closed; a `]` is missing")]
    [InlineData("a: {", 1, "{", "this `{` is never closed; a `}` is missing")]
    [InlineData("a: {x: 'y' z: w}", 1, "z", "a `,` or `}` is missing before this")]
    [InlineData("a: @foo\nb: c", 1, "@", "a value cannot begin with `@`; put it in quotes")]
    [InlineData("a: `foo`", 1, "`", "a value cannot begin with a backtick; put it in quotes")]
    [InlineData("a:\n  b: c\n d: e", 3, "d", "`d` is indented like no key above it; line it up with its neighbours")]
    [InlineData("a:\n\tb: c", 2, "\t", "a tab cannot indent YAML; use spaces")]
    [InlineData("a: b\n\tc: d", 2, "\t", "a tab cannot indent YAML; use spaces")]
    [InlineData("a: \"x\\d\"", 1, "\\d", "`\\d` is no escape in double quotes; write `\\\\d`, or use single quotes")]
    [InlineData("a: { b: string }[]\nx: y", 1, "[]", "nothing but a comment may follow `}`; to make it text, put the whole value in quotes")]
    [InlineData("a: 'it's'\nb: c", 1, "s'", "text stands behind the closing `'`; put the whole value in quotes, and write `''` for a `'` inside")]
    [InlineData("a: x\n- b", 2, "-", "a list item stands among keys; put it under a key of its own")]
    [InlineData("a: - b", 1, "-", "a list cannot begin on the line of its key; put each `- item` on a line of its own")]
    [InlineData("a: *foo\nb: c", 1, "*foo", "`*foo` names nothing: no `&foo` stands before it; text that begins with `*` needs quotes")]
    [InlineData("a: ]", 1, "]", "a value should stand here, before `]`; text that begins with it needs quotes")]
    [InlineData("a: b\n...\nc: d", 3, "c: d", "a second YAML document starts here; only the first one is read; remove the `---` or `...` before it")]
    [InlineData("a: 1\nb: 2\na: 3", 3, "a", "`a` stands twice, first on line 1; keep one")]
    [InlineData("a: &x [*x]", 1, "*x", "`*x` stands inside the very value it names")]
    [InlineData("a: b\0c", 1, "\0", "the character U+0000 cannot stand in YAML; remove it")]
    public void What_is_wrong_is_said_where_it_is(string yaml, int line, string at, string message)
    {
        var text = new SourceText(yaml);
        Problem problem = Assert.Single(YamlTree.Parse(text, new(0, yaml.Length)).Problems);
        Assert.Equal((line, at, message), (text.LineAt(problem.Span.Start) + 1, text[problem.Span], problem.Message));
    }

    [Fact]
    public void What_stands_before_an_error_stays_and_what_stands_behind_it() =>
        Tree("a: {b: c, d: [1, 2\nx: y", "{a: {b: c‹c›, d: [1‹1›]‹[1›}‹{b: c, d: [1›, x: y‹y›}");

    [Theory]
    [InlineData("a: 1\nb: [x\nc: 2", "a b c")]
    [InlineData("a: 1\nb: \"x\nc: 2", "a b c")]
    [InlineData("a: 1\nb\nc: 2", "a c")]
    [InlineData("a: 1\n\tb: 1\nc: 2", "a c")]
    [InlineData("a: 1\nb: x: y\nc: 2\nd: @e\nf: 3", "a b c d f")]
    [InlineData("a: 1\nb(object\n  x: 1\n  y: 2\nc: 2", "a c")]
    [InlineData("a: 1\n- b\nc: 2", "a c")]
    [InlineData("a: 1\nb: [x,\n  y\nc: 2", "a b c")]
    [InlineData("[x\na: 1", "a")]
    public void A_slip_costs_its_own_line_alone(string yaml, string keys)
    {
        var text = new SourceText(yaml);
        YamlTree tree = YamlTree.Parse(text, new(0, yaml.Length));
        Assert.Equal(keys, string.Join(' ', ((YamlMapping)tree.Root!).Entries.Select(e => e.Key.Value)));
        Assert.Single(tree.Problems);
    }

    [Fact]
    public void A_bomb_of_aliases_is_a_finding_and_stays_small()
    {
        var bomb = new StringBuilder("a0: &a0 [1,1,1,1,1,1,1,1,1]\n");
        for (int i = 1; i < 30; i++)
            bomb.Append($"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat("*a" + (i - 1), 9))}]\n");
        YamlTree tree = Parse(bomb.ToString());
        Assert.Contains("unfolds into more than can be read", tree.Problems[0].Message, StringComparison.Ordinal);
        Assert.True(Unfolded(tree.Root!) < 2 * YamlTree.MaxUnfolded);
    }

    [Fact]
    public void Aliases_cannot_nest_deeper_than_brackets_may()
    {
        var stairs = new StringBuilder("a0: &a0 [1]\n");
        for (int i = 1; i < 5000; i++)
            stairs.Append($"a{i}: &a{i} [*a{i - 1}]\n");
        YamlTree tree = Parse(stairs.ToString());
        Assert.NotEmpty(tree.Problems);
        Assert.True(Unfolded(tree.Root!) < 2 * YamlTree.MaxUnfolded);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("&a ")]
    [InlineData("a: ")]
    [InlineData("\"")]
    [InlineData("[a: ")]
    [InlineData("a: b\n")]
    [InlineData(" ")]
    [InlineData("%\n")]
    [InlineData("!")]
    [InlineData("- - \n")]
    [InlineData("# x\n")]
    public void A_megabyte_of_anything_is_read_or_refused_at_once(string token)
    {
        string yaml = string.Concat(Enumerable.Repeat(token, 1_000_000 / token.Length));
        long before = TimeProvider.System.GetTimestamp();
        Parse(yaml);
        Assert.True(TimeProvider.System.GetElapsedTime(before) < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Nothing_throws_and_every_span_lies_in_the_text() =>
        Gen.OneOf<string>("a", "b: ", "c:\n", "  ", "\n", "\r\n", "- ", "[", "]", "{", "}", ",", "'", "\"", "|", ">-\n", "# x\n", "&a ", "*a", "!!str ", "? ", ":", "\t", "😀", "\\", "---\n", "...\n", "%", "\0", "<<: ")
            .Array[0, 30].Select(string.Concat).Holds(20_000, yaml =>
            {
                YamlTree tree = Parse(yaml);
                if (tree.Root is not null)
                    Check(tree.Root, yaml, new(0, yaml.Length));
                Assert.All(tree.Problems, p => Assert.True(p.Span.Start >= 0 && p.Span.Length >= 0 && p.Span.End <= yaml.Length));
            });

    private static void Check(YamlNode node, string yaml, TextSpan within)
    {
        Assert.True(node.Span.Length >= 0 && within.Contains(node.Span), $"{node.Span} in {within} of {yaml}");
        switch (node)
        {
            case YamlScalar { IsPlain: true } plain when !plain.Value.Contains('\n') && !plain.Value.Contains(' ') && !plain.Value.Contains('\uFFFD') && !plain.Value.Contains('\\'):
                Assert.Equal(plain.Value, yaml.Substring(plain.Span.Start, plain.Span.Length));
                break;
            case YamlMapping mapping:
                foreach (YamlEntry entry in mapping.Entries)
                {
                    Assert.True(mapping.Span.Contains(entry.Key.Span), $"key {entry.Key.Span} in {mapping.Span} of {yaml}");
                    Check(entry.Value, yaml, mapping.Span);
                }
                break;
            case YamlSequence sequence:
                foreach (YamlNode item in sequence.Items)
                    Check(item, yaml, sequence.Span);
                break;
        }
    }

    private static long Unfolded(YamlNode node) => node switch
    {
        YamlMapping mapping => 1 + mapping.Entries.Sum(e => Unfolded(e.Value)),
        YamlSequence sequence => 1 + sequence.Items.Sum(Unfolded),
        YamlAlias { Target: { } target } => Unfolded(target),
        _ => 1,
    };

    private static YamlTree Parse(string yaml) => YamlTree.Parse(new(yaml), new(0, yaml.Length));

    private static YamlMapping Parsed(string yaml) => Assert.IsType<YamlMapping>(Parse(yaml).Root);

    private static void Tree(string yaml, string expected) => Assert.StartsWith(expected + "‹", Written(Parse(yaml).Root!, yaml), StringComparison.Ordinal);

    private static string Written(YamlNode node, string yaml)
    {
        string own = "‹" + yaml.Substring(node.Span.Start, node.Span.Length) + "›";
        string written = node switch
        {
            YamlMapping mapping => "{" + string.Join(", ", mapping.Entries.Select(e => e.Key.Value + ": " + Written(e.Value, yaml))) + "}" + own,
            YamlSequence sequence => "[" + string.Join(", ", sequence.Items.Select(i => Written(i, yaml))) + "]" + own,
            YamlAlias alias => "*" + alias.Name + "→" + (alias.Target as YamlScalar)?.Value,
            _ => ((YamlScalar)node).Value + own,
        };
        return written.Replace("\n", "⏎", StringComparison.Ordinal);
    }
}
