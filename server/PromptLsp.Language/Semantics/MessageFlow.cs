using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Semantics;

/// <summary>In which message what follows an include stands: a partial can start messages of its own.</summary>
internal static class MessageFlow
{
    /// <summary>The role after an include; null where it depends on more than the text.</summary>
    public static string? After(PromptModel prompt, string? path, string? before) =>
        After(prompt, path, before, new(StringComparer.Ordinal) { [prompt.Environment.Path] = Flow.Unknown }, depth: 0);

    private static string? After(PromptModel prompt, string? path, string? before, Dictionary<string, Flow> known, int depth)
    {
        // Where nothing is known of the partial, nothing is known of what follows it; one that is not there leaves no trace.
        if (path is null)
            return null;
        if (prompt.Environment.Include(path).Found is not { } partial)
            return before;
        if (!known.TryGetValue(partial.Path, out Flow flow))
        {
            known[partial.Path] = flow = Flow.Unknown;
            if (depth < IncludeGraph.Deepest)
                known[partial.Path] = flow = Through(partial.Model, known, depth + 1);
        }
        return flow.Changes ? flow.Role : before;
    }

    private static Flow Through(PromptModel partial, Dictionary<string, Flow> known, int depth)
    {
        Flow flow = default;
        foreach (BodyNode node in partial.Document.Body.Nodes)
        {
            if (node is OutputNode { Value: CallExpression call })
                flow = Through(partial, call, flow, known, depth);
            else if (node is BlockNode && HasMessages(node.Children))
                flow = Flow.Unknown;
        }
        return partial.Document.Body.IsOpaque ? Flow.Unknown : flow;
    }

    private static Flow Through(PromptModel partial, CallExpression call, Flow flow, Dictionary<string, Flow> known, int depth)
    {
        if (call.Kind == CallKind.Role)
            return new(Changes: true, Literal(call.First));
        if (call.Kind != CallKind.Include)
            return flow;
        // What stands before the include shows whether it changes anything.
        string? after = After(partial, Literal(call.First), Untouched, known, depth);
        return string.Equals(after, Untouched, StringComparison.Ordinal) ? flow : new(Changes: true, after);
    }

    private const string Untouched = "\0";

    private static string? Literal(Expression? value) => (value as LiteralExpression)?.Value as string;

    private static bool HasMessages(IEnumerable<SyntaxNode> nodes) =>
        nodes.Any(n =>
            n is CallExpression { Kind: CallKind.Role or CallKind.Include } || (n is not Expression || n is CallExpression) && HasMessages(n.Children)
        );

    private readonly record struct Flow(bool Changes, string? Role)
    {
        public static Flow Unknown => new(Changes: true, null);
    }
}
