using static PromptLsp.Testing.Project;

namespace PromptLsp.Workspace.Tests.Navigation;

public sealed class MovesTests
{
    private static PromptLsp.Testing.Edited After(string from, string to) => Move("""
        == promptlsp.yaml
        partials: [shared/partials, "more"]
        context: { brand: shared/brand.yaml }
        == shared/brand.yaml
        name: x
        == shared/partials/_voice.prompt
        Be kind.
        == support/_rules.prompt
        {{ include "sub/returns" }}
        == support/sub/_returns.prompt
        {{ include "voice" }}
        == support/reply.prompt
        {{ include "voice" }} {{ include "rules" }}
        == other.prompt
        {{ include "support/rules" }} {{ include "nothing" }}
        """, from, to);

    [Fact]
    public void Includes_follow_a_file_that_gets_another_name() => After("shared/partials/_voice.prompt", "shared/partials/_tone.prompt").ShouldBe("""
        support/reply.prompt: {{ include "tone" }} {{ include "rules" }}
        support/sub/_returns.prompt: {{ include "tone" }}
        """);

    [Fact]
    public void Includes_follow_a_file_into_another_folder_and_its_own_stay_right() => After("support/_rules.prompt", "_rules.prompt").ShouldBe("""
        other.prompt: {{ include "rules" }} {{ include "nothing" }}
        support/_rules.prompt: {{ include "support/sub/returns" }}
        support/reply.prompt: {{ include "voice" }} {{ include "../rules" }}
        """);

    [Fact]
    public void A_folder_takes_its_prompts_along() => After("support", "help/desk").ShouldBe("""
        other.prompt: {{ include "help/desk/rules" }} {{ include "nothing" }}
        """);

    [Fact]
    public void The_settings_follow_their_files_and_folders() => After("shared", "common").ShouldBe("""
        promptlsp.yaml: partials: [common/partials, "more"]
        promptlsp.yaml: context: { brand: common/brand.yaml }
        """);

    [Fact]
    public void What_no_prompt_names_may_move() => After("other.prompt", "another.prompt").ShouldBe("");

    [Theory]
    [InlineData("_greeting.prompt", "_hello.prompt", "menu.prompt: {{>hello who=name}}{{> shared/rules}}{{> deep}}")]
    [InlineData("shared/_rules.prompt", "shared/_laws.prompt", "menu.prompt: {{>greeting who=name}}{{> shared/laws}}{{> deep}}")]
    [InlineData("far/away/_deep.prompt", "far/away/_low.prompt", "menu.prompt: {{>greeting who=name}}{{> shared/rules}}{{> low}}")]
    [InlineData("far/away/_deep.prompt", "near/_deep.prompt", "")]
    public void Includes_of_Handlebars_follow_too(string from, string to, string edits) => Move("""
        == menu.prompt
        {{>greeting who=name}}{{> shared/rules}}{{> deep}}
        == _greeting.prompt
        Hello {{who}}
        == shared/_rules.prompt
        Be kind{{#if x}}er{{/if}}.
        == far/away/_deep.prompt
        Deep.
        """, from, to).ShouldBe(edits);
}
