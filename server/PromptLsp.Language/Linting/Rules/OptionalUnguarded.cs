using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>An optional input without a default that is printed where nothing has asked whether it is there.</summary>
public sealed class OptionalUnguarded : Rule
{
    public override string Id => "optional-unguarded";

    public override RuleGroup Group => RuleGroup.Variables;

    public override Severity Default => Severity.Hint;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        if (!prompt.Header.Inputs.Fields.Any(f => f.IsOptional && !prompt.Header.Defaults.ContainsKey(f.Name)))
            yield break;
        // Once for each input: whoever mends the first sees the rest.
        var reported = new HashSet<string>(StringComparer.Ordinal);
        foreach (OutputUse output in prompt.Facts.Outputs)
        {
            if (output.IsGuarded || RootOf(output.Node.Value) is not { } name)
                continue;
            if (prompt.Facts.Scopes.Find(name.Name, name.Span.Start) is { Kind: SymbolKind.Input, IsOptional: true, HasDefault: false } symbol && reported.Add(name.Name))
                yield return Report(prompt, name, symbol, isAlone: output.Node.Value == name);
        }
    }

    // A member of what is not there stops the rendering, but for `?.`.
    private static NameExpression? RootOf(Expression value) => value switch
    {
        NameExpression { Kind: NameKind.Variable } name => name,
        MemberExpression { IsNullSafe: false, Target: NameExpression { Kind: NameKind.Variable } name } => name,
        MemberExpression { Target: MemberExpression inner } => RootOf(inner),
        _ => null,
    };

    private static Finding Report(PromptModel prompt, NameExpression name, Symbol symbol, bool isAlone)
    {
        var fixes = new List<Fix>();
        if (isAlone && prompt.Document.Body.IslandAt(name.Span.Start) is { } island && prompt.Document.Text.Slice(island).Trim("{}~- \t").SequenceEqual(name.Name))
            fixes.Add(new("Wrap in `if`", [TextEdit.Insert(island.Start, prompt.Document.Dialect.Island("if " + name.Name)), TextEdit.Insert(island.End, prompt.Document.Dialect.Island("end"))]));
        if (symbol.Declaration is { } declared && declared.End < prompt.Document.Text.Length && prompt.Document.Text.Content[declared.End] == '?')
            fixes.Add(new($"Make `{name.Name}` required", new TextEdit(new TextSpan(declared.End, 1), "")));
        return new(name.Span, $"`{name.Name}` is optional and may be missing here{(isAlone ? "" : ", which stops the rendering")}; ask for it with `if`, or give it a default") { Fixes = [.. fixes] };
    }
}
