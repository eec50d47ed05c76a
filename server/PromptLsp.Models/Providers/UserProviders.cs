using System.Collections.Immutable;
using System.Text;
using PromptLsp.History.Files;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Models.Providers;

/// <summary>
/// The providers of the user: those of <c>providers.yaml</c> in their own configuration, and the known ones whose key is in the environment. No
/// workspace has a say in it, so that none can send a key or a prompt to an address of its choosing.
/// </summary>
/// <param name="Path">The user's file, absolute; null where the system names no folder for it.</param>
public sealed record UserProviders(string? Path, ImmutableArray<Provider> All)
{
    private const int LargestFile = 1024 * 1024;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    /// <summary>Reads them. What is wrong with the file is told with its line; nothing of a broken file is used.</summary>
    /// <param name="variable">The value of an environment variable.</param>
    /// <exception cref="ModelException">The file cannot be read, or others could.</exception>
    public static UserProviders Read(Func<string, string?> variable)
    {
        string? path = PathOf(variable);
        ImmutableArray<Provider> own = path is null ? [] : FromFile(path, variable);
        IEnumerable<Provider> known = KnownProviders
            .All.Where(k => own.All(o => o.Name != k.Name))
            .Select(k => FromEnvironment(k, variable))
            .OfType<Provider>();
        return new(path, [.. own, .. known]);
    }

    /// <summary>Known ones that are not set up: a key is all they need.</summary>
    public IEnumerable<Provider> NotSetUp =>
        KnownProviders
            .All.Where(k => k.Variable is not null && All.All(p => p.Name != k.Name))
            .Select(k => new Provider(k.Name, k.Kind, new(k.Endpoint), null, NotSet(k.Variable!)) { Variable = k.Variable });

