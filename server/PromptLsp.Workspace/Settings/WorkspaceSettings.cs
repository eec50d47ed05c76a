using System.Collections.ObjectModel;
using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Dialects;
using PromptLsp.Language.Text;

namespace PromptLsp.Workspace.Settings;

/// <summary>What a root's <c>promptlsp.yaml</c> says; everything has a meaning where it says nothing.</summary>
public sealed record WorkspaceSettings
{
    public static WorkspaceSettings None { get; } = new();

    public ImmutableArray<ContextVariable> Context { get; init; } = [];

    public Dialect? Template { get; init; }

    /// <summary>Folders of partials, absolute, inside the root.</summary>
    public ImmutableArray<string> Partials { get; init; } = [];

    public ImmutableArray<ModelInfo> Models { get; init; } = [];

    public IReadOnlyDictionary<string, PromptType> Schemas { get; init; } = ReadOnlyDictionary<string, PromptType>.Empty;

    public DeclaredHelpers Helpers { get; init; } = DeclaredHelpers.None;

    /// <summary>The file's text; null where there is no file.</summary>
    public SourceText? Text { get; init; }

    public IReadOnlyDictionary<string, Severity> Severities { get; init; } = ReadOnlyDictionary<string, Severity>.Empty;

    /// <summary>Where prompts run, and what must hold before one gets there.</summary>
    public ReleasePolicy Releases { get; init; } = ReleasePolicy.None;

    /// <summary>Saves of one author this near to one another are shown as one.</summary>
    public TimeSpan HistoryFold { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>What is wrong with <c>promptlsp.yaml</c> itself.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];
}
