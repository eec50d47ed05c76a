namespace PromptLsp.Language.Text;

/// <summary>What a message quotes of a file: its beginning, where it is long.</summary>
internal static class Excerpt
{
    private const int Longest = 40;

    public static string Of(string text) => text.Length <= Longest ? text : text[..Longest] + "…";
}
