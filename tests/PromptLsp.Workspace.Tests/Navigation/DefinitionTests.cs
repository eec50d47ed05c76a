using static PromptLsp.Testing.Project;

namespace PromptLsp.Workspace.Tests.Navigation;

public sealed class DefinitionTests
{
    private static PromptLsp.Testing.Edited From(string text) => Definition($$$"""
        == promptlsp.yaml
        context:
          brand: context/brand.yaml
          user:
            schema: { role(enum): [admin, agent] }
          team:
            sample: { lead: Ada }
        models:
          openai/gpt-4o: { context: 1000 }
        schemas:
          Address: { street: string }
        == context/brand.yaml
        # The brand.
        name: Kestrel
        links:
          - { url: x }
        == _voice.prompt
        ---
        input: { schema: { tone?: string, home?: Address } }
        ---
        == _free.prompt
        Be {{ mood }}.
        == a.prompt
        {{{text}}}
        """);

    [Theory]
    [InlineData("{{ bra$$nd }}", "context/brand.yaml: []# The brand.")]
    [InlineData("{{ brand.na$$me }}", "context/brand.yaml: [name]: Kestrel")]
    [InlineData("{{ for l in brand.links }}{{ l.u$$rl }}{{ end }}", "context/brand.yaml: - { [url]: x }")]
    [InlineData("{{ brand.links | array.map \"u$$rl\" }}", "context/brand.yaml: - { [url]: x }")]
    [InlineData("{{ use$$r }}", "promptlsp.yaml: [user]:")]
    [InlineData("{{ user.ro$$le }}", "promptlsp.yaml: schema: { [role](enum): [admin, agent] }")]
    [InlineData("{{ team.le$$ad }}", "promptlsp.yaml: sample: { [lead]: Ada }")]
    [InlineData("{{ with user }}{{ ro$$le }}{{ end }}", "promptlsp.yaml: schema: { [role](enum): [admin, agent] }")]
    [InlineData("---\nmodel: openai$$/gpt-4o\n---\n", "promptlsp.yaml: [openai/gpt-4o]: { context: 1000 }")]
    [InlineData("---\ninput: { schema: { home: Addr$$ess } }\n---\n", "promptlsp.yaml: [Address]: { street: string }")]
    [InlineData("---\noutput: { schema: { all(array): Addr$$ess } }\n---\n", "promptlsp.yaml: [Address]: { street: string }")]
    [InlineData("---\ninput: { schema: { home: Address } }\n---\n{{ home.stre$$et }}", "promptlsp.yaml: Address: { [street]: string }")]
    [InlineData("---\nsamples: { angry: { a: 1 } }\ntests: [{ sample: an$$gry }]\n---\n", "a.prompt: samples: { [angry]: { a: 1 } }")]
    [InlineData("{{ include \"vo$$ice\" }}", "_voice.prompt: []---")]
    [InlineData("{{ include \"voice\" to$$ne: 1 }}", "_voice.prompt: input: { schema: { [tone]?: string, home?: Address } }")]
    [InlineData("{{ include \"voice\" home: { stre$$et: 1 } }}", "promptlsp.yaml: Address: { [street]: string }")]
    [InlineData("{{ include \"free\" mo$$od: 1 }}", "_free.prompt: Be {{ [mood] }}.")]
    [InlineData("{{ include \"free\" oth$$er: 1 }}", "_free.prompt: []Be {{ mood }}.")]
    [InlineData("{{ x = 1 }}{{ x$$ }}{{ x = 2 }}", "a.prompt: {{ [x] = 1 }}{{ x }}{{ x = 2 }}")]
    [InlineData("{{ x = 1 }}{{ x = 2 }}{{ x$$ }}", "a.prompt: {{ x = 1 }}{{ [x] = 2 }}{{ x }}")]
    [InlineData("{{ o = { a: 1 } }}{{ o.a$$ }}", "a.prompt: {{ o = { [a]: 1 } }}{{ o.a }}")]
    [InlineData("{{ for x in [1] }}{{ for$$.index }}{{ end }}", "nowhere")]
    [InlineData("{{ \"a\" | string.up$$case }}", "no name")]
    public void A_name_leads_to_where_it_is_made(string from, string to) => From(from).ShouldBe(to);

    [Theory]
    [InlineData("context:\n  bra$$nd: b.yaml", "b.yaml: []name: x")]
    [InlineData("schemas:\n  A: { x: string }\n  B: { a: A$$ }", "promptlsp.yaml: [A]: { x: string }")]
    [InlineData("context:\n  u: { schema: { x: string }, sample: { x$$: 1 } }", "promptlsp.yaml: u: { schema: { [x]: string }, sample: { x: 1 } }")]
    public void So_do_those_of_the_settings(string settings, string to) => Definition($"""
        == promptlsp.yaml
        {settings}
        == b.yaml
        name: x
        """).ShouldBe(to);
}
