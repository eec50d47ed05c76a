using System.Text.RegularExpressions;
using PromptLsp.Language.Rendering;
using static PromptLsp.Language.Tests.Rendering.Rendered;

namespace PromptLsp.Language.Tests.Rendering;

/// <summary>What the engine says is a sentence for the prompt's author, whether or not the runtime's own messages are in the program.</summary>
public sealed class ScribanMessagesTests
{
    [Theory]
    [InlineData("null | date.add_days 1", "`add_days` needs a value for `date`, and is given none")]
    [InlineData("date null null", "`date` takes 1 argument, and is given 2")]
    [InlineData("object.from_json \"x\"", "this text is no JSON")]
    [InlineData("object.from_json null", "a function needs a value, and is given none")]
    [InlineData("string.handleize null", "a function needs a value, and is given none")]
    [InlineData("regex.escape null", "a function needs a value, and is given none")]
    [InlineData("date.now | date.add_days 99999999999", "a number is out of the range that the function takes")]
    [InlineData("string.pad_left \"x\" (-1)", "a number is out of the range that the function takes")]
    [InlineData("timespan.from_days 99999999999", "a number is out of the range that the function takes")]
    [InlineData("1.5 | math.format \"x\"", "a text is not written as the function needs it")]
    [InlineData("string.base64_decode \"x\"", "a text is not written as the function needs it")]
    [InlineData("timespan.parse \"x\"", "a text is not written as the function needs it")]
    [InlineData("date.parse \"x\" \"x\"", "a text is not written as the function needs it")]
    [InlineData("\"x\" | string.replace \"\" \"y\"", "a function needs a text, and is given an empty one")]
    [InlineData("[1, \"a\", null] | array.sort", "the items cannot be compared with one another")]
    [InlineData("\"\"[0]", "there is nothing at this index")]
    [InlineData("math.modulo 1 0", "a number is divided by zero")]
    [InlineData("object.eval \"1 +\"", "the text that is evaluated here cannot be read as code")]
    [InlineData("x = 1; x 2", "this is called like a function, and is a value of type int")]
    [InlineData("[][0] 1", "this is called like a function, and is a value of type array")]
    [InlineData("for i in 1; end", "a loop needs a list, and is given none")]
    [InlineData("1 | array.first", "a list is needed here, and is given as int")]
    [InlineData("\"a\" | math.abs", "The value `a` is not a number")]
    [InlineData("-\"a\"", "a sign stands before a number, and this is a value of type string")]
    [InlineData("import \"x\"", "`import` needs an object, and is given a value of type string")]
    [InlineData("{} * {}", "the operator `*` is not supported between object and object")]
    [InlineData("true - true", "the operator `-` is not supported between values of type bool")]
    [InlineData("\"a\" * \"b\"", "a text can only be multiplied by a whole number")]
    [InlineData("with 1; end", "`with` needs an object, and `1` is none")]
    [InlineData("wrap 1; end", "`wrap` needs a function")]
    [InlineData("1[0]", "a value of type int has no items")]
    [InlineData("[1] | array.each \"x\"", "`x` is no function; one is handed over as `@name`")]
    [InlineData("date.parse \"x\" \"%C\"", "a date cannot be read by `%C`, which is for writing only")]
    [InlineData("math.random 3 1", "the first number must be smaller than the second")]
    public void A_failure_is_told_in_a_sentence(string code, string reason)
    {
        RenderedPrompt rendered = Render("{{ " + code + " }}").Result;
        Assert.Equal((RenderFailureKind.Values, reason), (rendered.Failure!.Kind, rendered.Failure.Reason));
    }

    [Theory]
    [InlineData("o.null")]
    [InlineData("readonly null")]
    [InlineData("readonly \"\"")]
    [InlineData("null = 1")]
    [InlineData("1 = 2")]
    [InlineData("1++")]
    [InlineData("a = ")]
    [InlineData("(1")]
    [InlineData("a.")]
    [InlineData("capture 1; end")]
    [InlineData("for 1 in x; end")]
    [InlineData("func 1; end")]
    public void A_body_that_is_rejected_is_told_in_a_sentence(string code)
    {
        string reason = Render("{{ " + code + " }}").Result.Failure!.Reason;
        Assert.DoesNotMatch(
            new Regex(@"<\w+>(?!`)|\{member\}|\b[A-Z]\w+_\w+|Exception|\(Parameter|: error :", RegexOptions.None, TimeSpan.FromSeconds(1)),
            Regex.Replace(reason, "`[^`]*`", "", RegexOptions.None, TimeSpan.FromSeconds(1))
        );
    }
}
