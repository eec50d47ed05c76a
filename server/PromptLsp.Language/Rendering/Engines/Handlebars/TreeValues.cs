using System.Collections.Immutable;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Syntax.Dialects.Handlebars;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Rendering.Engines.Handlebars;

/// <summary>Values of expressions, and what helpers give back.</summary>
internal sealed class TreeValues(RenderRun run, TemplateFrame template)
{
    private static readonly JavaScriptValues Values = JavaScriptValues.Instance;
    private static readonly Sourced Undefined = new(Values.Missing, Source.Template);

    private readonly Dictionary<(TextSpan, Source), Origin> _origins = [];

    public Origin OriginOf(Expression expression, Source source)
    {
        if (!_origins.TryGetValue((expression.Span, source), out Origin? origin))
            _origins.Add((expression.Span, source), origin = new(template.Scope.Path, expression.Span, source.Inputs, source.IsUntrusted));
        return origin;
    }

    /// <summary>What is written for an expression: a function is called.</summary>
    public Sourced Written(Expression expression, Place place) =>
        expression is NameExpression { Kind: NameKind.Variable, Up: 0 } name && !IsParameter(name, place) && Declared(name.Name, []) is { } given
            ? given
            : Resolved(Of(expression, place));

    public Sourced Of(Expression expression, Place place) => expression switch
    {
        LiteralExpression { Value: null } nothing => new(IsUndefined(nothing) ? Values.Missing : null, Source.Template),
        LiteralExpression literal => new(Values.Of(literal.Value), Source.Template),
        GroupExpression group => Written(group.Inner, place),
        CallExpression call when IsParameter(call.Callee, place) => Of(call.Callee, place),
        CallExpression call => Call(call, HandlebarsWords.FirstPart(call.Callee) ?? "", Positional(call.Arguments, place), place),
        NameExpression or MemberExpression or IndexExpression => Path(expression, place).Value,
        _ => Undefined,
    };

    private bool IsUndefined(LiteralExpression literal) => template.Scope.Template.Document.Text.Slice(literal.Span) is "undefined";

    /// <summary>What a function gives; another value as it is.</summary>
    public Sourced Resolved(Sourced value)
    {
        if (value.Value is not PartialBlock block)
            return value;
        var output = new RenderOutput(run);
        Outcome outcome = block(Undefined, null, null, output);
        return outcome.IsText ? new(output.ToString(), value.Source) : outcome.Value;
    }

    // A path behind `@` goes on only through what is true; others, through all that is there.
    private (Sourced Value, bool IsData) Path(Expression expression, Place place)
    {
        switch (expression)
        {
            case MemberExpression member:
                return Member(Path(member.Target, place), member.Name);
            case IndexExpression { Index: LiteralExpression index } part:
                return Member(Path(part.Target, place), Values.TextOf(Values.Of(index.Value)));
            case NameExpression name:
                return Name(name, place);
            default:
                return (Of(expression, place), false);
        }
    }

    private static (Sourced Value, bool IsData) Member((Sourced Value, bool IsData) target, string name)
    {
        object? value = target.Value.Value;
        bool goesOn = target.IsData ? Values.IsTrue(value) : !JavaScriptValues.IsMissing(value);
        return goesOn ? (new(Values.Member(value, name), target.Value.Source.Of(name)), target.IsData) : target;
    }

    private (Sourced Value, bool IsData) Name(NameExpression name, Place place)
    {
        switch (name.Kind)
        {
            case NameKind.This:
                return (place.Subject, false);
            case NameKind.Parent:
                return (Outwards(place, name.Up), false);
            case NameKind.Context or NameKind.Loop:
                return name.Up == 0 && Parameter(name, place) is { } given ? (given, false) : (Data(name, place), true);
            default:
                return Parameter(name, place) is { } parameter ? (parameter, false) : Member((place.Subject, false), name.Name);
        }
    }

    private static Sourced Outwards(Place place, int up)
    {
        Subjects? subjects = place.Around.Subjects;
        for (; up > 0 && subjects is not null; up--)
            subjects = subjects.Outer;
        return subjects?.Subject ?? Undefined;
    }

