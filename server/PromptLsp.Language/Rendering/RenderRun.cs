using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using PromptLsp.Language.Rendering.Engines;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Rendering;

/// <summary>One rendering while it runs: what its templates share, whatever their dialects.</summary>
internal sealed class RenderRun
{
    // Every rendering lives in the same moment and draws the same lots, so that two of the same prompt are equal.
    private const int Seed = 20_240_229;

    private readonly List<string> _including = [];
    private readonly CancellationToken _timeIsUp;
    private long _work;

    public RenderRun(PromptModel prompt, Inputs inputs, RenderLimits limits, CancellationToken timeIsUp)
    {
        Prompt = prompt;
        Limits = limits;
        Context = ContextOf(prompt, inputs);
        History = inputs.History;
        Output = new(this);
        _timeIsUp = timeIsUp;
        _including.Add(prompt.Environment.Path);
        Main = new(prompt) { Values = Defaults.Under(prompt, inputs.Values) };
    }

    /// <summary>The moment in which every rendering lives.</summary>
    public static DateTime Now { get; } = new(2024, 2, 29, 12, 0, 0, DateTimeKind.Utc);

    public PromptModel Prompt { get; }

    public TemplateScope Main { get; }

    public RenderLimits Limits { get; }

    /// <summary>Signalled when the rendering is no longer wanted, or has taken its time.</summary>
    public CancellationToken Stop => _timeIsUp;

    public IReadOnlyDictionary<string, object?> Context { get; }

    /// <summary>The conversation so far.</summary>
    public ImmutableArray<RenderedMessage> History { get; }

    public RenderOutput Output { get; }

    public MessageMarkers Markers { get; } = new();

    public Random Random { get; } = new(Seed);

    /// <summary>What an engine keeps for the whole rendering.</summary>
    public object? EngineState { get; set; }

    /// <summary>The limit that was reached, which an engine may have dressed up as something else on its way here.</summary>
    public string? Exceeded { get; private set; }

    public string Mark(MessageMark mark)
    {
        string? text = Markers.Write(mark);
        if (text is null)
            Exceed("the prompt has too many messages and files");
        return text;
    }

    /// <summary>Stops the rendering for a limit.</summary>
    [DoesNotReturn]
    public void Exceed(string reason)
    {
        Exceeded = reason;
        throw new RenderLimitException(reason);
    }

    /// <summary>Takes account of a text or a list that was made.</summary>
    public void Charge(long size)
    {
        _work += size;
        if (_work > Limits.Work)
            Exceed($"the template makes texts and lists of more than {Limits.Work:N0} characters and items in all");
    }

    /// <summary>Renders a partial.</summary>
    /// <param name="from">The template that includes it.</param>
    /// <param name="at">The call, for the failure.</param>
    /// <param name="arguments">What it is given by name.</param>
    /// <param name="untrusted">Names of arguments that hold what comes from outside.</param>
    /// <param name="caller">The variables of the template that includes it.</param>
    public RenderOutput Include(
        string path,
        TemplateScope from,
        TextSpan at,
        IReadOnlyDictionary<string, object?> arguments,
        IEnumerable<string> untrusted,
        Func<string, object?> caller
    )
    {
        Partial partial = Find(path, from, at);
        PromptModel template = partial.Model;
        bool seesCaller = !template.Header.DeclaresInputs;
        var scope = new TemplateScope(template)
        {
            Path = partial.Path,
            Values = Defaults.Under(template, arguments),
            Caller = seesCaller ? caller : null,
            Untrusted = (seesCaller ? from.Untrusted.Union(from.Template.Header.Untrusted).Union(untrusted) : untrusted).ToHashSet(StringComparer.Ordinal),
        };
        var output = new RenderOutput(this);
        _including.Add(partial.Path);
        try
        {
            KnownEngines.Render(scope, this, output);
        }
        catch (RenderFailedException stopped) when (from.Path is null)
        {
            throw new RenderFailedException(stopped.Failure with { Include = at });
        }
        _including.RemoveAt(_including.Count - 1);
        return output;
    }

    /// <summary>The partial of that name; null where there is none.</summary>
    public Partial? Look(string path, TemplateScope from, TextSpan at)
    {
        IncludeLookup lookup = from.Template.Environment.Include(path);
        return lookup.Status == IncludeStatus.Outside
            ? throw new RenderFailedException(RenderFailureKind.Values, $"the include `{path}` lies outside the workspace", from.Path, at)
            : lookup.Found;
    }

    /// <summary>Renders a partial that may include itself, as long as it comes to an end.</summary>
    public void Within(Partial partial, TemplateScope from, TextSpan at, Action render)
    {
        if (_including.Count > Limits.Includes)
        {
            string reason = _including.Contains(partial.Path, StringComparer.Ordinal)
                ? $"`{partial.Path}` includes itself, and comes to no end within {Limits.Includes} includes"
                : $"includes go deeper than {Limits.Includes}";
            throw new RenderFailedException(RenderFailureKind.Values, reason, from.Path, at);
        }
        _including.Add(partial.Path);
        try
        {
            render();
        }
        catch (RenderFailedException stopped) when (from.Path is null)
        {
            throw new RenderFailedException(stopped.Failure with { Include = at });
        }
        _including.RemoveAt(_including.Count - 1);
    }

    private Partial Find(string path, TemplateScope from, TextSpan at)
    {
        IncludeLookup lookup = from.Template.Environment.Include(path);
        if (lookup.Found is not { } partial)
        {
            throw new RenderFailedException(
                RenderFailureKind.Values,
                lookup.Status == IncludeStatus.Outside ? $"the include `{path}` lies outside the workspace" : $"there is no `{path}` to include",
                from.Path,
                at
            );
        }
        if (_including.Contains(partial.Path, StringComparer.Ordinal))
        {
            throw new RenderFailedException(
                RenderFailureKind.Values,
                $"`{partial.Path}` includes itself: "
                    + $"{string.Join(" → ", _including.SkipWhile(p => !string.Equals(p, partial.Path, StringComparison.Ordinal)).Append(partial.Path))}",
                from.Path,
                at
            );
        }
        if (_including.Count > Limits.Includes)
            throw new RenderFailedException(RenderFailureKind.Values, $"includes go deeper than {Limits.Includes}", from.Path, at);
        return partial;
    }

    private static Dictionary<string, object?> ContextOf(PromptModel prompt, Inputs inputs)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (ContextVariable variable in prompt.Environment.Context)
            values[variable.Name] = variable.Sample;
        foreach ((string name, object? value) in inputs.Context)
            values[name] = value;
        return values;
    }
}
