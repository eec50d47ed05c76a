using System.Buffers;
using System.Collections.Immutable;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Catalog.Dialects.Handlebars;

/// <summary>How Handlebars is written, as Dotprompt uses it.</summary>
internal sealed class HandlebarsNotation : Notation
{
    public override string Fence => "handlebars";

    public override string Island(string code) => "{{" + code + "}}";

    public override string EndOfIsland => "}}";

    public override ReadOnlySpan<char> CodeOf(ReadOnlySpan<char> island) => island.Trim("{}~ \t");

    public override bool IsEndOfIsland(ReadOnlySpan<char> text) => text.Trim().TrimStart('~') is "}}";

    public override string Guarded(string island, string condition)
    {
        string before = island[2] == '~' ? "~" : "", after = island[^3] == '~' ? "~" : "";
        return $"{{{{{before}#if {condition}}}}}{island[..2]}{island[(2 + before.Length)..^(2 + after.Length)]}{island[^2..]}{{{{/if{after}}}}}";
    }

    internal override ImmutableArray<TextEdit> Spacing(PromptDocument document, ImmutableArray<Problem> problems) =>
        HandlebarsSpacing.Edits(document, problems);

    internal override bool SpellsTheSame(PromptDocument one, PromptDocument other) => HandlebarsSpacing.SpellsTheSame(one, other);

    public override string If => "#if";

    public override string? NullSafe(string owner, string member) => null;

    public override string Role(string name) => Island($"role {Quoted(name)}");

    public override string Escaped(string text, char quote) => text.Replace(quote.ToString(), "\\" + quote, StringComparison.Ordinal);

    public override string Argument(string name, string value) => $"{name}={value}";

    public override string ArgumentLabel(string name) => name + "=";

    public override string? Piped(string function) => null;

    public override string FunctionItself(string name) => name;

    public override string Variable(string name) => Part(name);

    public override string OfSubject(string name) => "this" + Member(name);

    public override string Member(string name) => "." + Part(name);

    private static string Part(string name) => IsName(name) && !char.IsAsciiDigit(name[0]) ? name : $"[{name}]";

    private static bool IsName(string name) => name.Length > 0 && name.All(c => c is '_' or '-' or '$' || char.IsLetterOrDigit(c));

    // Steps of a path stand as they are.
    public override string Partial(string name) => name.Split('/').All(IsName) ? name : Quoted(name);

    public override string Include(string name) => "> " + Partial(name);

    public override bool EnclosesCalls => true;

    public override string? EndOf(BlockNode block) => block switch
    {
        IncludeBlockNode include => include.Call.First is LiteralExpression { Value: string name } ? "/" + name : null,
        RawNode => null,
        _ => "/" + block.Keyword,
    };

    public override string Outside(string name, int blocks) => string.Concat(Enumerable.Repeat("../", blocks)) + Part(name);

    internal override SearchValues<string> MarksOfMembers { get; } = SearchValues.Create(["[", "=", "this"], StringComparison.Ordinal);

    public override string? Sign(BinaryOperator operation) => null;

    public override string? Otherwise(string value, string standard) => null;

    public override string? Choice(string condition, string then, string otherwise) => null;

    public override string LoopHead(string item, string list) => $"{list} as |{item}|";

    public override string? BeforeList => null;

    public override string Section(string name) => $"#{name}}}}}$0{{{{/{name}";

    public override string CommentLine(string words) => $"{{{{! {words} }}}}";

    public override LineComment? LineComment { get; } = new([("{{!-- ", " --}}"), ("{{! ", " }}")], "--", "}}");
}
