using PromptLsp.Language.Completion;
using PromptLsp.Language.Hover;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Tests.Properties;

/// <summary>Sixteen times the text is at most thirty-two times the work, whatever it is a text of; the work is counted in bytes allocated, the same on every machine.</summary>
public sealed class GrowthTests
{
    private const int Few = 150, Times = 16;

    /// <summary>What a text begins with, what it repeats (<c>§</c> is the number of the repetition), and what it ends with.</summary>
    private static readonly Dictionary<string, (string Head, string Unit, string Tail)> Shapes = new(StringComparer.Ordinal)
    {
        ["text"] = ("", "A line of text that says little.\n", ""),
        ["one line"] = ("", "words without an end ", ""),
        ["carriage returns"] = ("", "line\r", ""),
        ["outputs"] = ("", "{{ name }} and {{ user.name | string.upcase }}\n", ""),
        ["outputs on one line"] = ("", "{{ x }}", ""),
        ["loops one after another"] = ("", "{{ for item in items }}{{ item.name }} {{ for.index }}{{ end }}\n", ""),
        ["conditions inside conditions"] = ("", "{{ if a }}", "x"),
        ["loops inside loops"] = ("", "{{ for x in x }}{{ x }}", ""),
        ["loops never closed"] = ("---\ninput: { schema: { xs(array): string } }\n---\n", "{{ for x in xs }}{{ x }}", ""),
        ["ends"] = ("", "{{ end }}", ""),
        ["elses"] = ("{{ if a }}", "{{ else if b }}x", "{{ end }}"),
        ["assignments"] = ("", "{{ v§ = v§ + 1 }}", ""),
        ["assignments of one name"] = ("", "{{ v = v + 1 }}{{ v }}", ""),
        ["assignments of the name before"] = ("{{ v0 = 1 }}", "{{ w§ = v }}{{ v = w§ }}", "{{ v }}"),
        ["names made of later ones"] = ("{{ v }}", "{{ v§ = w§ }}{{ w§ = v§ }}", ""),
        ["captures"] = ("", "{{ capture c }}text{{ end }}{{ c }}", ""),
        ["functions"] = ("", "{{ func f§(a) }}{{ a }}{{ end }}{{ f§ 1 }}", ""),
        ["with"] = ("", "{{ with user }}{{ name }}{{ end }}", ""),
        ["roles"] = ("", "{{ role \"system\" }}\nText.\n", ""),
        ["unknown roles"] = ("", "{{ role \"sytem\" }}\n", ""),
        ["includes"] = ("", "{{ include \"voice\" tone: x }}\n", ""),
        ["open braces"] = ("", "{{ a \n", ""),
        ["open braces on one line"] = ("", "{{ a ", ""),
        ["braces"] = ("", "{", ""),
        ["open quotes"] = ("", "{{ \"a }}\n", ""),
        ["open quotes on one line"] = ("", "{{ 'a }}", ""),
        ["open backquotes"] = ("", "{{ `a }}\n", ""),
        ["backslashes"] = ("{{ \"", "\\", "\" }}"),
        ["open escapes"] = ("", "{%{ ", ""),
        ["longer and longer escapes"] = ("", "{%%%%%%%%{ ", ""),
        ["percent signs"] = ("{", "%", "{"),
        ["comments"] = ("", "{{ # a comment }}\n", ""),
        ["open comments"] = ("", "{{ # a comment", ""),
        ["open long comments"] = ("", "{{ ## a comment", ""),
        ["suppressions"] = ("", "{{ # promptlsp-disable-next-line undefined-variable }}\n{{ x }}\n", ""),
        ["rules off and on again"] = ("", "{{ # promptlsp-disable undefined-variable }}{{ zz }}{{ # promptlsp-enable }}\n", ""),
        ["interpolated strings"] = ("", "{{ $\"a {b} c\" }}", ""),
        ["interpolated strings inside one another"] = ("{{ ", "$\"{", " }}"),
        ["parentheses"] = ("{{ ", "(", " }}"),
        ["brackets"] = ("{{ ", "[", " }}"),
        ["braces in code"] = ("{{ ", "{ a: ", " }}"),
        ["calls inside calls"] = ("{{ ", "f(", " }}"),
        ["sums"] = ("{{ a", " + a", " }}"),
        ["pipes"] = ("{{ a", " | string.upcase", " }}"),
        ["members"] = ("{{ a", ".b", " }}"),
        ["indexes"] = ("{{ a", "[0]", " }}"),
        ["choices"] = ("{{ a", " ? b : c", " }}"),
        ["choices inside choices"] = ("{{ ", "a ? a : ", "a }}"),
        ["negations"] = ("{{ ", "!", "a }}"),
        ["arguments"] = ("{{ f", " a", " }}"),
        ["named arguments"] = ("{{ f", " a§: 1", " }}"),
        ["statements"] = ("{{ ", "a\n", " }}"),
        ["list items"] = ("{{ [", "1, ", "] }}"),
        ["undeclared names"] = ("---\ninput: { schema: { a: string } }\n---\n", "{{ name§ }}\n", ""),
        ["declared names, misspelt"] = ("---\ninput:\n  schema:\n", "    declared§: string\n", "---\n{{ declard1 }}{{ declard2 }}"),
        ["inputs"] = ("---\ninput:\n  schema:\n", "    input§: string, what it is\n", "---\n"),
        ["inputs inside inputs"] = ("---\ninput:\n  schema: ", "{ a: ", "\n---\n{{ a.a.a }}"),
        ["keys"] = ("---\n", "key§: value\n", "---\n"),
        ["one key again and again"] = ("---\n", "key: value\n", "---\n"),
        ["a list"] = ("---\ntags:\n", "  - tag\n", "---\n"),
        ["open flow lists"] = ("---\na: ", "[", "\n---\n"),
        ["flow maps"] = ("---\na: { ", "k§: 1, ", "}\n---\n"),
        ["lists inside lists"] = ("---\na:\n  ", "- ", "x\n---\n"),
        ["aliases"] = ("---\na: &a x\nb:\n", "  - *a\n", "---\n"),
        ["samples"] = ("---\ninput: { schema: { a: string } }\nsamples:\n", "  s§: { a: 1, b: 2 }\n", "---\n"),
        ["tests"] = ("---\ntests:\n", "  - { sample: s§, expect: [{ contains: x }] }\n", "---\n"),
        ["front matter comments"] = ("---\n", "# a comment\n", "---\n"),
        ["rules"] = ("a\n", "---\n", ""),
        ["front matter that never closes"] = ("---\n", "a§: b\n", ""),
        ["untrusted inputs"] = ("---\ninput: { schema: { t: string }, untrusted: [t] }\n---\n{{ role \"system\" }}\n", "Text {{ t }} text.\n", ""),
        ["untrusted locals"] = ("---\ninput: { schema: { t: string }, untrusted: [t] }\n---\n", "{{ t§ = t + t }}a {{ t§ }}", ""),
        ["zero width spaces"] = ("", "a\u200B", ""),
        ["hidden runs"] = ("", "\u200B", ""),
        ["direction marks"] = ("", "a\u200F", ""),
        ["tags"] = ("", "\uDB40\uDC41", ""),
        ["tags apart"] = ("", "\uDB40\uDC41 ", ""),
        ["selectors"] = ("", "\uFE0F", ""),
        ["beginnings of keys"] = ("", "sk- AKIA ghp_ ", ""),
        ["one long key"] = ("sk-ant-", "a1B2-", ""),
        ["beginnings of private keys"] = ("", "-----BEGIN ", ""),
        ["handlebars roles"] = ("---\ntemplate: handlebars\n---\n", "{{#role \"user\"}}\n", ""),
        ["handlebars roles, closed"] = ("", "{{#role \"user\"}}x{{/role}}\n", ""),
        ["handlebars outputs"] = ("---\ntemplate: handlebars\n---\n", "{{name}} and {{user.name}}\n", ""),
        ["handlebars blocks"] = ("---\ntemplate: handlebars\n---\n", "{{#each items}}{{this.name}}{{@index}}{{/each}}\n", ""),
        ["handlebars conditions inside conditions"] = ("---\ntemplate: handlebars\n---\n", "{{#if a}}", "x"),
        ["handlebars ends"] = ("---\ntemplate: handlebars\n---\n", "{{/if}}", ""),
        ["handlebars chains"] = ("---\ntemplate: handlebars\n---\n{{#if a}}", "{{else if b}}x", "{{/if}}"),
        ["handlebars chains of other blocks"] = ("---\ntemplate: handlebars\n---\n{{#if a}}", "{{else each b}}x", "{{/if}}"),
        ["handlebars open braces"] = ("---\ntemplate: handlebars\n---\n", "{{a \n", ""),
        ["handlebars open braces on one line"] = ("---\ntemplate: handlebars\n---\n", "{{a ", ""),
        ["handlebars open quotes"] = ("---\ntemplate: handlebars\n---\n", "{{a \"b }}\n", ""),
        ["handlebars quotes in quotes"] = ("---\ntemplate: handlebars\n---\n", "{{a '\"' \"", ""),
        ["handlebars quotes of two kinds"] = ("---\ntemplate: handlebars\n---\n", "{{a '\"' \" {{b \"'\" ' \n", ""),
        ["handlebars backslashes before quotes"] = ("---\ntemplate: handlebars\n---\n{{a \"", "\\\"", ""),
        ["handlebars open comments"] = ("---\ntemplate: handlebars\n---\n", "{{! a ", ""),
        ["handlebars open long comments"] = ("---\ntemplate: handlebars\n---\n", "{{!-- a }} ", ""),
        ["handlebars dashes"] = ("---\ntemplate: handlebars\n---\n{{!--", "--a", ""),
        ["handlebars open raw blocks"] = ("---\ntemplate: handlebars\n---\n", "{{{{a}}}} ", ""),
        ["handlebars raw blocks"] = ("---\ntemplate: handlebars\n---\n", "{{{{a}}}}x{{{{/a}}}}", ""),
        ["handlebars escapes"] = ("---\ntemplate: handlebars\n---\n", "\\{{a}} ", ""),
        ["handlebars brackets"] = ("---\ntemplate: handlebars\n---\n", "{{[a ", ""),
        ["handlebars parentheses"] = ("---\ntemplate: handlebars\n---\n{{json ", "(lookup ", "}}"),
        ["handlebars members"] = ("---\ntemplate: handlebars\n---\n{{a", ".b", "}}"),
        ["handlebars arguments"] = ("---\ntemplate: handlebars\n---\n{{json", " a=b", "}}"),
        ["handlebars partials"] = ("---\ntemplate: handlebars\n---\n", "{{> voice tone=\"x\"}}\n", ""),
        ["handlebars inline partials"] = ("---\ntemplate: handlebars\n---\n", "{{#*inline \"p\"}}x{{/inline}}", ""),
        ["liquid"] = ("", "{% if a %}x{% endif %}\n", ""),
        ["lone surrogates"] = ("", "\uD83D", ""),
        ["code fences"] = ("", "```\n", ""),
    };

