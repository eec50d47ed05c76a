using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Dialects;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>What a rule found: where, and one line to the prompt's author. Names stand in backticks.</summary>
public sealed record Finding(TextSpan Span, string Message)
{
    /// <summary>The rule's id; the linter fills it in.</summary>
    public string Rule { get; init; } = "";

    /// <summary>The severity in force; the linter fills it in. A rule sets one only where a finding weighs less or more than its others.</summary>
    public Severity Severity { get; init; }

    public ImmutableArray<Fix> Fixes { get; init; } = [];

    public ImmutableArray<RelatedPlace> Related { get; init; } = [];

    /// <summary>The span can go without loss; editors draw it faded.</summary>
    public bool IsUnnecessary { get; init; }
}

/// <summary>A change that mends a finding. Its edits are in offsets of the linted file and do not overlap.</summary>
public sealed record Fix(string Title, ImmutableArray<TextEdit> Edits)
{
    public Fix(string title, TextEdit edit) : this(title, [edit])
    {
    }

    /// <summary>A word in the place of what stands at a span.</summary>
    public static Fix ChangeTo(string word, TextSpan span) => new($"Change to `{word}`", new TextEdit(span, word));

    /// <summary>The word that was meant, where one is known.</summary>
    public static ImmutableArray<Fix> ChangeToMeant(string? meant, TextSpan span) => meant is null ? [] : [ChangeTo(meant, span)];

    /// <summary>The word that was meant; safe where it is the only one that can be.</summary>
    /// <param name="word">What stands there.</param>
    /// <param name="words">What could.</param>
    public static ImmutableArray<Fix> ChangeToMeant(string word, string? meant, IEnumerable<string> words, TextSpan span) =>
        meant is null ? [] : [ChangeTo(meant, span) with { IsSafe = Spelling.IsSure(word, meant, words) }];

    /// <summary>A member in the place of the one that is read; in brackets where its name cannot stand behind a dot.</summary>
    public static Fix ChangeTo(string member, MemberExpression read, Notation notation) => CodeCursor.IsName(member)
        ? ChangeTo(member, read.NameSpan)
        : new($"Change to `{notation.Member(member)}`", new TextEdit(TextSpan.FromBounds(read.Target.Span.End, read.Span.End), notation.Member(member)));

    /// <summary>The words that could stand there: the one that was meant first, and of many others a few.</summary>
    public static ImmutableArray<Fix> ChangeToOneOf(string word, IEnumerable<string> words, string? meant, TextSpan span, int most = 5) =>
        [
            .. words
                .Prepend(meant)
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)
                .Take(most)
                .Select(other => ChangeTo(other, span) with { IsSafe = other == meant && Spelling.IsSure(word, meant, words) }),
        ];

    /// <summary>A file to be made as well: its path from the root, and its content.</summary>
    public (string Path, string Content)? NewFile { get; init; }

    /// <summary>Edits of another file instead: its path from the root, its text, and what is put in.</summary>
    public (string Path, SourceText Text, ImmutableArray<TextEdit> Edits)? OtherFile { get; init; }

    /// <summary>A name to be given, everywhere, to what is named where the finding stands, instead of edits.</summary>
    public NewName? NewName { get; init; }

    /// <summary>The one mend that is surely right, which <c>check --fix</c> and an editor's "fix all" may apply unasked.</summary>
    public bool IsSafe { get; init; }
}

/// <param name="Except">Where the old name stays in the linted file, because something else is meant.</param>
/// <param name="Also">Where it is read as another thing in the linted file, and is meant.</param>
public sealed record NewName(string Name, ImmutableArray<TextSpan> Except, ImmutableArray<TextSpan> Also);

/// <summary>Another place that explains a finding. <paramref name="Path"/> is null for the linted file itself, else from the root.</summary>
public sealed record RelatedPlace(string? Path, TextSpan Span, string Message);
