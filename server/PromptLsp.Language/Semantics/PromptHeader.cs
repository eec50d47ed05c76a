using System.Collections.ObjectModel;
using System.Collections.Immutable;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics.Schemas;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics;

/// <summary>What the front matter says, read into the words of the format; what is broken reads as not said.</summary>
public sealed class PromptHeader
{
    public string? Name { get; init; }

    public string? Variant { get; init; }

    public string? Description { get; init; }

    public string? Model { get; init; }

    /// <summary>The prompt says what its inputs are (<c>input.schema</c>), so that a name it does not list is unknown.</summary>
    public bool DeclaresInputs { get; init; }

    /// <summary>The inputs; <see cref="ObjectType.Open"/> where they are not declared or cannot be read.</summary>
    public ObjectType Inputs { get; init; } = ObjectType.Open;

    /// <summary>What the model must return; null where not declared.</summary>
    public PromptType? Output { get; init; }

    /// <summary>Values used when the caller gives none (<c>input.default</c>).</summary>
    public IReadOnlyDictionary<string, object?> Defaults { get; init; } = PromptValue.EmptyObject;

    /// <summary>Inputs that come from outside (<c>input.untrusted</c>).</summary>
    public IReadOnlySet<string> Untrusted { get; init; } = ReadOnlySet<string>.Empty;

    public ImmutableArray<Sample> Samples { get; init; } = [];

    public ImmutableArray<PromptTest> Tests { get; init; } = [];

    /// <summary><c>limits.tokens</c> and where it stands.</summary>
    public (long Tokens, TextSpan Span)? TokenLimit { get; init; }

    public IReadOnlySet<string> DisabledRules { get; init; } = ReadOnlySet<string>.Empty;

    /// <summary>What is wrong with the schemas, for <c>invalid-schema</c>.</summary>
    public ImmutableArray<Problem> SchemaProblems { get; init; } = [];

    /// <summary><c>input.schema</c> as it is written; null where there is none.</summary>
    public PromptSchema? InputSchema { get; init; }

    /// <summary><c>output.schema</c> as it is written; null where there is none.</summary>
    public PromptSchema? OutputSchema { get; init; }

    /// <summary>The sample of a name; null where there is none.</summary>
    public Sample? FindSample(string? name) => Samples.FirstOrDefault(s => string.Equals(s.Name, name, StringComparison.Ordinal));

    /// <summary>True where a sample, or a test's own inputs, do without an input.</summary>
    public bool IsLeftOut(string input) => Samples.Any(s => !s.Values.ContainsKey(input)) || Tests.Any(t => t.Input?.ContainsKey(input) == false);

    /// <summary>Reads what can be read. Where the YAML is broken, inputs are unknown: one slip must not light up every variable.</summary>
    public static PromptHeader Read(SourceText text, FrontMatter frontMatter, PromptEnvironment environment) =>
        frontMatter.Keys is { } keys ? new HeaderReader(text, frontMatter, keys, environment).Read() : new();
}

/// <summary>A named set of inputs under <c>samples</c>.</summary>
public sealed record Sample(string Name, TextSpan NameSpan, IReadOnlyDictionary<string, object?> Values, YamlNode Node);

/// <summary>One entry of <c>tests</c>: the sample or inputs it renders, and what must hold.</summary>
public sealed record PromptTest(
    string? Name,
    string? Sample,
    TextSpan? SampleSpan,
    IReadOnlyDictionary<string, object?>? Input,
    YamlNode Node,
    ImmutableArray<Assertion> Assertions
)
{
    /// <summary>Why it tests nothing, or not all that it seems to; such a test never passes.</summary>
    public ImmutableArray<Problem> Faults { get; init; } = [];
}

/// <summary>One assertion, e.g. <c>contains: Ada</c>.</summary>
public sealed record Assertion(string Kind, TextSpan KindSpan, object? Value, YamlNode Node);
