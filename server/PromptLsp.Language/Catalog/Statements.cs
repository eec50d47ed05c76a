using System.Collections.Immutable;

namespace PromptLsp.Language.Catalog;

/// <summary>The statements of the template languages.</summary>
public static class Statements
{
    public static StatementCatalog Scriban =>
        field ??= new([
            new(ControlWord.If, "if", "Renders what follows where a condition holds.", "if ${1:condition} }}$0{{ end") { ClosedBy = "end" },
            new(ControlWord.Else, "else", "Begins what is rendered otherwise: no condition held, or there was nothing to loop over.", "else")
            {
                Within = ["if", "for", "case", "tablerow"],
            },
            new(ControlWord.ElseIf, "else if", "Begins what is rendered where another condition holds.", "else if ${1:condition}") { Within = ["if"] },
            new(ControlWord.End, "end", "Closes the block that was opened last.", "end"),
            new(ControlWord.Loop, "for", "Renders what follows once for each item of a list.", "for ${1:item} in ${2:items} }}$0{{ end") { ClosedBy = "end" },
            new(ControlWord.While, "while", "Renders what follows as long as a condition holds.", "while ${1:condition} }}$0{{ end") { ClosedBy = "end" },
            new(ControlWord.Break, "break", "Leaves the loop.", "break") { Within = ["for", "while", "tablerow"] },
            new(ControlWord.Continue, "continue", "Goes on with the loop's next item.", "continue") { Within = ["for", "while", "tablerow"] },
            new(ControlWord.Case, "case", "Renders the one branch that names the subject's value.", "case ${1:subject} }}{{ when ${2:value} }}$0{{ end")
            {
                ClosedBy = "end",
            },
            new(ControlWord.When, "when", "Begins the branch for one value or several.", "when ${1:value}") { Within = ["case"] },
            new(ControlWord.Assign, "assign", "Gives a name to a value.", "${1:name} = ${2:value}") { IsKeyword = false },
            new(ControlWord.Capture, "capture", "Renders what follows into a variable instead of into the prompt.", "capture ${1:name} }}$0{{ end")
            {
                ClosedBy = "end",
            },
            new(ControlWord.With, "with", "Lets what follows use an object's members by their bare names.", "with ${1:object} }}$0{{ end") { ClosedBy = "end" },
            new(ControlWord.Function, "func", "Defines a function of the template's own.", "func ${1:name}(${2:argument}) }}$0{{ end") { ClosedBy = "end" },
            new(ControlWord.Return, "ret", "Leaves the function, or the template, with a value.", "ret ${1:value}"),
            new(ControlWord.Wrap, "wrap", "Calls a function that places what follows where it says `$$`.", "wrap ${1:function} }}$0{{ end")
            {
                ClosedBy = "end",
            },
            new(ControlWord.ReadOnly, "readonly", "Lets nothing after it change a variable.", "readonly ${1:name}"),
            new(ControlWord.Import, "import", "Makes an object's members variables.", "import ${1:object}"),
            new(ControlWord.Table, "tablerow", "Writes the rows of an HTML table, one cell for each item.", "tablerow ${1:item} in ${2:items} }}$0{{ end")
            {
                ClosedBy = "end",
            },
            new(ControlWord.Comment, "comment", "A note that never reaches the model.", "# $0") { IsKeyword = false },
        ]);

    public static StatementCatalog Handlebars =>
        field ??= new([
            new(
                ControlWord.If,
                "#if",
                "Renders what follows where a value holds something: not null, false, 0, empty text or an empty list.",
                "#if ${1:condition}}}$0{{/if"
            )
            {
                ClosedBy = "/if",
                Values = [new("value", "What must hold something."), new("includeZero=false", "True where 0 holds something, too.")],
            },
            new(ControlWord.Else, "else", "Begins what is rendered otherwise: the condition did not hold, or there was nothing to loop over.", "else"),
            new(ControlWord.ElseIf, "else if", "Begins what is rendered where another condition holds.", "else if ${1:condition}")
            {
                Values = [new("value", "What must hold something."), new("includeZero=false", "True where 0 holds something, too.")],
            },
            new(
                ControlWord.Loop,
                "#each",
                "Renders what follows once for each item of a list, or each member of an object. The item is `this`, and its members are names "
                    + "inside; `../` leads outside.",
                "#each ${1:items}}}$0{{/each"
            )
            {
                ClosedBy = "/each",
                Values = [new("items", "The list, or the object, that is gone through.")],
            },
            new(
                ControlWord.Unless,
                "#unless",
                "Renders what follows where a value holds nothing: null, false, 0, empty text or an empty list.",
                "#unless ${1:condition}}}$0{{/unless"
            )
            {
                ClosedBy = "/unless",
                Values = [new("value", "What must hold nothing."), new("includeZero=false", "True where 0 holds something, too.")],
            },
            new(
                ControlWord.IfEqual,
                "#ifEquals",
                "Renders what follows where two values are the same, of the same type.",
                "#ifEquals ${1:value} ${2:other}}}$0{{/ifEquals"
            )
            {
                ClosedBy = "/ifEquals",
                Values = [new("value", "One of the two."), new("other", "What it is held against; a text and a number are never the same.")],
            },
            new(ControlWord.IfEqual, "#unlessEquals", "Renders what follows where two values differ.", "#unlessEquals ${1:value} ${2:other}}}$0{{/unlessEquals")
            {
                ClosedBy = "/unlessEquals",
                Values = [new("value", "One of the two."), new("other", "What it is held against; a text and a number are never the same.")],
            },
            new(ControlWord.With, "#with", "Lets what follows use an object's members by their bare names, if it is there.", "#with ${1:object}}}$0{{/with")
            {
                ClosedBy = "/with",
                Values = [new("object", "Whose members become names; where it is missing, nothing is rendered.")],
            },
            new(ControlWord.Include, ">", "Renders a partial in this place.", "> ${1:partial}") { IsKeyword = false },
            new(ControlWord.Comment, "!", "A note that never reaches the model.", "! $0 ") { IsKeyword = false },
        ]);

