using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects;

/// <summary>
/// A template language, by its name and its grammar. What else differs between languages is asked of their other parts, each in the layer that
/// asks it: how things are written of a <c>Notation</c>, what they mean of a <c>Meaning</c>, what they render to of an <c>Engine</c>.
/// </summary>
public sealed class Dialect
{
    internal Dialect(string name, Grammar grammar)
    {
        Name = name;
        Grammar = grammar;
    }

    /// <summary>
    /// The name that <c>template:</c> takes: <c>scriban</c>, <c>handlebars</c>, <c>liquid</c>; for another tool's format what that is called.
    /// </summary>
    public string Name { get; }

    internal Grammar Grammar { get; }

    /// <summary>Reads a body. Never throws; linear in the body's length.</summary>
    public TemplateBody Parse(SourceText text, TextSpan body) => Grammar.Parse(text, body, null);
}
