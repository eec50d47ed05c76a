using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Syntax.Dialects;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Rendering.Engines.Handlebars;

/// <summary>Renders includes: partials of files, those that a block defines, and the block that an include is given.</summary>
internal sealed class TreePartials(TreeEngine engine, TreeValues values, RenderRun run, TemplateFrame template)
{
    private const string BlockName = "@partial-block", BlockVariable = "partial-block";

    private static readonly JavaScriptValues Values = JavaScriptValues.Instance;

    /// <summary>A closure with the partials that its content defines: they are there before anything of it is rendered.</summary>
    public Closure WithDefinitions(Closure closure)
    {
        InlinePartial? partials = null;
        foreach (BodyNode node in closure.Content.Nodes)
        {
            if (node is not (InlinePartialNode or DecoratorNode))
                continue;
            CallExpression call = node is InlinePartialNode { Call: var inline } ? inline : ((DecoratorNode)node).Call;
            if (call.Callee is not NameExpression { Kind: NameKind.Variable, Name: "inline" })
                throw values.Failed(
                    $"there is no decorator `{template.Scope.Template.Document.Text[call.Callee.Span]}`; only `inline` is one",
                    call.Callee.Span
                );
            // The content sees the names of the block that it stands in, but not what they are.
            Surroundings around = closure.Around with
            {
                Names = new(closure.Parameters, closure.Around.Names),
            };
            Sourced subject = around.Subjects?.Subject ?? new(Values.Missing, Source.Template);
            ImmutableArray<Sourced> given = values.Positional(call.Arguments, new(subject, around));
            string name = given is [var first, ..] ? Values.TextOf(first.Value) : "undefined";
            Closure? content = node is InlinePartialNode { Body: var body, Parameters: var parameters }
                ? WithDefinitions(new(new(body), parameters, around))
                : null;
            partials = new(name, content, partials);
        }
        return partials is null ? closure : closure with { Partials = partials };
    }

    /// <summary>The values of all blocks around, as the engine hands them to what it takes for a block's names.</summary>
    public static ImmutableArray<Sourced> AsValues(ParameterValues? values)
    {
        var frames = ImmutableArray.CreateBuilder<Sourced>();
        for (; values is not null; values = values.Outer)
            frames.Add(new(values.Values is { } given ? given.Select(v => v.Value).ToArray() : Values.Missing, Source.Template));
        return frames.DrainToImmutable();
    }

    /// <param name="block">What an include with a block is given.</param>
    /// <param name="indent">What stands before every line of the partial.</param>
    public Outcome Include(CallExpression call, Closure? block, string indent, Place place, RenderOutput output)
    {
        string name = NameOf(call.Arguments[0].Value, place);
        ImmutableArray<Argument> rest = call.Arguments[1..];
        Sourced subject = values.Positional(rest, place) is [var given, ..] ? given : place.Subject;
        if (rest.Any(a => a.Name is not null))
            subject = Merged(subject, values.ByName(rest, place));
        RenderOutput target = indent.Length > 0 ? new(run) : output;
        Outcome outcome = Render(name, subject, call, block, place, target);
        if (indent.Length == 0)
            return outcome;
        if (!outcome.IsText)
            throw values.Failed($"`{name}` renders to no text, and cannot be indented", call.Span);
        Indent(target, indent, output);
        return outcome;
    }

    // Whatever has no name of its own is called `undefined` by the engine.
    private string NameOf(Expression written, Place place)
    {
        if (written is not GroupExpression)
            return written is LiteralExpression { Value: null } none
                ? template.Scope.Template.Document.Text[none.Span]
                : Values.TextOf(Values.Of(((LiteralExpression)written).Value));
        object? value = values.Of(written, place).Value;
        return Values.IsTrue(value) ? Values.TextOf(value) : "undefined";
    }

    private Outcome Render(string name, Sourced subject, CallExpression call, Closure? block, Place place, RenderOutput output)
    {
        DataFrame? data = place.Around.Data;
        object? outer = data?.Find(BlockVariable)?.Value;
        PartialBlock? own = null;
        if (block is not null)
        {
            own = (s, d, p, o) =>
            {
                var restored = new DataFrame(d);
                restored.Set(BlockVariable, new(outer ?? Values.Missing, Source.Template));
                return engine.Run(block, s, restored, p, o);
            };
            data = new DataFrame(data);
            data.Set(BlockVariable, new(own, Source.Template));
        }
        ImmutableArray<Sourced> parameters = AsValues(place.Around.Values);
        if (InlinePartial.Find(template.Partials, name) is { } inline)
        {
            if (inline.Content is { } content)
                return engine.Deeper(call.Span, () => engine.Run(content, subject, data, parameters, output));
        }
        else if (name == BlockName)
        {
            if (outer is PartialBlock given)
                return engine.Deeper(call.Span, () => given(subject, data, parameters, output));
        }
        else if (run.Look(name, template.Scope, call.Span) is { } partial)
        {
            return File(partial, subject, call, data, InlinePartial.Before(block?.Partials, template.Partials), output);
        }
        return own is not null
            ? engine.Deeper(call.Span, () => own(subject, data, parameters, output))
            // An application may register partials that no file has.
            : throw new RenderFailedException(
                RenderFailureKind.Unknown,
                name == BlockName ? "this partial is given no block" : $"there is no `{name}` to include",
                template.Scope.Path,
                call.Span
            );
    }

