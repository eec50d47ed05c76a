using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects.Handlebars;

/// <summary>A token of code.</summary>
internal readonly record struct HandlebarsToken(HandlebarsTokenKind Kind, int Start, int End)
{
    public TextSpan Span => TextSpan.FromBounds(Start, End);
}

internal enum HandlebarsTokenKind
{
    /// <summary>A word, <c>.</c> or <c>..</c>.</summary>
    Id,

    /// <summary><c>[any characters]</c>.</summary>
    Bracketed,

    /// <summary><c>.</c> or <c>/</c> between the parts of a path.</summary>
    Separator,
    Equals,
    String,
    Number,
    Boolean,
    Undefined,
    Null,

    /// <summary><c>@</c>.</summary>
    Data,
    OpenParenthesis,
    CloseParenthesis,

    /// <summary><c>as |</c>.</summary>
    OpenParameters,

    /// <summary><c>|</c>.</summary>
    CloseParameters,

    /// <summary><c>}}</c>.</summary>
    Close,

    /// <summary><c>}}}</c>.</summary>
    CloseUnescaped,

    /// <summary><c>}}}}</c>.</summary>
    CloseRaw,

    /// <summary><c>{{</c>, where code should go on.</summary>
    OpenBraces,

    /// <summary>A quote or a bracket that nothing closes.</summary>
    Unclosed,

    /// <summary>A character that means nothing.</summary>
    Invalid,
    EndOfText,
}

/// <summary>What stands between <c>{{</c> and the first word.</summary>
internal enum HandlebarsTag
{
    /// <summary><c>{{</c>, <c>{{&amp;</c>.</summary>
    Output,

    /// <summary><c>{{{</c>.</summary>
    Unescaped,

    /// <summary><c>{{*</c>.</summary>
    Decorator,

    /// <summary><c>{{#</c>.</summary>
    Block,

    /// <summary><c>{{#*</c>.</summary>
    DecoratorBlock,

    /// <summary><c>{{^</c> with code behind it.</summary>
    InvertedBlock,

    /// <summary><c>{{else}}</c>, <c>{{^}}</c>.</summary>
    Else,

    /// <summary><c>{{else</c> with code behind it.</summary>
    ElseBlock,

    /// <summary><c>{{/</c>.</summary>
    End,

    /// <summary><c>{{></c>.</summary>
    Partial,

    /// <summary><c>{{#></c>.</summary>
    PartialBlock,

    /// <summary><c>{{!</c> to the next <c>}}</c>.</summary>
    Comment,

    /// <summary><c>{{!--</c> to <c>--}}</c>.</summary>
    LongComment,

    /// <summary><c>{{{{</c>.</summary>
    Raw,
}