    private static Sourced Data(NameExpression name, Place place)
    {
        DataFrame? frame = place.Around.Data;
        for (int up = name.Up; up > 0 && frame is not null; up--)
            frame = frame.Outer;
        return frame?.Find(name.Name) ?? Undefined;
    }

    /// <summary>True for a name that a block around gives.</summary>
    public static bool IsParameter(Expression callee, Place place) =>
        callee is NameExpression { Kind: not (NameKind.This or NameKind.Parent), Up: 0 } name && Find(name.Name, place) is not null;

    private static (int Depth, int Index)? Find(string name, Place place)
    {
        int depth = 0;
        for (ParameterNames? names = place.Around.Names; names is not null; names = names.Outer, depth++)
        {
            for (int i = 0; i < names.Names.Length; i++)
            {
                if (string.Equals(names.Names[i].Name, name, StringComparison.Ordinal))
                    return (depth, i);
            }
        }
        return null;
    }

    private Sourced? Parameter(NameExpression name, Place place)
    {
        if (Find(name.Name, place) is not var (depth, index))
            return null;
        ParameterValues? values = place.Around.Values;
        for (; depth > 0 && values is not null; depth--)
            values = values.Outer;
        if (values?.Values is not { } given)
            throw Failed($"the block gives no value to `{name.Name}`", name.Span);
        return index < given.Length ? given[index] : Undefined;
    }

    /// <summary>The values of arguments without a name.</summary>
    public ImmutableArray<Sourced> Positional(ImmutableArray<Argument> arguments, Place place)
    {
        var values = ImmutableArray.CreateBuilder<Sourced>(arguments.Length);
        foreach (Argument argument in arguments)
        {
            if (argument.Name is null)
                values.Add(Of(argument.Value, place));
        }
        return values.DrainToImmutable();
    }

    /// <summary>The value of the argument of a name; undefined where there is none. All are evaluated.</summary>
    public object? Named(ImmutableArray<Argument> arguments, string name, Place place) => ByName(arguments, place).GetValueOrDefault(name, Undefined).Value;

    /// <summary>Arguments with a name. Of two with the same name the first counts; their order is the engine's.</summary>
    public OrderedDictionary<string, Sourced> ByName(ImmutableArray<Argument> arguments, Place place)
    {
        var values = new OrderedDictionary<string, Sourced>(StringComparer.Ordinal);
        Sourced[] evaluated = [.. arguments.Select(a => a.Name is null ? Undefined : Of(a.Value, place))];
        for (int i = arguments.Length - 1; i >= 0; i--)
        {
            // What is set to `undefined` is not there, unless an earlier one of that name is.
            if (arguments[i].Name is { } name && name != "__proto__")
                values[name] = arguments[i].Value is LiteralExpression { Value: null } literal && IsUndefined(literal) ? Dropped : evaluated[i];
        }
        foreach (string name in values.Where(v => v.Value == Dropped).Select(v => v.Key).ToArray())
            values.Remove(name);
        return values;
    }

    private static readonly Sourced Dropped = new(new object(), Source.Template);

    /// <summary>Evaluates arguments that nothing looks at: they may fail.</summary>
    public void Evaluate(ImmutableArray<Argument> arguments, Place place)
    {
        foreach (Argument argument in arguments)
        {
            if (argument.Name is not null)
                Of(argument.Value, place);
        }
    }

