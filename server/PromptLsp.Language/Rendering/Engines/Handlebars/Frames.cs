using System.Collections.Immutable;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Syntax.Dialects.Handlebars;

namespace PromptLsp.Language.Rendering.Engines.Handlebars;

/// <summary>A template that is being rendered, and the partials that its blocks have defined so far.</summary>
internal sealed class TemplateFrame(TemplateScope scope, HandlebarsLayout layout, InlinePartial? partials)
{
    public TemplateScope Scope { get; } = scope;

    public HandlebarsLayout Layout { get; } = layout;

    /// <summary>What renders it.</summary>
    public TreeEngine? Engine { get; set; }

    public InlinePartial? Partials { get; set; } = partials;
}

/// <summary>A partial that a block defines; the last one of a name counts.</summary>
/// <param name="Content">Null for one that is named and has no content.</param>
internal sealed record InlinePartial(string Name, Closure? Content, InlinePartial? Next)
{
    public static InlinePartial? Find(InlinePartial? first, string name)
    {
        for (InlinePartial? partial = first; partial is not null; partial = partial.Next)
        {
            if (string.Equals(partial.Name, name, StringComparison.Ordinal))
                return partial;
        }
        return null;
    }

    /// <summary>These, before others.</summary>
    public static InlinePartial? Before(InlinePartial? these, InlinePartial? others) =>
        these is null ? others : these with { Next = Before(these.Next, others) };
}

/// <summary>The subjects that <c>../</c> goes back to, the innermost first.</summary>
internal sealed record Subjects(Sourced Subject, Subjects? Outer);

/// <summary>The names that the blocks around a place give, as they are written.</summary>
internal sealed record ParameterNames(ImmutableArray<NameExpression> Names, ParameterNames? Outer);

/// <summary>The values that the blocks around a place have got for them; null for a block that was given none.</summary>
internal sealed record ParameterValues(ImmutableArray<Sourced>? Values, ParameterValues? Outer);

/// <summary>The variables behind <c>@</c>.</summary>
internal sealed class DataFrame(DataFrame? outer)
{
    private readonly Dictionary<string, Sourced> _own = new(StringComparer.Ordinal);

    public DataFrame? Outer { get; } = outer;

    public void Set(string name, Sourced value) => _own[name] = value;

    public Sourced? Find(string name)
    {
        for (DataFrame? frame = this; frame is not null; frame = frame.Outer)
        {
            if (frame._own.TryGetValue(name, out Sourced value))
                return value;
        }
        return null;
    }
}

/// <summary>What a block's content is rendered in.</summary>
internal sealed record Surroundings(TemplateFrame Template, Subjects? Subjects, DataFrame? Data, ParameterNames? Names, ParameterValues? Values);

/// <summary>A block's content with what it sees, to be rendered with a subject.</summary>
internal sealed record Closure(Content Content, ImmutableArray<NameExpression> Parameters, Surroundings Around)
{
    /// <summary>The partials that the content defines.</summary>
    public InlinePartial? Partials { get; init; }
}

/// <summary>What stands in a block: nodes, or the branch of a condition that comes next.</summary>
internal readonly record struct Content(ImmutableArray<BodyNode> Nodes, IfNode? Condition = null, int Branch = 0);

/// <summary>The block of an include, as its partial sees it (<c>@partial-block</c>).</summary>
internal delegate Outcome PartialBlock(Sourced subject, DataFrame? data, ImmutableArray<Sourced>? parameters, RenderOutput output);

/// <summary>
/// What was rendered: text that has been written, or a number or a truth value that has not. The engine joins what stands side by side by `+`, so
/// that two of those add up.
/// </summary>
internal readonly record struct Outcome(bool IsText, Sourced Value, Origin? Origin)
{
    public static Outcome Text { get; } = new(true, default, null);
}
