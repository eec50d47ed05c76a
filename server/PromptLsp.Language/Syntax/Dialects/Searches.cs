namespace PromptLsp.Language.Syntax.Dialects;

/// <summary>
/// How far this thread has looked ahead in a text. What is sought again and again from each opener on a line makes reading it quadratic, which
/// no count of what is allocated shows: a test holds this one to the text's length.
/// </summary>
internal static class Searches
{
    [ThreadStatic]
    public static long Characters;
}
