using PromptLsp.Language.Catalog;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Rendering.Samples;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>An untrusted input in a system or developer message, whose words the model takes for orders.</summary>
public sealed class UntrustedInSystem : Rule
{
    public override string Id => "untrusted-in-system";

    public override RuleGroup Group => RuleGroup.Safety;

    public override Severity Default => Severity.Warning;

    // Where the text does not tell the role, the rendered samples do.
    public override Pace Pace => Pace.Slow;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        if (prompt.Header.Untrusted.Count == 0)
            yield break;
        Dictionary<TextSpan, string>? rendered = null;
        foreach (OutputUse output in prompt.Facts.Outputs)
        {
            if (!prompt.Facts.IsUntrustedText(output))
                continue;
            string? known = output.Role is { } role
                ? ComputedRole.GivesOrders(role)
                    ? role
                    : null
                : null;
            string? possible =
                known ?? (output.Role is null ? output.Starts.Select(s => ComputedRole.OrdersOf(prompt, s)).FirstOrDefault(o => o is not null) : null);
            // Of what a function writes or a capture holds, the place tells where that is written out.
            if (output.Role is not null || !output.Starts.IsEmpty)
                possible ??= (rendered ??= Rendered(prompt, cancel)).GetValueOrDefault(output.Node.Value.Span);
            if (possible is not null)
                yield return new(
                    output.Node.Span,
                    $"`{prompt.Document.Text[output.Node.Span]}` comes from outside and {(known is null ? "may stand" : "stands")} in a "
                        + $"`{possible}` message, whose words are orders; move it to a `user` message"
                )
                {
                    Fixes =
                        known is not null && UserMessage.Take(prompt, output) is { IsEmpty: false } moved ? [new("Move it to a `user` message", moved)] : [],
                };
        }
        foreach (Inclusion include in IncludeGraph.From(prompt))
        {
            cancel.ThrowIfCancellationRequested();
            if (Carried(include) is var (name, role))
                yield return new(
                    include.Use.Node.Span,
                    $"this partial puts `{name}`, which comes from outside, into a `{role}` message; let it stand in a `user` message"
                );
        }
    }

    private const int MostVisits = 500;

    // What the samples have written into messages that give orders.
    private static Dictionary<TextSpan, string> Rendered(PromptModel prompt, CancellationToken cancel)
    {
        var written = new Dictionary<TextSpan, string>();
        foreach (
            RenderedMessage message in SampleRenderings.Of(prompt, cancel).SelectMany(r => r.Rendered.Messages).Where(m => ComputedRole.GivesOrders(m.Role))
        )
        {
            foreach (WrittenValue value in message.Parts.OfType<TextPart>().SelectMany(p => p.Values))
            {
                if (value.Origin.Path is null)
                    written.TryAdd(value.Origin.Span, message.Role);
            }
        }
        return written;
    }

    // What an include hands to its partial of what comes from outside, and that the partial writes among orders.
    private static (string Name, string Role)? Carried(Inclusion include)
    {
        PromptModel prompt = include.From;
        HashSet<string> names =
        [
            .. from argument in include.Use.Node.Arguments where argument.Name is not null && prompt.Facts.IsUntrusted(argument.Value) select argument.Name,
        ];
        return Written(include, names, prompt.Header.Untrusted, include.Use.Role, []);
    }

    /// <param name="given">The arguments that carry something from outside.</param>
    /// <param name="around">The names that do so in the prompt that includes, for a partial that sees them.</param>
    /// <param name="role">The role in which the partial begins.</param>
    /// <param name="seen">What was gone into: a partial, the role in which it began, and what it was given.</param>
    private static (string Name, string Role)? Written(
        Inclusion include,
        HashSet<string> given,
        IEnumerable<string> around,
        string? role,
        HashSet<(string Path, string? Role, string Given)> seen
    )
    {
        if (include.Partial is not { Model: var partial, Path: var path })
            return null;
        if (include.SeesNames)
            given.UnionWith(around.Where(name => !include.Use.Node.Arguments.Any(a => string.Equals(a.Name, name, StringComparison.Ordinal))));
        if (given.Count == 0 || seen.Count >= MostVisits || !seen.Add((path, role, string.Join(' ', given.Order(StringComparer.Ordinal)))))
            return null;
        int firstRole = partial.Facts.Messages is [var first, ..] ? first.Node.Span.Start : int.MaxValue;
        foreach (OutputUse output in partial.Facts.Outputs)
        {
            string? standsIn = output.Node.Span.Start < firstRole && output.Role is not null ? role : output.Role;
            if (ComputedRole.GivesOrders(standsIn) && NameIn(output.Node.Value, partial, given) is { } name)
                return (name, standsIn!);
        }
        foreach (Inclusion inner in IncludeGraph.From(partial))
        {
            string? standsIn = inner.Use.Node.Span.Start < firstRole && inner.Use.Role is not null ? role : inner.Use.Role;
            HashSet<string> handed =
            [
                .. from argument in inner.Use.Node.Arguments
                where argument.Name is not null && NameIn(argument.Value, partial, given) is not null
                select argument.Name,
            ];
            if (Written(inner, handed, given, standsIn, seen) is { } written)
                return written;
        }
        return null;
    }

    // A name that comes in from outside the partial, in what makes up a value.
    private static string? NameIn(SyntaxNode node, PromptModel partial, HashSet<string> names) =>
        Taint
            .SourcesOf(node, partial.Facts.Scopes)
            .Find(name => names.Contains(name.Name) && partial.Facts.Scopes.Find(name) is null or { Kind: SymbolKind.Input or SymbolKind.Given })
            ?.Name;
}
