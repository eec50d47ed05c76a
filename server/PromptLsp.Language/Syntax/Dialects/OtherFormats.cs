using PromptLsp.Language.Syntax.Yaml;

namespace PromptLsp.Language.Syntax.Dialects;

/// <summary>Formats of other tools that also live in <c>.prompt</c> files. Only what is plainly one of them is recognised.</summary>
internal static class OtherFormats
{
    /// <param name="touched">Lines outside of which no other format's marks stand.</param>
    public static string? Recognise(ReadOnlySpan<char> body, Range touched, bool hasFrontMatter) =>
        IsBlockLanguage(body) ? "the `init do` block language"
        : body[touched].Contains('<') && HasTagRoles(body) ? "Promptfile (`<System>` and `<User>` blocks)"
        : HasGoFields(body[touched]) ? "Go's text/template"
        : !hasFrontMatter && IsPureYaml(body) ? "YAML without a template body"
        : null;

    /// <summary>What is said wherever somebody looks at such a file.</summary>
    public static string Sentence(string format) => $"This file is written in {format}, which PromptLsp neither checks nor renders.";

    /// <summary>By the front matter alone.</summary>
    public static string? RecogniseKeys(YamlMapping? keys) =>
        keys?.Find("model")?.Value is YamlMapping model
        && model.Entries.Any(e => e.Key.Value is "id" or "api" or "apiType" or "configuration" or "connection" or "parameters")
            ? "Prompty (`model` as a map)"
            : null;

    private static bool IsBlockLanguage(ReadOnlySpan<char> body) => FirstLine(body) is "init do";

    private static ReadOnlySpan<char> FirstLine(ReadOnlySpan<char> body)
    {
        foreach (ReadOnlySpan<char> line in body.EnumerateLines())
        {
            if (!line.IsWhiteSpace())
                return line.Trim();
        }
        return [];
    }

    private static bool HasTagRoles(ReadOnlySpan<char> body) =>
        HasLine(body, "<System>") && HasLine(body, "</System>") || (HasLine(body, "<User>") && HasLine(body, "</User>"));

    private static bool HasLine(ReadOnlySpan<char> body, string tag)
    {
        for (int from = 0; body[from..].IndexOf(tag) is >= 0 and int found; from += found + tag.Length)
        {
            int at = from + found, end = at + tag.Length;
            if ((at == 0 || body[at - 1] is '\n' or '\r') && (end == body.Length || body[end] is '\n' or '\r'))
                return true;
        }
        return false;
    }

    // {{.Query}}: no other template language begins an island with a dot and a capital.
    private static bool HasGoFields(ReadOnlySpan<char> body)
    {
        for (int from = 0; body[from..].IndexOf("{{") is >= 0 and int found; from += found + 2)
        {
            ReadOnlySpan<char> code = body[(from + found + 2)..].TrimStart(" -");
            if (code.Length > 1 && code[0] == '.' && char.IsAsciiLetterUpper(code[1]))
                return true;
        }
        return false;
    }

    // Every line at the margin is a key, and the keys are those of a tool that keeps its prompts in YAML.
    private static bool IsPureYaml(ReadOnlySpan<char> body)
    {
        int keys = 0;
        bool hasPrompts = false;
        foreach (ReadOnlySpan<char> line in body.EnumerateLines())
        {
            if (line.IsWhiteSpace() || line[0] is ' ' or '\t' or '#' || line.StartsWith("- "))
                continue;
            int colon = line.IndexOf(':');
            if (colon <= 0 || line[..colon].IndexOfAnyExcept(KeyCharacters) >= 0 || (colon + 1 < line.Length && line[colon + 1] != ' '))
                return false;
            keys++;
            hasPrompts |= line[..colon] is "prompts" or "messages" or "config" or "template" or "prompt";
        }
        return keys >= 2 && hasPrompts;
    }

    private static readonly System.Buffers.SearchValues<char> KeyCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
}
