using PromptLsp.Language.Catalog;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects;

/// <summary>A template language. It produces the neutral body; what else differs between dialects is asked of it, never guessed by a feature.</summary>
public abstract class Dialect
{
    /// <summary>The name that <c>template:</c> takes: <c>scriban</c>, <c>handlebars</c>, <c>liquid</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The dialect's builtin functions; null where they are not known.</summary>
    public virtual FunctionCatalog? Functions => null;

    /// <summary>The dialect's statements; null where they are not known.</summary>
    public virtual StatementCatalog? Statements => null;

    /// <summary>An expression between the dialect's braces.</summary>
    public virtual string Island(string code) => "{{ " + code + " }}";

    /// <summary>Reads the body. Never throws; linear in the body's length.</summary>
    public abstract TemplateBody Parse(SourceText text, TextSpan body);
}
