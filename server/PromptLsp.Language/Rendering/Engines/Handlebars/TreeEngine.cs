using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Syntax.Dialects.Handlebars;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Rendering.Engines.Handlebars;

/// <summary>Renders the neutral tree, within limits, and knows of each value that it writes where it comes from.</summary>
internal sealed class TreeEngine
{
    private static readonly JavaScriptValues Values = JavaScriptValues.Instance;

    // The subject where there is none: an object without members.
    private static readonly IReadOnlyDictionary<string, object?> NoSubject = new Dictionary<string, object?>(StringComparer.Ordinal);

    private static readonly ConditionalWeakTable<PromptDocument, HandlebarsLayout> Trimmed = [], Whole = [];

    private readonly RenderRun _run;
    private readonly TemplateFrame _template;
    private readonly TreeValues _values;
    private readonly TreePartials _partials;
    private readonly Counts _counts;

    private TreeEngine(RenderRun run, TemplateFrame template, TreeEngine? caller)
    {
        _run = run;
        _template = template;
        _values = new(run, template);
        _partials = new(this, _values, run, template);
        _counts = caller?._counts ?? new();
        template.Engine = this;
    }

    /// <summary>Works out what of a document's texts is rendered.</summary>
    public static void Prepare(PromptDocument document)
    {
        if (document.Body.Problems.IsEmpty)
            LayoutOf(document, document.FrontMatter.Exists);
    }

    private static HandlebarsLayout LayoutOf(PromptDocument document, bool isTrimmed) =>
        (isTrimmed ? Trimmed : Whole).GetValue(document, d => DeepStack.Run(() => HandlebarsLayout.Of(d, isTrimmed)));

    /// <summary>Renders a prompt, or a partial of a template of another dialect.</summary>
    public static void Render(TemplateScope scope, RenderRun run, RenderOutput output)
    {
        Sourced subject = TreeInputs.Root(scope);
        Render(scope, run, subject, TreeInputs.Data(run, subject), null, null, output);
    }

    /// <summary>Renders a template with a subject; gives text, always.</summary>
    public static Outcome Render(
        TemplateScope scope,
        RenderRun run,
        Sourced subject,
        DataFrame? data,
        InlinePartial? partials,
        TreeEngine? caller,
        RenderOutput output
    )
    {
        PromptDocument document = scope.Template.Document;
        if (document.Body.Problems is [var first, ..])
            throw new RenderFailedException(RenderFailureKind.Syntax, first.Message, scope.Path, first.Span);
        if (UnknownHelpers.First(scope.Template) is { } unknown)
            throw new RenderFailedException(
                RenderFailureKind.Unknown,
                $"there is no helper `{unknown.Name}` here; an application may have it",
                scope.Path,
                unknown.Span
            );
        // The engine of Dotprompt takes the white space around a body away where there is front matter.
        bool isTrimmed = scope.Path is null && document.FrontMatter.Exists;
        HandlebarsLayout layout = LayoutOf(document, isTrimmed);
        var engine = new TreeEngine(run, new(scope, layout, partials), caller);
        Closure main = engine.Close(new(document.Body.Nodes), [], new(engine._template, null, data, null, null));
        Joined.Finish(engine.Run(main, subject, data, null, output), output, run);
        return Outcome.Text;
    }

    /// <summary>A block's content, with all that it sees from here.</summary>
    public Closure Close(Content content, ImmutableArray<NameExpression> parameters, Surroundings around) =>
        _partials.WithDefinitions(new(content, parameters, around));