    /// <summary>What a helper gives that is called without a block, or that makes nothing of its block.</summary>
    public Sourced Call(CallExpression call, string name, ImmutableArray<Sourced> given, Place place)
    {
        OrderedDictionary<string, Sourced> named = call.Arguments.IsEmpty ? [] : ByName(call.Arguments, place);
        switch (name)
        {
            case "lookup":
                return Lookup(given, call);
            case "log":
                return Undefined;
            case "json":
                return Json(given, named, call);
            case "role":
                return Mark(MarkOfRole(TextOf(given)));
            case "history":
                return Mark(new HistoryMark());
            case "section":
                return Mark(new SectionMark(TextOf(given).Split(' ')[0]));
            case "media":
                return Mark(Media(given, named, call));
            case "if" or "unless" or "with" when given.Length != 1:
                throw Failed($"`{name}` takes one value", call.Span);
            case "each" when given.Length != 1:
                throw Failed("`each` takes one list", call.Span);
            case "ifEquals" or "unlessEquals" when given.Length != 2:
                throw Failed($"`{name}` takes two values", call.Span);
            case "if" or "unless" or "with" or "each" or "ifEquals" or "unlessEquals":
                throw Failed($"`{name}` opens a block: `{{{{#{name} …}}}}…{{{{/{name}}}}}`", call.Span);
            default:
                return Declared(name, given) ?? throw Failed($"`{name}` cannot be called", call.Span);
        }
    }

    // What the application's helpers give in previews.
    private Sourced? Declared(string name, ImmutableArray<Sourced> given) =>
        run.Prompt.Environment.Helpers.Find(name) is { } helper
            ? new(Values.Of(helper.Output), given.Aggregate(Source.Template, (all, value) => all.With(value.Source)))
            : null;

    private Sourced Mark(MessageMark mark) => new(new SafeText(run.Mark(mark)), Source.Template);

    // The helpers of Dotprompt write what they are given, and without a value the options of the call.
    private static string TextOf(ImmutableArray<Sourced> given) => given is [var first, ..] ? Values.TextOf(first.Value) : "[object Object]";

    private static MessageMark MarkOfRole(string role) =>
        role.Length > 0 && role.AsSpan().IndexOfAnyExceptInRange('a', 'z') < 0 ? new RoleMark(role) : new LostRoleMark($"<<<dotprompt:role:{role}>>>");

    private Sourced Lookup(ImmutableArray<Sourced> given, CallExpression call)
    {
        if (given is [var target, ..] && !Values.IsTrue(target.Value))
            return target;
        if (given is not [var from, var name])
            throw Failed("`lookup` takes a value and the name of a member", call.Span);
        string member = Values.TextOf(name.Value);
        return new(Values.Member(from.Value, member), from.Source.Of(member).With(name.Source));
    }

    private Sourced Json(ImmutableArray<Sourced> given, OrderedDictionary<string, Sourced> named, CallExpression call)
    {
        if (given.IsEmpty)
            throw Failed("`json` takes a value", call.Span);
        object? indent = named.GetValueOrDefault("indent", Undefined).Value;
        if (given.Length > 1)
        {
            // The engine takes a second value for the options.
            object? options = Values.Member(given[1].Value, "hash");
            if (JavaScriptValues.IsMissing(options))
                throw Failed("`json` takes one value; write `indent=2` for lines", call.Span);
            indent = Values.Member(options, "indent");
        }
        string? json = JsonText.Of(given[0].Value, Values.IsTrue(indent) ? indent : null, run);
        run.Charge(json?.Length ?? 0);
        return new(new SafeText(json), given[0].Source);
    }

    private MediaMark Media(ImmutableArray<Sourced> given, OrderedDictionary<string, Sourced> named, CallExpression call)
    {
        object? url = named.GetValueOrDefault("url", Undefined).Value, type = named.GetValueOrDefault("contentType", Undefined).Value;
        if (given is [var options, ..])
        {
            object? hash = Values.Member(options.Value, "hash");
            if (JavaScriptValues.IsMissing(hash))
                throw Failed("`media` takes its values by name: `url=…`, `contentType=…`", call.Span);
            (url, type) = (Values.Member(hash, "url"), Values.Member(hash, "contentType"));
        }
        // A blank in the address ends it, and what follows is its type.
        string[] words = (Values.TextOf(url) + (Values.IsTrue(type) ? " " + Values.TextOf(type) : "")).Split(' ');
        return new(words[0], words.Length > 1 && words[1].Length > 0 ? words[1] : null);
    }

    public RenderFailedException Failed(string reason, TextSpan span) => new(RenderFailureKind.Values, reason, template.Scope.Path, span);
}
