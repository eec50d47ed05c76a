using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Navigation;

/// <summary>Where what stands at a place is made: a name's declaration, an include's file, a parameter of an included file.</summary>
public static class Definitions
{
    public static Place? At(PromptModel prompt, int offset) =>
        Include(prompt, offset) ?? Names.At(prompt, offset)?.Definition;

    private static Place? Include(PromptModel prompt, int offset)
    {
        foreach (IncludeUse include in prompt.Facts.Includes)
        {
            if (!include.Node.Span.Touches(offset) || include.Path is not { Value: string written } path || prompt.Environment.Include(written).Found is not { } partial)
                continue;
            if (path.Span.Touches(offset))
                return new(partial.Path, default);
            foreach (Argument argument in include.Node.Arguments)
            {
                if (argument.Name is { } name && argument.NameSpan.Touches(offset))
                    return new(partial.Path, partial.Model.Header.Inputs.Find(name)?.NameSpan ?? default);
            }
        }
        return null;
    }
}