    /// <summary>Renders a block's content.</summary>
    public Outcome Run(Closure closure, Sourced subject, DataFrame? data, ImmutableArray<Sourced>? parameters, RenderOutput output)
    {
        if (closure.Around.Template != _template)
            return closure.Around.Template.Engine!.Run(closure, subject, data, parameters, output);
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            _run.Exceed("its blocks and partials nest too deep");
        _run.Stop.ThrowIfCancellationRequested();
        Surroundings around = closure.Around;
        Subjects subjects = around.Subjects is { } outer && IsNoStep(subject.Value, outer.Subject.Value) ? outer : new(subject, around.Subjects);
        var inside = new Place(subject, new(_template, subjects, data, new(closure.Parameters, around.Names), new(parameters, around.Values)));
        InlinePartial? before = _template.Partials;
        _template.Partials = InlinePartial.Before(closure.Partials, before);
        Outcome outcome = closure.Content.Condition is { } condition
            ? Condition(condition, closure.Content.Branch, inside, output)
            : Nodes(closure.Content.Nodes, inside, output);
        _template.Partials = before;
        return outcome;
    }

    // A subject like the one around it is no further step outwards.
    private static bool IsNoStep(object? subject, object? outer) => Values.AreAlike(subject, outer) || (subject == NoSubject && outer is null);

    private Outcome Nodes(ImmutableArray<BodyNode> nodes, Place place, RenderOutput output)
    {
        var joined = new Joined(output, _run);
        foreach (BodyNode node in nodes)
        {
            switch (node)
            {
                case TextNode text:
                    joined.Add(_template.Layout.Rendered(text));
                    break;
                case OutputNode { Value: CallExpression { Kind: CallKind.Include } include }:
                    RenderOutput partial = joined.Next;
                    joined.Add(_partials.Include(include, null, _template.Layout.IndentOf(node), place, partial), partial);
                    break;
                case OutputNode written:
                    Sourced value = _values.Written(written.Value, place);
                    joined.Add(value, IsMark(written.Value) ? null : _values.OriginOf(written.Value, value.Source));
                    break;
                case BlockNode block and not InlinePartialNode:
                    RenderOutput part = joined.Next;
                    joined.Add(Block(block, place, part), part);
                    break;
            }
        }
        return joined.Outcome;
    }

    private static bool IsMark(Expression value) => value is CallExpression { Kind: CallKind.Role or CallKind.History or CallKind.Media or CallKind.Section };

    private Outcome Block(BlockNode block, Place place, RenderOutput output)
    {
        switch (block)
        {
            case IfNode condition:
                return Condition(condition, 0, place, output);
            case LoopNode loop:
                return Each(
                    _values.Of(loop.Source, place),
                    loop.Arguments,
                    new(this, place, loop.Body, loop.Else, NamesOf(loop), loop.IsInverted),
                    place,
                    output
                );
            case WithNode with:
                return With(
                    _values.Of(with.Subject, place),
                    with.Arguments,
                    new(this, place, with.Body, with.Else, with.Variable is { } variable ? [variable] : [], with.IsInverted),
                    place,
                    output
                );
            case SectionNode section:
                return Section(
                    _values.Written(section.Subject, place),
                    new(this, place, section.Body, section.Else, section.Parameters, section.IsInverted),
                    place,
                    output
                );
            case CallBlockNode call:
                return Call(call, place, output);
            case IncludeBlockNode include:
                return _partials.Include(include.Call, Close(new(include.Body), [], place.Around), "", place, output);
            case RawNode raw:
                var content = new BlockParts(this, place, raw.Body, null, [], isInverted: false);
                return raw.Opening is CallExpression opening
                    ? Called(opening, content, place, output)
                    : Section(_values.Written(raw.Opening, place), content, place, output);
            default:
                return Outcome.Text;
        }
    }

    private static ImmutableArray<NameExpression> NamesOf(LoopNode loop) =>
        loop.Variable is not { } variable ? [] : loop.IndexVariable is { } index ? [variable, index] : [variable];

    // The branches that follow stand in one another, as blocks of the `else` before them.
    private Outcome Condition(IfNode node, int branch, Place place, RenderOutput output)
    {
        Branch first = node.Branches[branch];
        Closure then = Close(new(first.Body), [], place.Around);
        Closure? otherwise = branch + 1 >= node.Branches.Length ? null
            : Close(node.Branches[branch + 1] is { Conditions: [], Body: var body } ? new(body) : new([], node, branch + 1), [], place.Around);
        return (Holds(first, place) ? then : otherwise) is { } chosen ? Run(chosen, NotMissing(place.Subject), place.Around.Data, null, output) : Outcome.Text;
    }

