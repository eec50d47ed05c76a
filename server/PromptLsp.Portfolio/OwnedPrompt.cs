using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Semantics;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Portfolio;

/// <summary>One prompt as somebody sees it who answers for many.</summary>
/// <param name="Path">From the folder that was read, with <c>/</c>.</param>
/// <param name="Root">Whose history and settings are the prompt's.</param>
public sealed record OwnedPrompt(string Path, Root Root, PromptModel Model)
{
    public PromptHeader Header => Model.Header;

    /// <summary>What it is called: its name, else its path.</summary>
    public string Title => string.IsNullOrWhiteSpace(Header.Name) ? Path : Header.Name;

    public bool IsPartial => Model.Environment.IsPartial;

    public ImmutableArray<string> Owners { get; init; } = [];

    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>The number of its newest version; null without a history.</summary>
    public int? Version { get; init; }

    /// <summary>Versions of the last thirty days.</summary>
    public int VersionsThisMonth { get; init; }

    /// <summary>When it was changed last: in its history, else on the disk.</summary>
    public DateTimeOffset Changed { get; init; }

    /// <summary>How many tests came to this.</summary>
    public ImmutableDictionary<TestOutcome, int> Tests { get; init; } = ImmutableDictionary<TestOutcome, int>.Empty;

    public bool IsTested => !Tests.IsEmpty;

    /// <summary>How many findings weigh so much.</summary>
    public ImmutableDictionary<Severity, int> Findings { get; init; } = ImmutableDictionary<Severity, int>.Empty;

    /// <summary>Of its largest sample; null where it cannot be rendered, or has neither a sample nor only optional inputs.</summary>
    public TokenCount? Tokens { get; init; }

    /// <summary>The evaluation that was run last; null where none was.</summary>
    public LastEvaluation? Evaluation { get; init; }

    /// <summary>What the environments hold of it, in the order of the settings.</summary>
    public ImmutableArray<RunsIn> Environments { get; init; } = [];

    /// <summary>What it includes itself, as <see cref="Path"/>.</summary>
    public ImmutableArray<string> Includes { get; init; } = [];

    /// <summary>What includes it, directly or not, as <see cref="Path"/>.</summary>
    public ImmutableArray<string> Dependants { get; init; } = [];
}

/// <param name="At">When it was begun; ISO 8601.</param>
public sealed record LastEvaluation(string Evaluation, string At, int Passed, int Answers);
