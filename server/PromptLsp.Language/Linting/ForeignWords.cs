namespace PromptLsp.Language.Linting;

/// <summary>Operators and statements of the languages that people come from, and what is written for them here.</summary>
internal static class ForeignWords
{
    /// <summary>The word that stands for it; null for a word of nobody's.</summary>
    public static string? Find(string name) => name switch
    {
        "and" => "&&",
        "or" => "||",
        "not" => "!",
        "elseif" or "elsif" or "elif" => "else if",
        "endif" or "endfor" or "endwhile" or "endcase" or "endwith" or "endcapture" or "endunless" => "end",
        "loop" or "forloop" => "for",
        _ => null,
    };

    /// <summary>How the same is said, where no one word stands for it.</summary>
    public static string? Advise(string name) => name switch
    {
        "in" => "`list | array.contains value` asks whether a list has a value",
        "is" or "defined" => "`if name` asks whether a value is there",
        "unless" => "write `if !(…)`",
        _ => null,
    };
}