    /// <summary>The provider of a name.</summary>
    /// <exception cref="ModelException">There is none.</exception>
    public Provider Find(string name) =>
        All.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.Ordinal))
        ?? throw new ModelException(ModelFault.NoProvider, $"there is no provider `{PlainText.OneLine(name)}`; {Advice(name)}")
        {
            Variable = KnownProviders.Find(name)?.Variable,
        };

    /// <summary>The user's file: <c>~/.config/promptlsp/providers.yaml</c>, or where the system keeps such files.</summary>
    public static string? PathOf(Func<string, string?> variable)
    {
        string folder = variable("XDG_CONFIG_HOME") is { Length: > 0 } given ? given
            : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify)
            : variable("HOME") is { Length: > 0 } home ? System.IO.Path.Join(home, ".config") : "";
        return System.IO.Path.IsPathFullyQualified(folder) ? System.IO.Path.Join(folder, "promptlsp", "providers.yaml") : null;
    }

    private static string Advice(string name) => KnownProviders.Find(name) switch
    {
        { Variable: { } variable } => $"put its key into the environment as {variable}, or set it up with `promptlsp providers add {name} --key-stdin`",
        _ => $"`promptlsp providers add {PlainText.OneLine(name)} --endpoint URL` sets one up",
    };

    private static Provider? FromEnvironment(KnownProvider known, Func<string, string?> variable)
    {
        if (known.Variable is null)
            return new(known.Name, known.Kind, new(known.Endpoint), null, Provider.NoKeyNeeded);
        return variable(known.Variable) is { Length: > 0 } key
            ? new(known.Name, known.Kind, new(known.Endpoint), KeyOf(key, $"the variable {known.Variable}"), known.Variable) { Variable = known.Variable }
            : null;
    }

    private static ImmutableArray<Provider> FromFile(string path, Func<string, string?> variable)
    {
        if (TextOf(path) is not { } text)
            return [];
        var source = new SourceText(text);
        YamlTree yaml = YamlTree.Parse(source, new TextSpan(0, text.Length));
        if (yaml.Problems is [var problem, ..])
            throw Wrong(path, source, problem.Span, problem.Message);
        return yaml.Root?.Resolved() switch
        {
            null => [],
            YamlScalar scalar when scalar.IsNull() => [],
            YamlMapping all => [.. all.Entries.Select(e => ProviderOf(e, path, source, variable))],
            var other => throw Wrong(path, source, other.Span, "providers stand here by name: `openai: { key: … }`"),
        };
    }

    private static string? TextOf(string path)
    {
        FileBytes file = RegularFile.Read(path, LargestFile);
        if (file.Kind == FileKind.Missing)
            return null;
        if (file.Bytes is not { } bytes)
            throw new ModelException(ModelFault.NoProvider, $"`{path}` cannot be read; it must be a file of yours of at most 1 MB");
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None)
            throw new ModelException(ModelFault.NoProvider, $"`{path}` holds keys, and others may open it; `chmod 600 {path}`");
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.Span).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw new ModelException(ModelFault.NoProvider, $"`{path}` is not UTF-8; save it as UTF-8");
        }
    }

    private static Provider ProviderOf(YamlEntry entry, string path, SourceText text, Func<string, string?> variable)
    {
        string name = entry.Key.Value;
        if (entry.Value.Resolved() is not YamlMapping keys)
            throw Wrong(path, text, entry.Key.Span, $"`{name}` needs an `endpoint`, a `key`, or both");
        foreach (YamlEntry key in keys.Entries)
        {
            if (key.Key.Value is not ("kind" or "endpoint" or "key" or "key-from"))
                throw Wrong(path, text, key.Key.Span, $"`{key.Key.Value}` is no key of a provider; there are `kind`, `endpoint`, `key` and `key-from`");
        }
        KnownProvider? known = KnownProviders.Find(name);
        ProviderKind kind = keys.Find("kind") is { } said
            ? Provider.KindOf(Text(said)) ?? throw Wrong(path, text, said.Value.Span, "`kind` is `openai` or `anthropic`")
            : known?.Kind ?? ProviderKind.OpenAI;
        string address = keys.Find("endpoint") is { } given
            ? Text(given)
            : known?.Endpoint ?? throw Wrong(path, text, entry.Key.Span, $"`{name}` needs an `endpoint`");
        string? from = (keys.Find("key-from")?.Value.Resolved() as YamlScalar)?.Value ?? known?.Variable;
        (Secret? secret, string source) = Key(keys, from, path, text, variable);
        Uri endpoint =
            Endpoint(address)
            ?? throw Wrong(path, text, (keys.Find("endpoint") ?? entry).Span, "`endpoint` must be an address such as https://api.example.com/v1");
        if (secret is not null && !IsSafe(endpoint))
            throw Wrong(path, text, keys.Find("endpoint")!.Span, $"`{name}` would send its key in the clear; use https");
        return new(name, kind, endpoint, secret, source) { Variable = from };

        string Text(YamlEntry e) =>
            e.Value.Resolved() is YamlScalar { Value: { Length: > 0 } value } ? value : throw Wrong(path, text, e.Span, $"`{e.Key.Value}` must be a text");
    }

    private static (Secret?, string) Key(YamlMapping keys, string? from, string path, SourceText text, Func<string, string?> variable)
    {
        if (keys.Find("key") is { } written)
        {
            string key = written.Value.Resolved() is YamlScalar scalar ? scalar.Value : "";
            return Secret.IsPossible(key) ? (new(key), "providers.yaml") : throw Wrong(path, text, written.Key.Span, "`key` is no key: it must be one word");
        }
        if (from is null)
            return (null, Provider.NoKeyNeeded);
        return variable(from) is { Length: > 0 } value ? (KeyOf(value, $"the variable {from}"), from) : (null, NotSet(from));
    }

    private static string NotSet(string variable) => $"{variable}, which is not set";

    private static Secret KeyOf(string value, string where) =>
        Secret.IsPossible(value) ? new(value) : throw new ModelException(ModelFault.NoProvider, $"{where} holds no key: a key is one word without blanks");

    /// <summary>The address that a text means; null for none.</summary>
    internal static Uri? Endpoint(string address) =>
        Uri.TryCreate(address.TrimEnd('/'), UriKind.Absolute, out Uri? endpoint)
        && endpoint is { Scheme: "https" or "http", UserInfo: "", Query: "", Fragment: "" }
            ? endpoint
            : null;

    /// <summary>A key may go there.</summary>
    internal static bool IsSafe(Uri endpoint) => endpoint.Scheme == "https" || endpoint.IsLoopback;

    private static ModelException Wrong(string path, SourceText text, TextSpan span, string message)
    {
        LinePosition at = text.PositionAt(span.Start);
        return new(ModelFault.NoProvider, $"{path}:{at.Line + 1}:{at.Character + 1}: {message}");
    }
}
