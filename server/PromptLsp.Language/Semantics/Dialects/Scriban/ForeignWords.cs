namespace PromptLsp.Language.Semantics.Dialects.Scriban;

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
        "nil" or "none" or "None" or "undefined" or "Null" or "NULL" => "null",
        "True" or "TRUE" => "true",
        "False" or "FALSE" => "false",
        "Else" or "ELSE" => "else",
        "End" or "END" => "end",
        _ => null,
    };

    /// <summary>How the same is said, where no one word stands for it.</summary>
    public static string? Advise(string name) => name switch
    {
        "in" => "`list | array.contains value` asks whether a list has a value",
        "is" or "defined" => "`if name` asks whether a value is there",
        "unless" => "write `if !(…)`",
        "if" => "`if` begins a statement; a choice in one line is `condition ? this : that`",
        "as" => "`with` gives an object's members names of their own, and `name = value` another one",
        "print" or "echo" or "puts" or "write" => "a value between braces is written as it stands",
        "range" => "`1..3` counts from 1 to 3",
        "enumerate" => "`for.index` counts the items of a loop",
        "min" or "max" => "`array.sort` puts the least first, and `a < b ? a : b` chooses",
        _ => null,
    };
}