    /// <summary>What can stand behind the list of a loop.</summary>
    public static ImmutableArray<LoopOption> LoopOptions { get; } =
    [
        new("limit", "How many items it takes, at most.") { TakesValue = true },
        new("offset", "How many items it leaves out first.") { TakesValue = true },
        new("reversed", "From the last item to the first."),
        new("cols", "How many cells a row has.") { TakesValue = true, Within = "tablerow" },
    ];
}

/// <summary>An option of a loop: <c>limit: 3</c>, <c>reversed</c>.</summary>
public sealed record LoopOption(string Name, string Summary)
{
    public bool TakesValue { get; init; }

    /// <summary>The one statement that knows it; null where every loop does.</summary>
    public string? Within { get; init; }
}

/// <summary>The statements of one template language.</summary>
public sealed class StatementCatalog
{
    private readonly Dictionary<string, CatalogStatement> _byKeyword;

    internal StatementCatalog(ImmutableArray<CatalogStatement> all)
    {
        All = all;
        _byKeyword = all.ToDictionary(s => s.Keyword, StringComparer.Ordinal);
    }

    public ImmutableArray<CatalogStatement> All { get; }

    public CatalogStatement? Find(string keyword) => _byKeyword.GetValueOrDefault(keyword);

    public CatalogStatement? Find(ControlWord word)
    {
        foreach (CatalogStatement statement in All)
        {
            if (statement.Word == word)
                return statement;
        }
        return null;
    }
}

/// <summary>What a statement does, however a dialect writes it.</summary>
public enum ControlWord
{
    If,
    Else,
    ElseIf,
    End,
    Loop,
    While,
    Break,
    Continue,
    Case,
    When,
    Assign,
    Capture,
    With,
    Function,
    Return,
    Wrap,
    ReadOnly,
    Import,
    Table,
    Comment,
    Unless,
    IfEqual,
    Include,
}

/// <summary>One statement.</summary>
/// <param name="Keyword">What is typed to find it; the word itself unless <see cref="IsKeyword"/> is false.</param>
/// <param name="Summary">What it does, in one sentence.</param>
/// <param name="Snippet">
/// An LSP snippet for what stands between the braces of one island. A block's snippet closes that island in its middle and opens one for
/// its <c>end</c>, so that the braces around the whole stay as they are.
/// </param>
public sealed record CatalogStatement(ControlWord Word, string Keyword, string Summary, string Snippet)
{
    /// <summary>The same on lines of its own in an island that holds several.</summary>
    public string SnippetOnLines => Snippet
        .Replace(" }}$0{{ ", Snippet.Contains(" }}{{ ", StringComparison.Ordinal) ? "\n\t\t$0\n" : "\n\t$0\n", StringComparison.Ordinal)
        .Replace(" }}{{ ", "\n\t", StringComparison.Ordinal);

    /// <summary>The word that closes it; null where it is no block.</summary>
    public string? ClosedBy { get; init; }

    /// <summary>What is written behind its word, where that is a list of values, as a function's arguments are.</summary>
    public ImmutableArray<StatementValue> Values { get; init; } = [];

    /// <summary>The blocks in which alone it can stand; empty where it can stand anywhere.</summary>
    public ImmutableArray<string> Within { get; init; } = [];

    /// <summary>False for a form that begins with no word of its own: an assignment, a comment.</summary>
    public bool IsKeyword { get; init; } = true;
}

/// <summary>A value that stands behind a statement's word.</summary>
/// <param name="Name">What it is called; with <c>=</c> and what it is without, where it is given by its name.</param>
public sealed record StatementValue(string Name, string Summary);