    private Outcome File(Partial partial, Sourced subject, CallExpression call, DataFrame? data, InlinePartial? partials, RenderOutput output)
    {
        PromptModel model = AsHandlebars(partial.Model);
        if (model.Document.Dialect != KnownDialects.Handlebars)
        {
            Other(partial, subject, call, output);
            return Outcome.Text;
        }
        var scope = new TemplateScope(model) { Path = partial.Path, Values = PromptValue.EmptyObject };
        run.Within(partial, template.Scope, call.Span, () => TreeEngine.Render(scope, run, WithHeader(model, subject), data, partials, engine, output));
        return Outcome.Text;
    }

    // A partial that does not say its dialect has that of the prompt which includes it.
    private static PromptModel AsHandlebars(PromptModel model) =>
        model.Document.Dialect == KnownDialects.Handlebars || model.Document.FrontMatter.Keys?.Find("template") is not null
            ? model
            : Read.GetValue(model, static m => new(PromptDocument.Parse(m.Document.Text, KnownDialects.Handlebars), m.Environment));

    private static readonly ConditionalWeakTable<PromptModel, PromptModel> Read = [];

    private void Other(Partial partial, Sourced subject, CallExpression call, RenderOutput output)
    {
        IReadOnlyDictionary<string, object?> arguments = subject.Value as IReadOnlyDictionary<string, object?> ?? PromptValue.EmptyObject;
        string name = call.Arguments[0].Value is LiteralExpression { Value: string written } ? written : partial.Path;
        RenderOutput rendered = run.Include(name, template.Scope, call.Span, arguments, arguments.Keys.Where(k => subject.Source.Of(k).IsUntrusted), _ => null);
        int start = output.Length;
        output.Append(rendered.ToString());
        foreach (WrittenValue value in rendered.Values)
            output.Values.Add(value with { Span = value.Span.Shift(start) });
    }

    // What the partial's own front matter says of its inputs.
    private static Sourced WithHeader(PromptModel model, Sourced subject)
    {
        PromptHeader header = model.Header;
        if (subject.Value is not IReadOnlyDictionary<string, object?> map || (header.Defaults.Count == 0 && !header.Untrusted.Any()))
            return subject;
        IReadOnlyDictionary<string, object?> all = Defaults.Under(model, map);
        return new(
            all,
            new SourceByMember(
                all.Keys,
                name =>
                    header.Untrusted.Contains(name) ? new([.. subject.Source.Of(name).Inputs], true)
                    : map.ContainsKey(name) ? subject.Source.Of(name)
                    : Source.Template
            )
        );
    }

    // A copy of the subject with more members. What has none of its own gives its characters or items.
    private static Sourced Merged(Sourced subject, OrderedDictionary<string, Sourced> named)
    {
        var map = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        switch (subject.Value)
        {
            case IReadOnlyDictionary<string, object?> members:
                foreach ((string name, object? value) in members)
                    map[name] = value;
                break;
            case IReadOnlyList<object?> items:
                for (int i = 0; i < items.Count; i++)
                    map[Values.TextOf((double)i)] = items[i];
                break;
            case string text:
                for (int i = 0; i < text.Length; i++)
                    map[Values.TextOf((double)i)] = text[i].ToString();
                break;
            case SafeText safe:
                map["string"] = safe.Text ?? Values.Missing;
                break;
        }
        map.Remove("__proto__");
        foreach ((string name, Sourced value) in named)
            map[name] = value.Value;
        return new(map, new SourceByMember(map.Keys, name => named.TryGetValue(name, out Sourced value) ? value.Source : subject.Source.Of(name)));
    }

    private void Indent(RenderOutput part, string indent, RenderOutput output)
    {
        string text = part.ToString();
        int start = output.Length, added = 0, at = 0;
        // In order, so that one walk over the lines is enough.
        var written = new Queue<WrittenValue>(part.Values.OrderBy(v => v.Span.Start));
        var open = new List<(WrittenValue Value, int Start)>();
        while (true)
        {
            int end = text.IndexOf('\n', at) is >= 0 and int found ? found + 1 : text.Length;
            if (at == text.Length)
                break;
            output.Append(indent);
            added += indent.Length;
            output.Append(text.AsSpan(at, end - at));
            Place(end);
            if (end == text.Length && (end == 0 || text[end - 1] != '\n'))
                break;
            at = end;
        }
        run.Charge(text.Length + added);

        void Place(int end)
        {
            while (written.TryPeek(out WrittenValue? next) && next.Span.Start < end)
                open.Add((written.Dequeue(), start + added + next.Span.Start));
            for (int i = open.Count - 1; i >= 0; i--)
            {
                if (open[i].Value.Span.End > end)
                    continue;
                output.Values.Add(open[i].Value with { Span = TextSpan.FromBounds(open[i].Start, start + added + open[i].Value.Span.End) });
                open.RemoveAt(i);
            }
        }
    }
}
