using System.Collections;
using PromptLsp.Language.Text;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace PromptLsp.Language.Rendering.Engines.Scriban;

/// <summary>
/// Scriban's state for one template of a rendering: its options and limits as the format says, its variables, and a watch over what it makes
/// and writes. A partial has a state of its own, so that nothing it assigns is seen outside.
/// </summary>
internal sealed class ScribanContext : TemplateContext
{
    // What is smaller is not worth the counting.
    private const int Counted = 256;

    private readonly ScribanRun _shared;
    private ScriptExpression? _written;

    public ScribanContext(TemplateScope scope, RenderRun run, RenderOutput output) : base(ScribanRun.Of(run).Builtins)
    {
        Scope = scope;
        Run = run;
        _shared = ScribanRun.Of(run);
        AutoIndent = false;
        StrictVariables = false;
        NewLine = "\n";
        LoopLimit = run.Limits.Loops;
        RecursiveLimit = run.Limits.Calls;
        LimitToString = run.Limits.Output;
        OnStringLimit = ScriptLimitBehavior.Throw;
        OnOutputLimit = ScriptLimitBehavior.Throw;
        RegexTimeOut = run.Limits.Regex;
        CancellationToken = run.Stop;
        // The key under which Scriban keeps what `math.random` draws from.
        Tags["random"] = run.Random;
        PushGlobal(_shared.Context);
        if (scope.Caller is { } caller)
            PushGlobal(new LazyVariables(caller));
        PushGlobal(ScribanValues.ObjectOf(scope.Values));
        PushOutput(new ScribanOutput(output));
    }

    public TemplateScope Scope { get; }

    public RenderRun Run { get; }

    /// <summary>A variable by its name, as a partial sees it that has no inputs of its own.</summary>
    public object? Variable(string name) => GetValue(ScriptVariable.Create(name, ScriptVariableScope.Global));

    public override object? Evaluate(ScriptNode? scriptNode, bool aliasReturnedFunction)
    {
        object? value = base.Evaluate(scriptNode, aliasReturnedFunction);
        if (scriptNode is ScriptExpressionStatement statement)
            _written = statement.Expression;
        else if (scriptNode is ScriptFunctionCall or ScriptBinaryExpression or ScriptPipeCall or ScriptInterpolatedExpression)
            Charge(value);
        return value;
    }

    // A text that a function takes for a date, the same on every machine.
    public override object? ToObject(SourceSpan span, object? value, Type destinationType) =>
        value is string { Length: > 0 } text
        && (destinationType == typeof(DateTime) || destinationType == typeof(DateTime?))
        && SteadyDates.Read(this, text, null) is { } time
        && time != default
            ? time
            : base.ToObject(span, value, destinationType);

    public override TemplateContext Write(SourceSpan span, object? textAsObject)
    {
        if (textAsObject is null)
            return this;
        IScriptOutput output = Output;
        ScriptExpression? expression = _written;
        int start = LengthOf(output);
        base.Write(span, textAsObject);
        int end = LengthOf(output);
        if (start == end)
            return this;
        Run.Charge(end - start);
        if (textAsObject is IScriptOutput captured && _shared.Written.TryGetValue(captured, out List<WrittenValue>? values))
            WroteAgain(output, start, values);
        else if (expression is not null)
            ValuesOf(output).Add(new(TextSpan.FromBounds(start, end), Scope.Origins.Of(ScribanEngine.SpanOf(expression.Span, Scope.Template.Document))));
        return this;
    }

    /// <summary>Writes what a partial has written, with its values.</summary>
    public void Write(RenderOutput partial)
    {
        int start = LengthOf(Output);
        Write(partial.ToString());
        WroteAgain(Output, start, partial.Values);
    }

    private void WroteAgain(IScriptOutput output, int start, List<WrittenValue> values)
    {
        List<WrittenValue> target = ValuesOf(output);
        foreach (WrittenValue value in values)
            target.Add(value with { Span = value.Span.Shift(start) });
    }

    private void Charge(object? value)
    {
        int size = value is string text ? text.Length : value is ICollection items ? items.Count : 0;
        if (size >= Counted)
            Run.Charge(size);
    }

    private List<WrittenValue> ValuesOf(IScriptOutput output)
    {
        if (output is ScribanOutput ours)
            return ours.Output.Values;
        if (!_shared.Written.TryGetValue(output, out List<WrittenValue>? values))
            _shared.Written.Add(output, values = []);
        return values;
    }

    private static int LengthOf(IScriptOutput output) => output switch
    {
        ScribanOutput ours => ours.Output.Length,
        StringBuilderOutput theirs => theirs.Builder.Length,
        _ => 0,
    };
}

/// <summary>Lets Scriban write into an output of ours.</summary>
internal sealed class ScribanOutput(RenderOutput output) : IScriptOutput
{
    public RenderOutput Output { get; } = output;

    public void Write(string text, int offset, int count) => Output.Append(text.AsSpan(offset, count));

    public ValueTask WriteAsync(string text, int offset, int count, CancellationToken cancellationToken)
    {
        Write(text, offset, count);
        return ValueTask.CompletedTask;
    }

    // Scriban asks for the whole text when it is done, which nobody reads.
    public override string ToString() => "";
}
