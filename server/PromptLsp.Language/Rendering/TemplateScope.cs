using System.Collections.ObjectModel;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Rendering;

/// <summary>One template of a rendering, the prompt or a partial, and the names it is rendered with.</summary>
internal sealed record TemplateScope(PromptModel Template)
{
    /// <summary>The inputs or arguments, the template's own defaults among them. Objects of the running engine may stand among the values.</summary>
    public required IReadOnlyDictionary<string, object?> Values { get; init; }

    /// <summary>The includer's variables, for a partial that does not say what it takes; null where they are out of sight.</summary>
    public Func<string, object?>? Caller { get; init; }

    /// <summary>Names that hold what comes from outside, beyond those that the template's own header tells.</summary>
    public IReadOnlySet<string> Untrusted { get; init; } = ReadOnlySet<string>.Empty;

    /// <summary>The file, from its root; null for the rendered prompt itself.</summary>
    public string? Path { get; init; }

    public Origins Origins => field ??= new(this);
}
