using PromptLsp.Language.Text;
using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;

namespace PromptLsp.Language.Rendering.Engines.Scriban;

/// <summary>A function that we give to Scriban, and its parameters by name.</summary>
internal abstract class ScribanFunction(int required, params string[] parameters) : IScriptCustomFunction
{
    public int RequiredParameterCount => required;

    public int ParameterCount => parameters.Length;

    public virtual ScriptVarParamKind VarParamKind => ScriptVarParamKind.None;

    public Type ReturnType => typeof(object);

    public ScriptParameterInfo GetParameterInfo(int index) =>
        index < required ? new(typeof(object), parameters[index])
        : index < parameters.Length ? new(typeof(object), parameters[index], null)
        : new(typeof(object), "value");

    public object? Invoke(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement) =>
        Invoke((ScribanContext)context, callerContext ?? context.CurrentNode, arguments);

    public ValueTask<object?> InvokeAsync(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement) =>
        ValueTask.FromResult(Invoke(context, callerContext, arguments, blockStatement));

    protected abstract object? Invoke(ScribanContext context, ScriptNode? caller, ScriptArray arguments);

    protected static string TextOf(ScribanContext context, ScriptArray arguments, int index) =>
        index < arguments.Count && arguments[index] is { } value ? context.ObjectToString(value) ?? "" : "";

    protected static TextSpan SpanOf(ScribanContext context, ScriptNode? node) =>
        node is null ? context.Scope.Template.Document.Body.Span : ScribanEngine.SpanOf(node.Span, context.Scope.Template.Document);
}

/// <summary>A function without arguments whose answer is known beforehand.</summary>
internal sealed class FixedFunction(Func<object> answer) : ScribanFunction(0)
{
    protected override object? Invoke(ScribanContext context, ScriptNode? caller, ScriptArray arguments) => answer();
}

/// <summary><c>role "system"</c>.</summary>
internal sealed class RoleFunction() : ScribanFunction(1, "name")
{
    protected override object? Invoke(ScribanContext context, ScriptNode? caller, ScriptArray arguments) =>
        context.Run.Mark(new RoleMark(TextOf(context, arguments, 0)));
}

/// <summary><c>history</c>.</summary>
internal sealed class HistoryFunction() : ScribanFunction(0)
{
    protected override object? Invoke(ScribanContext context, ScriptNode? caller, ScriptArray arguments) => context.Run.Mark(new HistoryMark());
}

/// <summary><c>media url: u contentType: "image/png"</c>. Without an address there is nothing to add.</summary>
internal sealed class MediaFunction() : ScribanFunction(1, "url", "contentType")
{
    protected override object? Invoke(ScribanContext context, ScriptNode? caller, ScriptArray arguments) =>
        TextOf(context, arguments, 0) is { Length: > 0 } url
            ? context.Run.Mark(new MediaMark(url, TextOf(context, arguments, 1) is { Length: > 0 } type ? type : null))
            : null;
}

/// <summary><c>section "x"</c>.</summary>
internal sealed class SectionFunction() : ScribanFunction(1, "name")
{
    protected override object? Invoke(ScribanContext context, ScriptNode? caller, ScriptArray arguments) =>
        context.Run.Mark(new SectionMark(TextOf(context, arguments, 0)));
}

/// <summary><c>include "voice" tone: "warm"</c>: named arguments are the partial's variables.</summary>
internal sealed class IncludeFunction() : ScribanFunction(1, "template_name", Size)
{
    // Scriban's lists have a member of this name, so that it would refuse an argument of it; a parameter is taken by name.
    private const string Size = "size";

    public override ScriptVarParamKind VarParamKind => ScriptVarParamKind.Direct;

    protected override object? Invoke(ScribanContext context, ScriptNode? caller, ScriptArray arguments)
    {
        var given = new Dictionary<string, object?>(StringComparer.Ordinal);
        var untrusted = new List<string>();
        foreach (ScriptNamedArgument argument in (caller as ScriptFunctionCall)?.Arguments.OfType<ScriptNamedArgument>() ?? [])
        {
            if (argument.Name?.Name is not { } name || string.Equals(name, "template_name", StringComparison.Ordinal))
                continue;
            given[name] = string.Equals(name, Size, StringComparison.Ordinal) ? arguments[1]
                : arguments.TryGetValue(context, argument.Span, name, out object? value) ? value : null;
            if (context.Scope.Origins.IsUntrusted(SpanOf(context, argument)))
                untrusted.Add(name);
        }
        RenderOutput partial = context.Run.Include(TextOf(context, arguments, 0), context.Scope, SpanOf(context, caller), given, untrusted, context.Variable);
        // A statement's value goes to the output next, where it is still known which of it are values.
        if (caller is not ScriptFunctionCall { Parent: ScriptExpressionStatement })
            return partial.ToString();
        context.Write(partial);
        return null;
    }
}

/// <summary><c>include_join ["a", "b"] "\n"</c>: several partials, with something between them.</summary>
internal sealed class IncludeJoinFunction() : ScribanFunction(2, "template_names", "separator", "prefix", "suffix")
{
    protected override object? Invoke(ScribanContext context, ScriptNode? caller, ScriptArray arguments)
    {
        TextSpan at = SpanOf(context, caller);
        var texts = new List<string>();
        foreach (object? name in context.ToList(caller?.Span ?? default, arguments[0]) ?? Array.Empty<object?>())
            texts.Add(context.Run.Include(context.ObjectToString(name) ?? "", context.Scope, at, EmptyArguments, [], context.Variable).ToString());
        return TextOf(context, arguments, 2) + string.Join(TextOf(context, arguments, 1), texts) + TextOf(context, arguments, 3);
    }

    private static readonly Dictionary<string, object?> EmptyArguments = [];
}
