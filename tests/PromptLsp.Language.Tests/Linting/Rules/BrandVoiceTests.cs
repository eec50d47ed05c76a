using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;
using PromptLsp.Testing;

namespace PromptLsp.Language.Tests.Linting;

/// <summary>Words that a voice avoids are found where they are written; words that it requires may come from anywhere.</summary>
public sealed class BrandVoiceTests
{
    [Theory]
    [InlineData("We KINDLY ask.", "3 `brand` avoids `kindly`")]
    [InlineData("As per our  policy.", "")]
    [InlineData("As per our policy: no.", "0 `brand` avoids `as per our policy`")]
    [InlineData("Unkindly said, kindlyness.", "")]
    [InlineData("kindly, kindly", "0 `brand` avoids `kindly`; 8 `brand` avoids `kindly`")]
    [InlineData("{{ # kindly }}Hi {{ \"kindly\" }}.", "")]
    [InlineData("{{ if brand.name }}a kindly b{{ end }}", "21 `brand` avoids `kindly`")]
    [InlineData("Never say {{ brand.avoid | array.join \", \" }}.", "")]
    public void Avoided_words_are_found_in_literal_text(string body, string found) =>
        Assert.Equal(found, Found("name: Kestrel\navoid: [kindly, as per our policy, 3]\n", "a.prompt", body));

    [Theory]
    [InlineData("We are Kestrel.", "")]
    [InlineData("We are kestrel.", "")]
    [InlineData("We are {{ brand.name }}.", "")]
    [InlineData("{{ include \"us\" }}", "")]
    [InlineData("We are Kestrels.", "0 `brand` requires `Kestrel`, which neither this prompt nor what it includes says")]
    [InlineData("", "0 `brand` requires `Kestrel`, which neither this prompt nor what it includes says")]
    public void Required_words_may_be_written_printed_or_included(string body, string found) =>
        Assert.Equal(found, Found("name: Kestrel Bikes\nrequire: [Kestrel]\n", "a.prompt", body));

    [Fact]
    public void A_partial_need_not_say_all() => Assert.Equal("", Found("require: [Kestrel]\n", "_a.prompt", "Hi."));

    [Theory]
    [InlineData("avoid: kindly\n")]
    [InlineData("avoid: { a: kindly }\n")]
    [InlineData("- avoid\n")]
    [InlineData("avoid: [\"\", \" \"]\n")]
    public void What_is_no_list_of_words_says_nothing(string brand) => Assert.Equal("", Found(brand, "a.prompt", "We kindly ask."));

    [Fact]
    public void It_is_off_unless_it_is_turned_on()
    {
        using var folder = new PromptFolder(("promptlsp.yaml", "context: { brand: brand.yaml }\n"), ("brand.yaml", "avoid: [kindly]\n"),
            ("a.prompt", "We kindly ask.\n"));
        Assert.DoesNotContain(Editor.Findings(folder.Model("a.prompt")), f => f.Rule == "brand-voice");
    }

    private static string Found(string brand, string path, string body)
    {
        using var folder = new PromptFolder(("promptlsp.yaml", "context: { brand: brand.yaml }\nrules: { brand-voice: warning }\n"), ("brand.yaml", brand),
            ("_us.prompt", "We are Kestrel.\n"), (path, body));
        PromptModel prompt = folder.Model(path);
        return string.Join("; ", Linter.Slow(prompt, CancellationToken.None).Where(f => f.Rule == "brand-voice")
            .Select(f => $"{f.Span.Start} {f.Message.Split(';')[0]}"));
    }
}
