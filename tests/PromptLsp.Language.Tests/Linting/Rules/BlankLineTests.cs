using PromptLsp.Language.Linting;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Rendering.Samples;
using PromptLsp.Language.Semantics;
using PromptLsp.Testing;
using static PromptLsp.Testing.Editor;

namespace PromptLsp.Language.Tests.Linting;

public sealed class BlankLineTests
{
    [Fact] public void Blocks_assignments_and_comments_leave_empty_lines_and_are_told_once() => Lint("""
        ---
        input: { schema: { a: boolean, xs(array): string } }
        ---
        {{ role "system" }}
        {{ # a note }}
        ^^^^^^^^^^^^^^ hint blank-line: this line holds only code, and leaves an empty line in what the model gets; so do 4 more
        {{ n = 1 }}{{ m = 2 }}
        One
        {{ if a }}
          {{ for x in xs }}
          - {{ x }} {{ n }}{{ m }}
          {{ end }}
        {{ else }}
        none
        {{ end }}
        Last
        """);

    [Fact]
    public void Each_that_is_left_is_told_in_its_turn() =>
        Lint(
            """
            {{ n = 1 ~}}
            One {{ n }}
            {{# promptlsp-disable-next-line blank-line ~}}
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^… hint blank-line: this line holds only code, and leaves an empty line in what the model gets; so does one more
            {{ m = 2 }}
            Two {{ m }}
            {{ o = 3 }}
            Three {{ o }}
            """
        );

    [Fact] public void What_is_trimmed_already_leaves_none() => Lint("""
        ---
        input: { schema: { a: boolean, xs(array): string } }
        ---
        {{~ # a note ~}}
        One
        {{- if a }}
        two
        {{- else }}
        none
        {{- end }}
        {{ for x in xs -}}
        - {{ x }}
        {{ end ~}}
        Last {{ if a }}line{{ end }}
        {{ if a }}whole{{ end }}
        """);

    [Fact] public void A_line_end_that_keeps_two_lines_apart_stays() => Lint("""
        ---
        input: { schema: { a: boolean, xs(array): string } }
        ---
        Start {{ if a }}
        x
        {{ end }}
        {{ for x in xs }}
        {{ x }}, {{ end }}
        {{ capture kept }}
        text
        {{ end ~}}
        {{ for x in xs }}
        {{ x }} {{ if a }}{{ break }}{{ end }}
        {{ end ~}}
        {{ kept }}
        """);

    [Fact] public void A_partial_may_begin_in_the_middle_of_a_line() => Lint("""
        {{ if a }}
        x
        {{ end }}
        y
        """, new PromptEnvironment { Path = "_p.prompt" });

    [Fact] public void Trim_takes_the_line_out() => Fix("""
        Before
        {{ if true }}
        inside
        {{ end }} {{ x = 1 }}
          {{ y = 2 }}
        After {{ x }}{{ y }}
        """, "Trim all 3 lines that hold only code").ShouldBe("""
        Before
        {{ if true ~}}
        inside
        {{ end }} {{~ x = 1 ~}}
          {{~ y = 2 ~}}
        After {{ x }}{{ y }}
        """);

    /// <summary>Whatever else is rendered stays as it is, line for line, on every prompt that there is.</summary>
    [Fact]
    public void Trim_changes_nothing_but_empty_lines()
    {
        int trimmed = 0;
        IEnumerable<string> examples = Directory
            .EnumerateFiles(Path.Combine(Corpus.Root, "examples"), "*.prompt", SearchOption.AllDirectories)
            .Select(File.ReadAllText);
        foreach (string text in Corpus.Prompts().Select(p => p.Text).Concat(examples).Concat(Twisted()))
        {
            PromptModel prompt = Model(text);
            if (!SampleRenderings.CanRender(prompt))
                continue;
            foreach (
                Fix fix in new BlankLine()
                    .Find(prompt, TestContext.Current.CancellationToken)
                    .SelectMany(f => f.Fixes)
                    .DistinctBy(f => string.Join('|', f.Edits))
            )
            {
                PromptModel after = Model(prompt.Document.Text.With(fix.Edits).Content);
                foreach (SampleRendering before in SampleRenderings.Of(prompt, TestContext.Current.CancellationToken))
                {
                    RenderedPrompt now = Renderer.Render(after, before.Choice.Inputs, RenderLimits.Command, TestContext.Current.CancellationToken);
                    if (before.Rendered.Failure is { Kind: RenderFailureKind.Limit } || now.Failure is { Kind: RenderFailureKind.Limit })
                        continue;
                    Assert.True(Lines(before.Rendered).SequenceEqual(Lines(now)), $"Renders to other lines:\n{text}\nthan:\n{after.Document.Text.Content}");
                    trimmed++;
                }
            }
        }
        Assert.True(trimmed > 20, $"Only {trimmed} renderings were compared.");
    }

    // Every pair of a block's beginning and end, with what may stand before, in and behind it.
    private static IEnumerable<string> Twisted() =>
        from open in new[]
        {
            "{{ if a }}",
            "{{ if !a }}",
            "{{ for x in [1, 2] }}",
            "{{ for x in [] }}",
            "{{ capture c }}",
            "{{ func f }}",
            "{{ case 1 }}{{ when 1 }}",
            "{{ with o }}",
            "{{- if a }}",
            "{{ if a -}}",
            "{{ while false }}",
        }
        from before in new[] { "", "A\n", "A ", "  ", "A\n  ", "{{ # c }}\n", "{{ if b }}\n", "{{ n = 1 -}}\n" }
        from inside in new[] { "\nx\n", "x\n", "\nx", "\n{{ else }}\ny\n", "\n  {{ m = 1 }}  \n  z\n", "\nx {{ if a }}{{ break }}{{ end }}\n" }
        from behind in new[] { "\nB", "B", "\n  B", "\n{{- n }}", " {{ c }}\n\nB", "\r\nB" }
        select $"---\nsamples: {{ s: {{ a: true, b: false, o: {{ p: 1 }} }} }}\n---\n{before}{open}{inside}{{{{ end }}}}{behind}{(before.Contains("if b", StringComparison.Ordinal) ? "\n{{ end }}\nC" : "")}\n[{{{{ c }}}}]{{{{ f }}}}";

    private static string[] Lines(RenderedPrompt rendered) =>
        [.. rendered.Messages.SelectMany(m => m.Text.Split('\n').Where(l => !string.IsNullOrWhiteSpace(l)).Select(l => $"{m.Role}: {l.TrimEnd('\r')}"))];
}