    private bool Holds(Branch branch, Place place)
    {
        if (branch.Conditions is [BinaryExpression equal])
        {
            Sourced left = _values.Of(equal.Left, place), right = _values.Of(equal.Right, place);
            _values.Evaluate(branch.Arguments, place);
            return JavaScriptValues.AreSame(left.Value, right.Value) != branch.IsNegated;
        }
        object? value = _values.Resolved(_values.Of(branch.Conditions[0], place)).Value;
        bool includesZero = Values.IsTrue(_values.Named(branch.Arguments, "includeZero", place));
        return IsTrue(value, includesZero) != branch.IsNegated;
    }

    private static bool IsTrue(object? value, bool includesZero) => (includesZero || Values.IsTrue(value)) && !Values.IsEmpty(value);

    /// <summary>What a helper hands on as the subject around it.</summary>
    private static Sourced NotMissing(Sourced subject) => JavaScriptValues.IsMissing(subject.Value) ? new(NoSubject, subject.Source) : subject;

    private Outcome Each(Sourced source, ImmutableArray<Argument> arguments, BlockParts block, Place place, RenderOutput output)
    {
        _values.Evaluate(arguments, place);
        source = _values.Resolved(source);
        return Each(source, block, place, output);
    }

    private Outcome Each(Sourced source, BlockParts block, Place place, RenderOutput output)
    {
        IEnumerable<string>? keys = source.Value is IReadOnlyDictionary<string, object?> or SafeText ? Values.Keys(source.Value) : null;
        int count = source.Value is IReadOnlyList<object?> items ? items.Count : keys?.Count() ?? 0;
        if (count == 0)
            return block.Otherwise(NotMissing(place.Subject), output);
        var joined = new Joined(output, _run);
        joined.Add(new Sourced("", Source.Template), null);
        int index = 0;
        foreach (string? key in keys ?? Enumerable.Repeat<string?>(null, count))
        {
            if (++_counts.Loops > _run.Limits.Loops)
                _run.Exceed($"its loops take more than {_run.Limits.Loops:N0} steps");
            Sourced item = key is null
                ? new(Values.Of(((IReadOnlyList<object?>)source.Value!)[index]), source.Source)
                : new(Values.Member(source.Value, key), source.Source.Of(key));
            object? name = key is null ? (double)index : key;
            var data = new DataFrame(place.Around.Data);
            data.Set("key", new(name, Source.Template));
            data.Set("index", new((double)index, Source.Template));
            data.Set("first", new(index == 0, Source.Template));
            data.Set("last", new(index == count - 1, Source.Template));
            joined.Add(block.Then(item, data, [item, new(name, Source.Template)], output), output);
            index++;
        }
        return joined.Outcome;
    }

    private Outcome With(Sourced subject, ImmutableArray<Argument> arguments, BlockParts block, Place place, RenderOutput output)
    {
        _values.Evaluate(arguments, place);
        subject = _values.Resolved(subject);
        return Values.IsEmpty(subject.Value) ? block.Otherwise(NotMissing(place.Subject), output) : block.Then(subject, place.Around.Data, [subject], output);
    }

    private Outcome Section(Sourced value, BlockParts block, Place place, RenderOutput output) => value.Value switch
    {
        true => block.Then(place.Subject, place.Around.Data, null, output),
        null or JavaScriptUndefined or false or IReadOnlyList<object?> { Count: 0 } => block.Otherwise(place.Subject, output),
        IReadOnlyList<object?> => Each(value, block, place, output),
        // The engine hands on the names of the blocks around in the place of the block's own.
        _ => block.Then(value, place.Around.Data, TreePartials.AsValues(place.Around.Values), output),
    };

    private Outcome Call(CallBlockNode node, Place place, RenderOutput output) =>
        Called(node.Call, new(this, place, node.Body, node.Else, node.Parameters, node.IsInverted), place, output);

