using System.Collections.Immutable;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Syntax.Dialects.Handlebars;

namespace PromptLsp.Language.Semantics.Dialects.Handlebars;

/// <summary>Where the engine, which joins what a template or a block writes by <c>+</c>, adds numbers up: before the first text of it.</summary>
internal static class Sums
{
    public static bool Are(PromptModel prompt, OutputNode last)
    {
        ImmutableArray<SyntaxNode> path = prompt.Document.Body.PathTo(last.Span.Start);
        int at = path.IndexOf(last);
        if (at < 0)
            return false;
        // White space that goes with a line which holds nothing but a tag is no text.
        var layout = HandlebarsLayout.Of(prompt.Document, prompt.Document.FrontMatter.Exists && !prompt.Environment.IsPartial);
        foreach (SyntaxNode node in at == 0 ? prompt.Document.Body.Nodes : path[at - 1].Children)
        {
            if (node == last)
                return true;
            // What the block opens with stands before its content.
            if (node is not BodyNode)
                continue;
            if (node is Branch)
                return false;
            bool isNothing = node switch
            {
                TextNode text => layout.Rendered(text).IsEmpty,
                CommentNode => true,
                OutputNode output => prompt.Facts.TypeOf(output.Value) is ScalarType { Kind: ScalarKind.Integer or ScalarKind.Number or ScalarKind.Boolean },
                _ => false,
            };
            if (!isNothing)
                return false;
        }
        return false;
    }
}
