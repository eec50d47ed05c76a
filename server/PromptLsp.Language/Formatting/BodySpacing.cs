using System.Collections.Immutable;
using PromptLsp.Language.Catalog.Dialects;
using PromptLsp.Language.Rendering.Engines;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Formatting;

/// <summary>The spacing of a body's code, as its dialect has it, where it can be proved to change nothing.</summary>
internal static class BodySpacing
{
    public static ImmutableArray<TextEdit> Edits(PromptDocument document)
    {
        Notation notation = KnownNotations.Of(document.Dialect);
        Engine? engine = KnownEngines.Of(document.Dialect);
        ImmutableArray<Problem> verdict = engine?.Check(document) ?? [];
        ImmutableArray<TextEdit> edits = notation.Spacing(document, document.Body.Problems.AddRange(verdict));
        return edits.IsEmpty || SaysTheSame(document, PromptDocument.Parse(document.Text.With(edits), document.Dialect)) ? edits : [];

        // The same tokens, read as the same tree, and as right to the engine as before.
        bool SaysTheSame(PromptDocument before, PromptDocument after) =>
            after.Dialect == before.Dialect
            && Shape(after.Body).SequenceEqual(Shape(before.Body))
            && notation.SpellsTheSame(before, after)
            && (engine is null || (engine.SpellsTheSame(before, after) && engine.Check(after).Length == verdict.Length));
    }

    private static IEnumerable<(Type Kind, int Children)> Shape(TemplateBody body)
    {
        var rest = new Stack<SyntaxNode>(body.Nodes);
        while (rest.TryPop(out SyntaxNode? node))
        {
            int children = 0;
            foreach (SyntaxNode child in node.Children)
            {
                rest.Push(child);
                children++;
            }
            yield return (node.GetType(), children);
        }
    }
}
