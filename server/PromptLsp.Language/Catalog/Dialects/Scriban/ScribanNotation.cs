using System.Buffers;
using System.Collections.Immutable;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Catalog.Dialects.Scriban;

/// <summary>How Scriban is written.</summary>
internal class ScribanNotation : Notation
{
    public override string Fence => "scriban";

    public override string Island(string code) => "{{ " + code + " }}";

    public override string EndOfIsland => " }}";

    public override ReadOnlySpan<char> CodeOf(ReadOnlySpan<char> island) => island.Trim("{}~- \t");

    public override bool IsEndOfIsland(ReadOnlySpan<char> text) => text.Trim().Trim("-~") is "}}";

    public override string Guarded(string island, string condition)
    {
        string before = island[2] is '-' or '~' ? island[2..3] : "", after = island[^3] is '-' or '~' ? island[^3..^2] : "";
        string begin = Island("if " + condition), value = island[..2] + island[(2 + before.Length)..^(2 + after.Length)] + island[^2..], end = Island("end");
        return $"{begin[..2]}{before}{begin[2..]}{value}{end[..^2]}{after}{end[^2..]}";
    }

    public override string If => "if";

    public override string NullSafe(string owner, string member) => $"{owner}?.{member}";

    public override string Role(string name) => Island("role " + Quoted(name));

    public override string Escaped(string text, char quote) =>
        quote == '`' ? text : text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(quote.ToString(), "\\" + quote, StringComparison.Ordinal);

    public override string Argument(string name, string value) => name + ": " + value;

    public override string ArgumentLabel(string name) => name + ":";

    public override string Piped(string function) => " | " + function;

    public override string FunctionItself(string name) => "@" + name;

    public override string Include(string name) => "include " + Quoted(name);

    public override string Member(string name) => IsName(name) ? "." + name : $"[{Quoted(name)}]";

    private static bool IsName(string name) => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => c == '_' || char.IsLetterOrDigit(c));

    public override string Variable(string name) => $"this[\"{name}\"]";

    internal override SearchValues<string> MarksOfMembers { get; } = SearchValues.Create(["[", ":", "this"], StringComparison.Ordinal);

    public override string? Sign(BinaryOperator operation) => operation switch
    {
        BinaryOperator.Equal => "==",
        BinaryOperator.NotEqual => "!=",
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterOrEqual => ">=",
        BinaryOperator.And => "&&",
        BinaryOperator.Or => "||",
        BinaryOperator.Coalesce => "??",
        BinaryOperator.IfPresent => "?!",
        BinaryOperator.Range => "..",
        BinaryOperator.RangeBelow => "..<",
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.DivideWhole => "//",
        BinaryOperator.Remainder => "%",
        _ => null,
    };

    public override string Otherwise(string value, string standard) => $"{value} ?? {standard}";

    public override string Choice(string condition, string then, string otherwise) => $"{condition} ? {then} : {otherwise}";

    public override string LoopHead(string item, string list) => $"{item} in {list}";

    public override string BeforeList => "in ";

    // `~` takes the white space around the comment away, its own line end too.
    public override string CommentLine(string words) => $"{{{{~ # {words} ~}}}}";

    public override LineComment? LineComment { get; } =
        new([("{{~ # ", " ~}}"), ("{{# ", " }}"), ("{{ # ", " }}"), ("{{ # ", " ~}}"), ("{{# ", " ~}}"), ("{{- # ", " -}}")], "}", "}");

    internal override ImmutableArray<TextEdit> Spacing(PromptDocument document, ImmutableArray<Problem> problems) => ScribanSpacing.Edits(document, problems);

    internal override bool SpellsTheSame(PromptDocument one, PromptDocument other) => ScribanSpacing.SpellsTheSame(one, other);

    internal override bool KeepsLineEnds => true;

    public override string WithoutLine(string islands, bool isIndented) => "{{" + (isIndented ? "~" : "") + islands[2..^2] + "~}}";

    internal override ReadOnlySpan<char> Between(ReadOnlySpan<char> before, ReadOnlySpan<char> text, ReadOnlySpan<char> behind)
    {
        if (before.EndsWith("-}}"))
            text = text.TrimStart();
        else if (before.EndsWith("~}}"))
            text = text.TrimStart(" \t\r") is ['\n', .. var rest] ? rest : text.TrimStart(" \t");
        return behind.StartsWith("{{-") ? text.TrimEnd() : behind.StartsWith("{{~") ? text.TrimEnd(" \t") : text;
    }

    internal override ImmutableArray<TextEdit> Trim(SourceText text, ImmutableArray<TextSpan> line)
    {
        const int Braces = 2;
        var edits = ImmutableArray.CreateBuilder<TextEdit>();
        foreach (TextSpan island in line)
        {
            bool hasBlanks = island.Start > 0 && text.Content[island.Start - 1] is ' ' or '\t';
            if (hasBlanks && text.Content[island.Start + Braces] is not ('~' or '-'))
                edits.Add(TextEdit.Insert(island.Start + Braces, "~"));
        }
        edits.Add(TextEdit.Insert(line[^1].End - Braces, "~"));
        return edits.ToImmutable();
    }
}
