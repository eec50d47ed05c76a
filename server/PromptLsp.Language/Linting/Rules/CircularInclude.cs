using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Linting;

/// <summary>Includes that lead back to where they started, or nest too deep: the rendering never ends.</summary>
public sealed class CircularInclude : Rule
{
    private const int DeepestInclude = 50;

    public override string Id => "circular-include";

    public override RuleGroup Group => RuleGroup.Includes;

    public override Severity Default => Severity.Error;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        var clean = new HashSet<string>(StringComparer.Ordinal);
        foreach (IncludeUse include in prompt.Facts.Includes)
        {
            if (include.Path?.Value is not string path || prompt.Environment.Include(path).Found is not { } partial)
                continue;
            var way = new List<string> { prompt.Environment.Path };
            if (Follow(partial, way, clean, cancel) is { } problem)
                yield return new(include.Path.Span, problem);
        }
    }

    // Depth first. `way` are the files that are being included; what has been left without a circle is clean.
    private static string? Follow(Partial partial, List<string> way, HashSet<string> clean, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        int met = way.IndexOf(partial.Path);
        if (met >= 0)
            return $"this include goes in a circle: {string.Join(" → ", way.Skip(met).Append(partial.Path).Select(p => $"`{p}`"))}; take one of them out";
        if (way.Count > DeepestInclude)
            return $"includes nest deeper than {DeepestInclude} here; join some of the partials";
        if (clean.Contains(partial.Path))
            return null;
        way.Add(partial.Path);
        PromptModel model = partial.Model;
        foreach (IncludeUse include in model.Facts.Includes)
        {
            if (include.Path?.Value is string path && model.Environment.Include(path).Found is { } next && Follow(next, way, clean, cancel) is { } problem)
                return problem;
        }
        way.RemoveAt(way.Count - 1);
        clean.Add(partial.Path);
        return null;
    }
}
