namespace PromptLsp.Language.Tests.Completion;

public sealed class SettingsCompletionTests
{
    [Fact]
    public void Keys_complete() => CompleteSettings("template: scriban\n$$\n").ShouldBe("""
        key partials  text or list
        key models  list or map
        key currency  text
        key rules  map
        key environments  list or map
        key teams  map
        key tags  map
        key history  map
        key metadata  anything
        key context  map
        key schemas  map
        key helpers  map
        key releases  text
        key signers  text
        key revoked  text
        """);

    [Fact]
    public void Rules_complete_by_name_and_severity()
    {
        CompleteSettings("rules:\n  unused-input: off\n  unkn$$\n").ShouldHave("key unknown-key", "key unknown-model");
        Assert.Equal("rules:\n  secret: \n", CompleteSettings("rules:\n  $$\n").Accept("secret").Text);
        CompleteSettings("rules: { unused-input: $$ }\n").ShouldBe("""
            value off
            value hint
            value information
            value warning
            value error
            """);
    }

    [Fact]
    public void Types_and_named_schemas_complete() =>
        CompleteSettings("schemas:\n  Address: { city: string }\ncontext:\n  user:\n    schema: { home: $$ }\n")
            .ShouldHave("type string", "type Address  object");

    [Theory]
    [InlineData("{ $$ }", "field role  enum: admin, agent")]
    [InlineData("\n      $$", "field role  enum: admin, agent")]
    [InlineData("{ role: $$ }", "enumvalue admin, enumvalue agent")]
    public void A_sample_is_made_of_what_the_schema_beside_it_says(string sample, string expected) =>
        CompleteSettings($"context:\n  user:\n    schema: {{ role(enum): [admin, agent] }}\n    sample: {sample}\n")
            .ShouldBe(expected.Replace(", enumvalue", "\nenumvalue", StringComparison.Ordinal));

    [Fact]
    public void Facts_of_a_model_complete() => CompleteSettings("models:\n  openai/gpt-4o: { $$ }\n").ShouldBe("""
        key context  whole number
        key input  number
        key output  number
        key provider  text
        """);
}
