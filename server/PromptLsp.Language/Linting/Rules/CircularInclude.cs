using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Linting;

/// <summary>Includes that lead back to where they started, or nest too deep: the rendering never ends.</summary>
public sealed class CircularInclude : Rule
{
    public override string Id => "circular-include";

    public override RuleGroup Group => RuleGroup.Includes;

    public override Severity Default => Severity.Error;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        var clean = new HashSet<string>(StringComparer.Ordinal);
        foreach (Inclusion include in IncludeGraph.From(prompt))
        {
            if (include.Partial is { } partial && Follow(partial, [prompt.Environment.Path], clean, cancel) is { } problem)
                yield return new(include.Use.Path!.Span, problem);
        }
    }

    // Depth first. `way` are the files that are being included; what has been left without a circle is clean.
    private static string? Follow(Partial partial, List<string> way, HashSet<string> clean, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        int met = way.IndexOf(partial.Path);
        if (met >= 0)
            return $"this include goes in a circle: {string.Join(" → ", way.Skip(met).Append(partial.Path).Select(p => $"`{p}`"))}; take one of them out";
        if (way.Count > IncludeGraph.Deepest)
            return $"includes nest deeper than {IncludeGraph.Deepest} here; join some of the partials";
        if (clean.Contains(partial.Path))
            return null;
        way.Add(partial.Path);
        foreach (Inclusion include in IncludeGraph.From(partial.Model))
        {
            if (include.Partial is { } next && Follow(next, way, clean, cancel) is { } problem)
                return problem;
        }
        way.RemoveAt(way.Count - 1);
        clean.Add(partial.Path);
        return null;
    }
}