    public static TheoryData<string> Names => [.. Shapes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_allocated_grows_with_the_text(string shape)
    {
        string few = Text(shape, Few),
            many = Text(shape, Few * Times);
        Read(few);
        Assert.True(
            Allocated(many) < 2 * Times * Allocated(few),
            $"{Allocated(few):N0} bytes for {few.Length:N0} characters become {Allocated(many):N0} for {many.Length:N0}."
        );
    }

    /// <summary>What opens each token, over and over on one line, with what can stand before and behind it.</summary>
    public static TheoryData<string> Openers =>
        [
            .. from open in (string[])["{{", "{{-", "{{~", "{{{", "}}", "{%", "{%{", "{#", "{%{{"]
            from token in (string[])
                [
                    "",
                    "\"",
                    "'",
                    "`",
                    "$\"",
                    "$'",
                    "$\"{",
                    "(",
                    "[",
                    "{",
                    "#",
                    "##",
                    " x",
                    " x.",
                    " x?.",
                    " x |",
                    " x ? ",
                    " 1",
                    " 0x",
                    "!",
                    "@",
                    "^",
                    "/",
                    "&",
                    "\\",
                    "\\\"",
                    "x\"y\\",
                    " if ",
                    " for x in",
                    " func f(",
                    " do;",
                    " end",
                    " case x",
                    " \"a\" ",
                    "}",
                    "\"}} ",
                    "$\"}} ",
                ]
            select $"{open}{token}",
        ];

    [Theory]
    [MemberData(nameof(Openers))]
    public void How_far_is_looked_ahead_on_one_line_grows_with_the_line(string opener)
    {
        long few = Sought(opener, Few), many = Sought(opener, Few * Times);
        Assert.True(many < 2 * Times * (few + Few), $"{few:N0} characters become {many:N0}.");
    }

    private static long Sought(string opener, int repetitions)
    {
        string text = string.Concat(Enumerable.Repeat(opener + " ", repetitions));
        long before = PromptLsp.Language.Syntax.Dialects.Searches.Characters;
        PromptLsp.Language.Syntax.PromptDocument.Parse(new(text));
        return PromptLsp.Language.Syntax.Dialects.Searches.Characters - before;
    }

    // A deep text must not end the process: the stack is the smallest that .NET gives a thread of its pool anywhere.
    [Theory]
    [MemberData(nameof(Names))]
    public void A_small_stack_is_enough(string shape)
    {
        string text = Text(shape, 10_000);
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(() => Linter.Slow(Read(text), CancellationToken.None)), 1536 * 1024);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }

    private static string Text(string shape, int repetitions)
    {
        (string head, string unit, string tail) = Shapes[shape];
        return head
            + string.Concat(
                Enumerable
                    .Range(0, repetitions)
                    .Select(i => unit.Replace("§", i.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal))
            )
            + tail;
    }

    private static long Allocated(string text)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Read(text);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    // What a keystroke at the end of the file costs.
    private static PromptModel Read(string text)
    {
        PromptModel prompt = Model(text);
        Linter.Quick(prompt, CancellationToken.None);
        Completions.At(prompt, text.Length);
        Completions.At(prompt, Math.Max(0, text.LastIndexOf("}}", StringComparison.Ordinal)));
        Hovers.At(prompt, text.Length / 2, CancellationToken.None);
        return prompt;
    }
}
