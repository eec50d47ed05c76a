using PromptLsp.Language.Rendering;
using PromptLsp.Language.Semantics;
using static PromptLsp.Language.Tests.Rendering.Rendered;

namespace PromptLsp.Language.Tests.Rendering;

/// <summary>Whatever a template does, its rendering ends soon and takes little, and says that the limit was ours.</summary>
public sealed class LimitTests
{
    private const string Steps = "its loops take more than 100,000 steps";
    private const string Text = "a text is longer than 1,048,576 characters";
    private const string Work = "the template makes texts and lists of more than 33,554,432 characters and items in all";
    private const string Calls = "its functions call one another more than 100 deep";

    [Theory]
    [InlineData("{{ while true }}x{{ end }}", Steps)]
    [InlineData("{{ for i in 1..1000; for j in 1..1000; end; end }}", Steps)]
    [InlineData("{{ for i in 1..1000000000 }}x{{ end }}", Steps)]
    [InlineData("{{ (1..1000000000) | array.size }}", Steps)]
    [InlineData("{{ [1] | array.insert_at 1000000000 1 }}", Steps)]
    [InlineData("{{ a = []; a[1000000000] = 1 }}", Steps)]
    [InlineData("{{ [1, 2] * 1000000000 }}", Steps)]
    [InlineData("{{ object.eval_template '{{ for i in 1..1000000 }}x{{ end }}' }}", Steps)]
    [InlineData("{{ 'x' | string.pad_left 1000000000 }}", Text)]
    [InlineData("{{ 'abc' * 1000000000 }}", Text)]
    [InlineData("{{ s = 'aaaa'; for i in 1..60; s = s + s; end }}", Text)]
    [InlineData("{{ s = 'aaaa'; for i in 1..60; capture t; s; s; end; s = t; end }}", Text)]
    [InlineData("{{ s = 'aaaa'; for i in 1..60; s = $'{s}{s}'; end }}", Work)]
    [InlineData("{{ a = []; for i in 1..2000; a = a | array.add ('' | string.pad_left 1000000); end }}", Work)]
    [InlineData("{{ 1 | math.format 'D999999999' }}", Text)]
    [InlineData("{{ 1 << 1000000000 }}", "a number or a list is larger than the engine supports")]
    [InlineData("{{ x = 9999999999999; for i in 1..60; x = x * x; end }}", "a number or a list is larger than the engine supports")]
    [InlineData("{{ func f; f; end; f }}", Calls)]
    [InlineData("{{ t = '{{ object.eval_template t }}'; object.eval_template t }}", Calls)]
    [InlineData("{{ 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' | regex.match '^(a+)+$' }}", "a regular expression takes longer than 100 ms")]
    [InlineData("{{ 1.5 | math.format 'n' 'de-DE' }}", "it asks for the culture `de-DE`, and previews know the invariant one alone")]
    public void Bombs_are_stopped(string text, string reason) =>
        // The time is a net under these limits, and a busy machine is not to reach it first.
        With(Model(text), Inputs.None, new() { Time = TimeSpan.FromMinutes(1) }).ShouldReachLimit(reason);

    [Fact]
    public void Half_a_million_islands_are_not_given_to_the_engine() =>
        With(Model(string.Concat(Enumerable.Repeat("{{ x }}", 500_000))), Inputs.None, new())
            .ShouldReachLimit("there are more than 200,000 islands of code in it");

    [Fact]
    public void A_loop_without_steps_to_count_ends_with_its_time() =>
        With(Model("{{ while true; end }}"), Inputs.None, new() { Loops = 0, Time = TimeSpan.FromMilliseconds(20) })
            .ShouldReachLimit("it takes longer than 20 ms");

    [Fact]
    public void Nobody_waits_for_a_rendering_that_is_no_longer_wanted()
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        Assert.ThrowsAny<OperationCanceledException>(() =>
            Renderer.Render(Model("{{ while true; end }}"), Inputs.None, new() { Loops = 0, Time = TimeSpan.FromMinutes(1) }, cancel.Token)
        );
    }

    [Theory]
    [InlineData("{{ if true }}", "{{ end }}")]
    [InlineData("{{ for i in [1] }}", "{{ end }}")]
    [InlineData("{{ func f }}", "{{ end }}")]
    [InlineData("{{ capture x }}", "{{ end }}")]
    [InlineData("{{ x = do }}", "{{ end }}")]
    [InlineData("{{ if true }}", "")]
    public void Ten_thousand_nested_blocks_are_rejected_by_the_engine(string open, string close)
    {
        RenderedPrompt result = Render(string.Concat(Enumerable.Repeat(open, 10_000)) + "x" + string.Concat(Enumerable.Repeat(close, 10_000))).Result;
        Assert.Equal(RenderFailureKind.Syntax, result.Failure?.Kind);
    }

    [Fact] public void A_list_that_holds_itself_is_the_templates_failure() =>
        Assert.Equal(RenderFailureKind.Values, Render("{{ a = []; a[0] = a; a }}").Result.Failure?.Kind);

    [Fact] public void Includes_go_fifty_deep_and_no_deeper()
    {
        (string, string)[] partials = [.. Enumerable.Range(0, 60).Select(i => ($"_p{i}.prompt", $"{{{{ include \"p{i + 1}\" }}}}"))];
        Assert.Equal("includes go deeper than 50", Render("{{ include \"p0\" }}", partials).Result.Failure?.Reason);
    }
}
