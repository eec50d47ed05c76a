using System.Collections.Immutable;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Completion;

/// <summary>What completion offers at a place.</summary>
/// <param name="IsComplete">False asks the editor to ask again as more is typed.</param>
public sealed record CompletionList(ImmutableArray<CompletionItem> Items, bool IsComplete = true)
{
    public static CompletionList Empty { get; } = new([]);
}

/// <summary>One offer. <paramref name="Replace"/> is what it replaces: the word around the cursor, on the cursor's line.</summary>
public sealed record CompletionItem(string Label, CompletionKind Kind, TextSpan Replace)
{
    /// <summary>What stands beside the label: a type, a signature.</summary>
    public string? Detail { get; init; }

    /// <summary>What is inserted; the label if null.</summary>
    public string? InsertText { get; init; }

    /// <summary>The inserted text holds LSP snippet placeholders.</summary>
    public bool IsSnippet { get; init; }

    /// <summary>Likeliest first: smaller is earlier; equal ranks are ordered by label.</summary>
    public int Rank { get; init; } = 50;

    /// <summary>What the typed characters are matched against; the label if null.</summary>
    public string? FilterText { get; init; }

    /// <summary>Not offered on a blank that was typed: only to whoever asks, or types a letter of it.</summary>
    public bool OnlyAsked { get; init; }

    /// <summary>The editor should ask for completions again once this is inserted.</summary>
    public bool ThenComplete { get; init; }

    /// <summary>Markdown for the chosen item, made when it is asked for.</summary>
    public Func<string?>? Documentation { get; init; }

    public ImmutableArray<TextEdit> AlsoEdit { get; init; } = [];
}

public enum CompletionKind
{
    Input,
    Context,
    Local,
    Field,
    Function,
    Namespace,
    Statement,
    Role,
    Include,
    Parameter,
    EnumValue,
    Key,
    Value,
    Model,
    Type,
    Sample,
}
