using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>An optional input or member without a default that is printed where nothing has asked whether it is there.</summary>
public sealed class OptionalUnguarded : Rule
{
    public override string Id => "optional-unguarded";

    public override RuleGroup Group => RuleGroup.Variables;

    public override Severity Default => Severity.Warning;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        // Once for each: whoever mends the first sees the rest.
        HashSet<string>? reported = null;
        foreach (OutputUse output in prompt.Facts.Outputs)
        {
            if (output.Unasked is { } path && (reported ??= new(StringComparer.Ordinal)).Add(prompt.Document.Text[path.Span]))
                yield return Report(prompt, output.Node.Value, path);
        }
        // Whatever a member is read for: a condition, an argument, another name.
        foreach (Expression path in prompt.Facts.Stops)
        {
            if (!(reported ??= new(StringComparer.Ordinal)).GetAlternateLookup<ReadOnlySpan<char>>().Add(prompt.Document.Text.Slice(path.Span)))
                continue;
            string written = prompt.Document.Text[path.Span];
            yield return new(
                path.Span,
                $"`{written}` is optional and may be missing here, which stops the rendering{Beside(prompt, path)}; ask for it with "
                    + $"`{prompt.Notation.If}`{(prompt.Notation.NullSafe(written, "…") is { } safe ? $", or read its member as `{safe}`" : "")}"
            )
            {
                Fixes = [.. Defaults(prompt, null, path, written)],
            };
        }
    }

    private static Finding Report(PromptModel prompt, Expression value, Expression path)
    {
        SourceText text = prompt.Document.Text;
        string written = text[path.Span];
        var fixes = new List<Fix>();
        if (prompt.Document.Body.IslandAt(path.Span.Start) is { } island && prompt.Notation.CodeOf(text.Slice(island)).SequenceEqual(text[value.Span]))
            fixes.Add(new($"Wrap in `{prompt.Notation.If}`", new TextEdit(island, prompt.Notation.Guarded(text[island], written))));
        if (DeclaredIn(prompt, path) is { } declared && declared.End < text.Length && text.Content[declared.End] == '?' && !IsLeftOut(prompt, path))
            fixes.Add(new($"Make `{written}` required", new TextEdit(new TextSpan(declared.End, 1), "")));
        fixes.AddRange(Defaults(prompt, value, path, written));
        bool stops = prompt.Meaning.MissingStops && Stops(prompt, value, path);
        return new(
            path.Span,
            $"`{written}` is optional and may be missing here{(stops ? ", which stops the rendering" : "")}{Beside(prompt, path)}; ask for it with "
                + $"`{prompt.Notation.If}`, or give it a default"
        )
        {
            Severity = stops ? Severity.Off : Severity.Hint,
            Fixes = [.. fixes],
        };
    }

    // Whoever wrote `note != ""` before it meant to ask.
    private static string Beside(PromptModel prompt, Expression path)
    {
        string written = prompt.Document.Text[path.Span];
        foreach (ConditionUse condition in prompt.Facts.Conditions)
        {
            if (
                condition.Node.Span.Start < path.Span.Start
                && Guards.HoldsOfNothing(condition.Node) is { } compared
                && prompt.Document.Text.Slice(compared.Span).SequenceEqual(written)
            )
                return $" (`{prompt.Document.Text[condition.Node.Span]}` holds then too)";
        }
        return "";
    }

    // One for all who leave it out, or one for here.
    private static IEnumerable<Fix> Defaults(PromptModel prompt, Expression? value, Expression path, string written)
    {
        PromptType type = prompt.Facts.TypeOf(path);
        if (
            path is NameExpression name
            && DeclaredIn(prompt, path) is not null
            && InputDefault(prompt, $"{name.Name}: {FittingValue.InYaml(type)}") is { } edit
        )
            yield return new($"Give `{written}` a default in `input.default`", edit);
        if (value == path && FittingValue.InCode(prompt.Notation, type) is { } standard && prompt.Notation.Otherwise(written, standard) is { } otherwise)
            yield return Fix.ChangeTo(otherwise, path.Span);
    }

    private static TextEdit? InputDefault(PromptModel prompt, string line)
    {
        SourceText text = prompt.Document.Text;
        if (prompt.Document.FrontMatter is not { Yaml.IsValid: true, Keys: { } keys } || keys.Find("input")?.Value.Resolved() is not YamlMapping input)
            return null;
        return input.Find("default")?.Value.Resolved() switch
        {
            null => YamlEdits.Add(text, input, $"default: {{ {line} }}"),
            YamlMapping defaults => YamlEdits.Add(text, defaults, line),
            _ => null,
        };
    }

    // A sample that does without it would be wrong then.
    private static bool IsLeftOut(PromptModel prompt, Expression path) => path is not NameExpression name || prompt.Header.IsLeftOut(name.Name);

    // A member or an item of what is not there stops the rendering.
    private static bool Stops(PromptModel prompt, Expression value, Expression path) => value switch
    {
        MemberExpression member => member.Target == path || Stops(prompt, member.Target, path),
        IndexExpression index => index.Target == path || Stops(prompt, index.Target, path),
        GroupExpression group => Stops(prompt, group.Inner, path),
        BinaryExpression binary => Stops(prompt, binary.Left, path) || Stops(prompt, binary.Right, path),
        CallExpression call => (call.Piped ?? (call.Arguments is [var first, ..] ? first.Value : null)) is { } given
            && (Stops(prompt, given, path) || (given == path && prompt.Facts.FunctionOf(call.Callee) is { } function && prompt.Meaning.StopsOnNull(function))),
        _ => false,
    };

    // In this file: an input, or a member of one all the way down.
    private static TextSpan? DeclaredIn(PromptModel prompt, Expression path) =>
        path switch
        {
            NameExpression name => prompt.Facts.Scopes.Find(name) is { Kind: SymbolKind.Input, Declaration: { } declared } ? declared : null,
            MemberExpression member when DeclaredIn(prompt, member.Target) is not null => MemberLookup
                .Of(prompt.Facts.TypeOf(member.Target), member.Name)
                .Field?.NameSpan,
            _ => null,
        };
}
