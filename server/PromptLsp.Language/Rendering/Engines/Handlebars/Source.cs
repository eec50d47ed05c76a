using System.Collections.Immutable;

namespace PromptLsp.Language.Rendering.Engines.Handlebars;

/// <summary>Where a value comes from: the inputs and context variables that go into it, and whether one of them is an outsider's.</summary>
internal class Source(ImmutableArray<string> inputs, bool isUntrusted)
{
    /// <summary>The template itself.</summary>
    public static Source Template { get; } = new([], false);

    public ImmutableArray<string> Inputs { get; } = inputs;

    public bool IsUntrusted { get; } = isUntrusted;

    /// <summary>Where a member of the value comes from.</summary>
    public virtual Source Of(string member) => this;

    public Source With(Source other) =>
        other == this || (other.Inputs.IsEmpty && !other.IsUntrusted) ? this
        : Inputs.IsEmpty && !IsUntrusted ? other
        : new([.. Inputs.Union(other.Inputs, StringComparer.Ordinal)], IsUntrusted || other.IsUntrusted);
}

/// <summary>An object whose members each come from somewhere else.</summary>
internal sealed class SourceByMember(IEnumerable<string> names, Func<string, Source> of)
    : Source([.. names], names.Any(n => of(n).IsUntrusted))
{
    private readonly Dictionary<string, Source> _known = new(StringComparer.Ordinal);

    public override Source Of(string member)
    {
        if (!_known.TryGetValue(member, out Source? source))
            _known.Add(member, source = of(member));
        return source;
    }
}

/// <summary>A value, and where it comes from.</summary>
internal readonly record struct Sourced(object? Value, Source Source);
