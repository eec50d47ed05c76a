using static PromptLsp.Language.Tests.Rendering.Rendered;

namespace PromptLsp.Language.Tests.Rendering;

/// <summary>Hashes are computed by ours, without OpenSSL, and are what the engine's own give.</summary>
public sealed class HashTests
{
    public static MatrixTheoryData<string, string> Cases =>
        new(
            [
                "md5",
                "sha1",
                "sha256",
                "sha512",
                "hmac_sha1 'key'",
                "hmac_sha256 'a key of more than sixty-four characters, which is hashed before it is used'",
                "hmac_sha512 null",
            ],
            ["'Ada'", "''", "null", "'é😀'", "12.5", "[1, 'a']"]
        );

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_gives_what_the_engine_gives(string function, string value)
    {
        string template = $"{{{{ {value} | string.{function} }}}}";
        Render(template).ShouldBe("[user]\n" + global::Scriban.Template.Parse(template).Render());
    }

    [Fact]
    public void Arguments_may_be_named()
    {
        const string Template = "{{ string.hmac_sha256 text: 'Ada' secretKey: 'key' }}";
        Render(Template).ShouldBe("[user]\n" + global::Scriban.Template.Parse(Template).Render());
    }
}
