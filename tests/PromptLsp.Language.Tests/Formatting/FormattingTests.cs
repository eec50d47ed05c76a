using PromptLsp.Language.Formatting;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Text;
using Xunit;

namespace PromptLsp.Language.Tests.Formatting;

/// <summary>What is spaced anew, and what is left alone. That nothing renders differently, <see cref="FormattingProperties"/> holds.</summary>
public sealed class FormattingTests
{
    // One blank inside of braces, whatever trims the text beside them.
    [Theory]
    [InlineData("{{name}}", "{{ name }}")]
    [InlineData("{{-name-}} {{~  name\t~}}", "{{- name -}} {{~ name ~}}")]
    [InlineData("{{if x}}a{{else}}b{{end}}", "{{ if x }}a{{ else }}b{{ end }}")]
    // And around what stands between two values.
    [InlineData("{{ a|string.upcase|f }}", "{{ a | string.upcase | f }}")]
    [InlineData("{{ a  ==  b&&c }}", "{{ a == b && c }}")]
    [InlineData("{{ x=a+1;y  -=  2 }}", "{{ x = a + 1;y -= 2 }}")]
    [InlineData("{{ a??'x' }}", "{{ a ?? 'x' }}")]
    // A sign before a value, a range, a member, an argument and a bracket keep their blanks: some of them mean something.
    [InlineData("{{ -1 }}{{ !x }}{{ f -1 }}", "{{ -1 }}{{ !x }}{{ f -1 }}")]
    [InlineData("{{ for i in 1..3 }}{{ end }}", "{{ for i in 1..3 }}{{ end }}")]
    [InlineData("{{ f [0]  (1) b:  2 }}{{ xs[0] }}", "{{ f [0]  (1) b:  2 }}{{ xs[0] }}")]
    // Text, strings and comments are what they are, and a new line ends a statement.
    [InlineData("a  b|c  {%{ {{x}} }%}", "a  b|c  {%{ {{x}} }%}")]
    [InlineData("{{ \"a|b  c\" }}{{ $'{a|b}' }}", "{{ \"a|b  c\" }}{{ $'{a|b}' }}")]
    [InlineData("{{#  note  }}{{##  note  ##}}", "{{#  note  }}{{##  note  ##}}")]
    [InlineData("{{  \n  x=1  \n  y  \n}}", "{{  \n  x = 1  \n  y  \n}}")]
    [InlineData("{{}}{{  }}", "{{}}{{  }}")]
    // What is wrong stays, and costs only itself.
    [InlineData("{{a}}{{b |}}{{c}}", "{{ a }}{{b |}}{{ c }}")]
    // Other languages are not ours to space.
    [InlineData("---\ntemplate: handlebars\n---\n{{#if x}}{{name}}{{/if}}", "---\ntemplate: handlebars\n---\n{{#if x}}{{name}}{{/if}}")]
    public void Code(string text, string formatted) => Assert.Equal(formatted, Formatted(text));

    [Theory]
    [InlineData("model:   x  \nname :\ty\n", "model: x\nname: y\n")]
    [InlineData("a: { b:  1,c: 2 }\nd:\n  -  e:  f\n", "a: { b: 1,c: 2 }\nd:\n  -  e: f\n")]
    [InlineData("\n\na: 1\n\n \n\nb: 2\n\n", "a: 1\n\nb: 2\n")]
    [InlineData("a: 1  \r\n\r\n\r\nb: 2\r\n", "a: 1\r\n\r\nb: 2\r\n")]
    // Comments, and values over several lines.
    [InlineData("#  note  \na: 1  # why  \n", "#  note  \na: 1  # why  \n")]
    [InlineData("a: |  \n  x  \n\n\n  y\n\n\nb:  1\n", "a: |  \n  x  \n\n\n  y\n\n\nb: 1\n")]
    [InlineData("a: |+\n  x\n\n\n", "a: |+\n  x\n\n\n")]
    [InlineData("a: 'x  \n\n\n  y'\nb: x  \n  y\n", "a: 'x  \n\n\n  y'\nb: x  \n  y\n")]
    [InlineData("a:  &n  1\nb:  *n\nc:  !!str  1\n", "a:  &n  1\nb: *n\nc:  !!str  1\n")]
    // Broken, it is left to whoever is typing it.
    [InlineData("a:  1\nb: [\n", "a:  1\nb: [\n")]
    [InlineData("a:  1\na:  2\n", "a:  1\na:  2\n")]
    public void FrontMatter(string yaml, string formatted) =>
        Assert.Equal($"---\n{formatted}---\nHi  {{{{ x }}}}", Formatted($"---\n{yaml}---\nHi  {{{{ x }}}}"));

    [Fact]
    public void A_line_end_is_added_where_only_front_matter_can_see_it()
    {
        Assert.Equal("---\na: 1\n---\n", Formatted("--- \na: 1\n---"));
        Assert.Equal("---\na: 1\n---\nHi", Formatted("---\na: 1\n---\t\nHi"));
        Assert.Equal("Hi  ", Formatted("Hi  "));
    }

    [Fact]
    public void What_is_formatted_has_no_edits() =>
        Assert.Empty(Formatter.Edits(PromptDocument.Parse(new SourceText("---\nmodel: x\n\n# note\nname: y\n---\n{{ a | b }} {{- x = 1 }}"))));

    private static string Formatted(string text) => Formatter.Text(PromptDocument.Parse(new SourceText(text)));
}
