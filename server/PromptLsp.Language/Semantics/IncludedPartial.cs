using System.Collections.Immutable;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Semantics;

/// <summary>The partial that a call includes, and what it takes.</summary>
internal static class IncludedPartial
{
    /// <summary>Null where the path is computed, or leads to nothing.</summary>
    public static Partial? Of(PromptModel prompt, CallExpression call) =>
        call.Kind == CallKind.Include && call.First is LiteralExpression { Value: string path } ? prompt.Environment.Include(path).Found : null;

    /// <summary>Its inputs, those that must be given first.</summary>
    public static ImmutableArray<(Field Input, bool IsRequired)> Parameters(Partial partial)
    {
        PromptHeader header = partial.Model.Header;
        return [.. header.Inputs.Fields.Select(f => (f, !f.IsOptional && !header.Defaults.ContainsKey(f.Name))).OrderBy(p => p.Item2 ? 0 : 1)];
    }
}
