using PromptLsp.Language.Catalog;
using PromptLsp.Models.Providers;

namespace PromptLsp.Models.Tests;

public sealed class ProvidersTests : IDisposable
{
    private const string Key = "sk-test-0123456789";

    private readonly string _home = Directory.CreateTempSubdirectory("promptlsp-providers-").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    private string FilePath => Path.Combine(_home, "promptlsp", "providers.yaml");

    [Fact]
    public void Known_providers_need_a_key_in_the_environment()
    {
        UserProviders providers = Read(("OPENAI_API_KEY", Key));
        Assert.Equal(["openai", "ollama", "lmstudio"], providers.All.Select(p => p.Name));
        Assert.Equal(("OPENAI_API_KEY", "https://api.openai.com/v1"), (providers.Find("openai").KeySource, providers.Find("openai").Endpoint.AbsoluteUri));
        Assert.Equal(
            "there is no provider `anthropic`; put its key into the environment as ANTHROPIC_API_KEY, or set it up with `promptlsp providers add anthropic --key-stdin`",
            Assert.Throws<ModelException>(() => providers.Find("anthropic")).Message
        );
        Assert.Equal(
            "there is no provider `acme`; `promptlsp providers add acme --endpoint URL` sets one up",
            Assert.Throws<ModelException>(() => providers.Find("acme")).Message
        );
    }

    [Fact]
    public void The_users_file_comes_before_the_environment()
    {
        Write(
            $"openai: {{ endpoint: 'https://proxy.example/v1/', key: {Key} }}\nmine:\n  kind: anthropic\n  endpoint: https://mine.example\n  key-from: MINE\n"
        );
        UserProviders providers = Read(("OPENAI_API_KEY", "other"), ("MINE", "mine-key"));
        Assert.Equal(
            ("https://proxy.example/v1", "providers.yaml", ProviderKind.OpenAI),
            (providers.Find("openai").Endpoint.AbsoluteUri, providers.Find("openai").KeySource, providers.Find("openai").Kind)
        );
        Assert.Equal((ProviderKind.Anthropic, "MINE"), (providers.Find("mine").Kind, providers.Find("mine").KeySource));
        Assert.DoesNotContain(Key, string.Concat(providers.All), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: 3", "1:1: `a` needs an `endpoint`, a `key`, or both")]
    [InlineData("a: { endpoint: 'ftp://x' }", "1:6: `endpoint` must be an address such as https://api.example.com/v1")]
    [InlineData("a: { endpoint: 'http://far.example', key: k }", "1:6: `a` would send its key in the clear; use https")]
    [InlineData("a: { endpoint: 'https://u:p@x', key: k }", "1:6: `endpoint` must be an address such as https://api.example.com/v1")]
    [InlineData("a:\n  url: x", "2:3: `url` is no key of a provider; there are `kind`, `endpoint`, `key` and `key-from`")]
    [InlineData("openai: { kind: soap }", "1:17: `kind` is `openai` or `anthropic`")]
    [InlineData("openai: { key: 'two words' }", "1:11: `key` is no key: it must be one word")]
    [InlineData("- openai", "1:1: providers stand here by name: `openai: { key: … }`")]
    [InlineData("a: {", null)]
    public void What_is_wrong_with_the_file_is_told_with_its_line(string text, string? problem)
    {
        Write(text);
        string message = Assert.Throws<ModelException>(() => Read()).Message;
        Assert.StartsWith(FilePath + ":", message, StringComparison.Ordinal);
        if (problem is not null)
            Assert.Equal($"{FilePath}:{problem}", message);
    }

    [Fact]
    public void Keys_that_others_could_read_are_not_used()
    {
        // Windows keeps rights in another way.
        if (OperatingSystem.IsWindows())
            return;
        Write($"openai: {{ key: {Key} }}");
        File.SetUnixFileMode(FilePath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.Equal($"`{FilePath}` holds keys, and others may open it; `chmod 600 {FilePath}`", Assert.Throws<ModelException>(() => Read()).Message);
    }

    [Fact]
    public void Providers_are_added_behind_those_that_are_there()
    {
        new AddedProvider("openai", null, null, null, Key).Write(Variable);
        File.AppendAllText(FilePath, "# mine");
        new AddedProvider("local", "openai", "http://localhost:8000/v1/", null, null).Write(Variable);
        Assert.Equal(
            $"openai:\n  endpoint: https://api.openai.com/v1\n  key: '{Key}'\n# mine\nlocal:\n  kind: openai\n  endpoint: \"http://localhost:8000/v1\"\n",
            File.ReadAllText(FilePath)
        );
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
        Assert.Equal("http://localhost:8000/v1", Read().Find("local").Endpoint.AbsoluteUri);
        Assert.Contains(
            "already",
            Assert.Throws<ModelException>(() => new AddedProvider("local", null, "https://x", null, null).Write(Variable)).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ModelException>(() => new AddedProvider("a b", null, "https://x", null, null).Write(Variable));
        Assert.Throws<ModelException>(() => new AddedProvider("far", null, "http://x", null, Key).Write(Variable));
        Assert.Throws<ModelException>(() => new AddedProvider("far", null, null, null, Key).Write(Variable));
    }

    [Theory]
    [InlineData("openai/gpt-4o", null, "openai", "gpt-4o")]
    [InlineData("openai/gpt-4o", "router", "router", "openai/gpt-4o")]
    [InlineData("router/openai/gpt-4o", "router", "router", "openai/gpt-4o")]
    [InlineData("fast", "local", "local", "fast")]
    public void A_workspace_only_names_providers(string model, string? provider, string expected, string name)
    {
        Assert.Equal(new ModelRoute(expected, name), ModelRoute.Of(model, new(model, null, null, null) { Provider = provider }));
        Assert.Throws<ModelException>(() => ModelRoute.Of("gpt-4o", null));
    }

    private void Write(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllText(FilePath, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(FilePath, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private string? Variable(string name) => name == "XDG_CONFIG_HOME" ? _home : null;

    private UserProviders Read(params (string Name, string Value)[] variables) =>
        UserProviders.Read(name => variables.FirstOrDefault(v => v.Name == name).Value ?? Variable(name));
}
