using System.Collections.ObjectModel;
using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Syntax.Dialects;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics;

/// <summary>
/// All that a prompt's file does not say itself: what the workspace gives to the prompt at this path. Immutable; the functions in it
/// read what the workspace already holds or caches, so that asking twice is cheap.
/// </summary>
public sealed record PromptEnvironment
{
    /// <summary>A prompt alone: no context variables, no partials, every rule as it comes.</summary>
    public static PromptEnvironment None { get; } = new();

    /// <summary>The file's path from its root, with <c>/</c>.</summary>
    public string Path { get; init; } = "untitled.prompt";

    /// <summary>The file's name without its folder.</summary>
    public string FileName => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The variant that the file's name says: <c>short</c> of <c>reply.short.prompt</c>; null where it says none.</summary>
    public string? Variant => FileName.Split('.') is [_, { Length: > 0 } variant, _] ? variant : null;

    /// <summary>True for a file that is made to be included: its name begins with an underscore.</summary>
    public bool IsPartial => FileName.StartsWith('_');

    /// <summary>The dialect of files that do not say theirs.</summary>
    public Dialect? DefaultDialect { get; init; }

    public ImmutableArray<ContextVariable> Context { get; init; } = [];

    /// <summary>What the environment says of names and types, apart from its includes.</summary>
    internal Names OfNames => new(Context, Schemas, Helpers);

    internal readonly record struct Names(ImmutableArray<ContextVariable> Context, IReadOnlyDictionary<string, PromptType> Schemas, DeclaredHelpers Helpers);

    /// <summary>Functions that the application gives to the templates of dialects which take some.</summary>
    public DeclaredHelpers Helpers { get; init; } = DeclaredHelpers.None;

    /// <summary>The file in which they are declared, from the root, and its text where there is one.</summary>
    public (string Path, SourceText? Text) Settings { get; init; } = ("promptlsp.yaml", null);

    /// <summary>The models that may be used; empty where the workspace lists none.</summary>
    public ImmutableArray<ModelInfo> Models { get; init; } = [];

    /// <summary>What the workspace says of a model; null where it says nothing.</summary>
    public ModelInfo? FindModel(string? name) => name is null ? null : Models.FirstOrDefault(m => string.Equals(m.Name, name, StringComparison.Ordinal));

    /// <summary>The workspace's named schemas.</summary>
    public IReadOnlyDictionary<string, PromptType> Schemas { get; init; } = ReadOnlyDictionary<string, PromptType>.Empty;

    /// <summary>Severities that the workspace sets, by rule id.</summary>
    public IReadOnlyDictionary<string, Severity> Severities { get; init; } = ReadOnlyDictionary<string, Severity>.Empty;

    /// <summary>Looks an include up, from this file's folder and the partials' folders.</summary>
    public Func<string, IncludeLookup> Include { get; init; } = static path => new(IncludeStatus.Missing, null, []);

    /// <summary>What <c>include</c> could name from here: the path as one would write it, and what it is for.</summary>
    public Func<IEnumerable<PartialSummary>> Partials { get; init; } = static () => [];

    /// <summary>The paths of prompts that include this file; null where nobody has looked yet.</summary>
    public Func<IReadOnlyList<string>?> IncludedBy { get; init; } = static () => null;

    /// <summary>The paths of other prompts with the same name and variant.</summary>
    public Func<string, string?, IReadOnlyList<string>> SameName { get; init; } = static (_, _) => [];

    /// <summary>Other prompts whose own text is at least so much the same, from 0 to 1, as far as anybody has looked.</summary>
    public Func<TextSignature, double, IReadOnlyList<LikePrompt>> Like { get; init; } = static (_, _) => [];

    /// <summary>The version that people rely on; null where nothing is tagged, or nobody has looked yet.</summary>
    public Func<ReleasedPrompt?> Released { get; init; } = static () => null;

    /// <summary>Counts tokens as the given model does, or nearly; null while the counter is not loaded or there is none.</summary>
    public Func<string, TokenCounter?> Tokens { get; init; } = static _ => null;

    /// <summary>What the preview of one sample may take. An editor cannot wait long; a command can, and must not answer by the machine's load.</summary>
    public RenderLimits PreviewLimits { get; init; } = RenderLimits.Preview;

    /// <summary>Is called with a rule that threw. Its findings are lost, and nothing else is.</summary>
    public Action<string, Exception>? ReportRuleFailure { get; init; }
}

/// <summary>A prompt whose own text is much the same as another's.</summary>
/// <param name="Path">From the root.</param>
/// <param name="Share">About how much of it, from 0 to 1.</param>
public readonly record struct LikePrompt(string Path, string? Name, string? Variant, double Share);

/// <summary>A variable that every prompt of the workspace can use.</summary>
/// <param name="Source">The file that declares it, from the root; null where it is declared nowhere.</param>
/// <param name="Sample">A value to preview with; the value itself where the file holds it.</param>
public sealed record ContextVariable(string Name, PromptType Type, string? Description, object? Sample, string? Source, TextSpan? NameSpan)
{
    /// <summary>The value is in the file, and the same for every run.</summary>
    public bool IsConstant { get; init; }
}

public enum IncludeStatus
{
    Found,
    Missing,

    /// <summary>The path leaves the root, or a link on it does.</summary>
    Outside,
}

/// <param name="Tried">The places that were tried, from the root.</param>
public sealed record IncludeLookup(IncludeStatus Status, Partial? Found, ImmutableArray<string> Tried);

/// <summary>A file that can be included: its path from the root, and its model, made when first asked for.</summary>
public sealed class Partial(string path, Func<PromptModel> model)
{
    private readonly Lazy<PromptModel> _model = new(model);

    public string Path { get; } = path;

    public PromptModel Model => _model.Value;
}

public sealed record PartialSummary(string Include, string Path);

/// <param name="Count">Tokens of a text.</param>
/// <param name="IsExact">False for a model of another vendor, whose counts are only near; shown with <c>≈</c>.</param>
public sealed record TokenCounter(Func<string, int> Count, bool IsExact);
