using System.Text;
using PromptLsp.History.Files;
using PromptLsp.Language.Text;

namespace PromptLsp.Models.Providers;

/// <summary>One provider more for the user's file; what stands there already stays as it is.</summary>
/// <param name="Endpoint">Null for a known provider's own.</param>
/// <param name="KeyFrom">The environment variable that holds the key.</param>
/// <param name="Key">The key itself, which then stands in the file.</param>
public sealed record AddedProvider(string Name, string? Kind, string? Endpoint, string? KeyFrom, string? Key)
{
    private const UnixFileMode Ours = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes it.</summary>
    /// <returns>The file's path.</returns>
    /// <exception cref="ModelException">It is there already, or makes no provider.</exception>
    public string Write(Func<string, string?> variable)
    {
        string path = UserProviders.PathOf(variable) ?? throw Refused("no folder is known for your configuration; set HOME");
        if (!IsName(Name))
            throw Refused($"`{PlainText.OneLine(Name)}` is no name of a provider: letters, digits, `-`, `_` and `.`");
        if (Endpoint is null && KnownProviders.Find(Name) is null)
            throw Refused($"`{Name}` is not known here; say where it is: --endpoint URL");
        if (Endpoint is not null && UserProviders.Endpoint(Endpoint) is null)
            throw Refused($"`{PlainText.OneLine(Endpoint)}` is no address such as https://api.example.com/v1");
        if ((Key ?? KeyFrom) is not null && Endpoint is not null && !UserProviders.IsSafe(UserProviders.Endpoint(Endpoint)!))
            throw Refused($"`{Name}` would send its key in the clear; use https");
        if (Key is not null && !Secret.IsPossible(Key))
            throw Refused("that is no key: a key is one word without blanks");
        UserProviders now = UserProviders.Read(variable);
        if (
            File.Exists(path)
            && File.ReadLines(path)
                .Any(line => line.StartsWith(Name + ":", StringComparison.Ordinal) || line.StartsWith($"\"{Name}\":", StringComparison.Ordinal))
        )
            throw Refused($"`{Name}` is in {now.Path} already; change it there");
        try
        {
            Append(path);
        }
        catch (Exception failure) when (FileFailure.Is(failure))
        {
            throw Refused($"`{path}` cannot be written: {FileFailure.Reason(failure)}");
        }
        return path;
    }

    private void Append(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, Ours | UnixFileMode.UserExecute);
        string before = File.Exists(path) ? File.ReadAllText(path) : "";
        WrittenFile.Replace(path, Encoding.UTF8.GetBytes(before + (before.Length == 0 || before.EndsWith('\n') ? "" : "\n") + Yaml), Ours);
    }

    private string Yaml => $"{Name}:\n"
        + (Kind is null ? "" : $"  kind: {Kind}\n")
        + (Endpoint is null ? KnownProviders.Find(Name) is { } known ? $"  endpoint: {known.Endpoint}\n" : "" : $"  endpoint: \"{Endpoint.TrimEnd('/')}\"\n")
        + (KeyFrom is null ? "" : $"  key-from: {KeyFrom}\n")
        + (Key is null ? "" : $"  key: '{Key.Replace("'", "''", StringComparison.Ordinal)}'\n");

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && char.IsAsciiLetter(name[0]);

    private static ModelException Refused(string why) => new(ModelFault.NoProvider, why);
}
