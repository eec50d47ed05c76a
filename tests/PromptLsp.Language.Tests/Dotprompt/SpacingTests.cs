using PromptLsp.Language.Formatting;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Tests.Dotprompt;

/// <summary>Formatting of Handlebars bodies moves blanks alone, and no message changes.</summary>
public sealed class SpacingTests
{
    [Theory]
    [InlineData("{{ name }}", "{{name}}")]
    [InlineData("{{{  name  }}}", "{{{name}}}")]
    [InlineData("{{~ name ~}}", "{{~name~}}")]
    [InlineData("{{# if  name }}x{{ else  if  note }}y{{ else }}z{{/ if }}", "{{#if name}}x{{else if note}}y{{else}}z{{/if}}")]
    [InlineData("{{#each  names  as  | name  i | }}{{ name }}{{/each}}", "{{#each names as |name i|}}{{name}}{{/each}}")]
    [InlineData("{{>voice  tone = \"a  b\"   to=name }}", "{{> voice tone=\"a  b\" to=name}}")]
    [InlineData("{{#>layout  a=1}}x{{/layout}}", "{{#>layout a=1}}x{{/layout}}")]
    [InlineData("{{#if ( lookup  a  'b  c' )}}x{{/if}}", "{{#if (lookup a 'b  c')}}x{{/if}}")]
    [InlineData("{{ a.[b  c].d }} {{ ../a }} {{ @index }}", "{{a.[b  c].d}} {{../a}} {{@index}}")]
    [InlineData("{{json\n  name\n  indent = 2}}", "{{json\n  name\n  indent=2}}")]
    [InlineData(
        "{{!  a  note  }} {{!--  another  --}} {{{{raw}}}} {{ a }} {{{{/raw}}}}",
        "{{!  a  note  }} {{!--  another  --}} {{{{raw}}}} {{ a }} {{{{/raw}}}}"
    )]
    [InlineData("{{  broken {{ name }}", "{{  broken {{name}}")]
    public void Blanks_are_even(string body, string expected)
    {
        const string Front = "---\ntemplate: handlebars\n---\n";
        PromptModel prompt = Model(Front + body);
        Assert.Equal(Front + expected, prompt.Document.Text.With([.. Formatter.Edits(prompt.Document)]).Content);
    }
}