    private Outcome Called(CallExpression call, BlockParts block, Place place, RenderOutput output)
    {
        if (TreeValues.IsParameter(call.Callee, place))
            return Section(_values.Written(call.Callee, place), block, place, output);
        string name = HandlebarsWords.FirstPart(call.Callee) ?? "";
        ImmutableArray<Sourced> given = _values.Positional(call.Arguments, place);
        switch (name)
        {
            case "if" or "unless" when given.Length == 1:
                object? value = _values.Resolved(given[0]).Value;
                bool isTrue = IsTrue(value, Values.IsTrue(_values.Named(call.Arguments, "includeZero", place)));
                return isTrue == (name == "if")
                    ? block.Then(NotMissing(place.Subject), place.Around.Data, null, output)
                    : block.Otherwise(NotMissing(place.Subject), output);
            case "ifEquals" or "unlessEquals" when given.Length == 2:
                _values.Evaluate(call.Arguments, place);
                return JavaScriptValues.AreSame(given[0].Value, given[1].Value) == (name == "ifEquals")
                    ? block.Then(NotMissing(place.Subject), place.Around.Data, null, output)
                    : block.Otherwise(NotMissing(place.Subject), output);
            case "each" when given.Length == 1:
                return Each(given[0], Named(call), block, place, output);
            case "with" when given.Length == 1:
                return With(given[0], Named(call), block, place, output);
            default:
                var joined = new Joined(output, _run);
                Sourced result = _values.Call(call, name, given, place);
                joined.Add(result, IsMark(call) ? null : _values.OriginOf(call, result.Source));
                return joined.Outcome;
        }
    }

    private static ImmutableArray<Argument> Named(CallExpression call) => [.. call.Arguments.Where(a => a.Name is not null)];

    /// <summary>Counts partials inside partials.</summary>
    public Outcome Deeper(TextSpan at, Func<Outcome> render)
    {
        if (++_counts.Depth > _run.Limits.Calls)
            throw new RenderFailedException(
                RenderFailureKind.Values,
                $"its partials call one another more than {_run.Limits.Calls:N0} deep",
                _template.Scope.Path,
                at
            );
        Outcome outcome = render();
        _counts.Depth--;
        return outcome;
    }

    /// <summary>What all templates of a rendering share.</summary>
    private sealed class Counts
    {
        public int Loops { get; set; }

        public int Depth { get; set; }
    }
}

/// <summary>A place in a template while it is rendered: the subject, and all else that can be named.</summary>
internal sealed record Place(Sourced Subject, Surroundings Around);

/// <summary>The two parts of a block: what is rendered, and what is rendered otherwise.</summary>
internal sealed class BlockParts(
    TreeEngine engine,
    Place place,
    ImmutableArray<BodyNode> body,
    Branch? otherwise,
    ImmutableArray<NameExpression> parameters,
    bool isInverted
)
{
    // What the parts define is looked at even where they are not rendered.
    private readonly Closure _first = engine.Close(new(body), parameters, place.Around);
    private readonly Closure? _second = otherwise is null ? null : engine.Close(new(otherwise.Body), [], place.Around);

    public Outcome Then(Sourced subject, DataFrame? data, ImmutableArray<Sourced>? given, RenderOutput output) =>
        isInverted ? Second(subject, data, given, output) : First(subject, data, given, output);

    public Outcome Otherwise(Sourced subject, RenderOutput output) =>
        isInverted ? First(subject, place.Around.Data, null, output) : Second(subject, place.Around.Data, null, output);

    private Outcome First(Sourced subject, DataFrame? data, ImmutableArray<Sourced>? given, RenderOutput output) =>
        engine.Run(_first, subject, data, given, output);

    private Outcome Second(Sourced subject, DataFrame? data, ImmutableArray<Sourced>? given, RenderOutput output) =>
        _second is null ? Outcome.Text : engine.Run(_second, subject, data, given, output);
}
