using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PromptLsp.History.Store;
using PromptLsp.Language.Syntax.Formats;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Portfolio.Site;

/// <summary>
/// A portfolio as pages that anybody can read: they load nothing but their own style and script, ask no network, and work from a folder. Every word of a
/// prompt is escaped, and the pages' own policy lets nothing run but the script beside them.
/// </summary>
/// <param name="name">What the whole is called.</param>
/// <param name="environments">Those that hold something, in their order.</param>
/// <param name="now">When it is written.</param>
public sealed class PortfolioSite(
    string name, ImmutableArray<OwnedPrompt> prompts, ImmutableArray<string> environments, Func<Root, HistoryStore?> history, DateTimeOffset now)
{
    /// <summary>By this a folder is known to be a portfolio that was written before.</summary>
    public const string Generator = "promptlsp site";

    private const int MostVersions = 100, LongestName = 100;

    private readonly Dictionary<string, string> _pages = Names(prompts);

    /// <summary>The files of the site, by their paths from its folder, each made when it is asked for.</summary>
    public IEnumerable<(string Path, Func<byte[]> Content)> Files(CancellationToken cancel)
    {
        foreach (string asset in (string[])["site.css", "site.js"])
            yield return (asset, () => Asset(asset));
        yield return ("index.html", () => Bytes(new ListPage(name, prompts, Page, now).Html()));
        if (!environments.IsEmpty)
            yield return (EnvironmentsPage.Name, () => Bytes(new EnvironmentsPage(name, prompts, environments, Page).Html()));
        yield return ("texts.js", () => Bytes(ListPage.Texts(prompts)));
        foreach (OwnedPrompt prompt in prompts)
        {
            yield return (Page(prompt.Path)!, () =>
            {
                (ImmutableArray<PromptVersion> versions, ImmutableArray<string?> texts, ImmutableArray<EnvironmentEvent> moves) = Past(prompt);
                return Bytes(new PromptPage(name, prompt, versions, texts, moves, Page).Html(cancel));
            });
        }
    }

    /// <summary>The page of a prompt, from the site's folder; null for one that has none.</summary>
    private string? Page(string path) => _pages.TryGetValue(path, out string? page) ? $"prompts/{page}.html" : null;

    // A name for each that every file system can hold and tell from the others.
    private static Dictionary<string, string> Names(ImmutableArray<OwnedPrompt> prompts)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (OwnedPrompt prompt in prompts)
        {
            string path = KnownFormats.WithoutEnding(prompt.Path).ToLowerInvariant();
            string plain = string.Concat(path.Take(LongestName).Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '-'));
            string name = plain;
            for (int i = 2; !taken.Add(name); i++)
                name = string.Create(CultureInfo.InvariantCulture, $"{plain}-{i}");
            names.Add(prompt.Path, name);
        }
        return names;
    }

    private (ImmutableArray<PromptVersion>, ImmutableArray<string?>, ImmutableArray<EnvironmentEvent>) Past(OwnedPrompt prompt)
    {
        if (prompt.Version is null || history(prompt.Root) is not { } store)
            return ([], [], []);
        ImmutableArray<PromptVersion> versions = store.Versions(prompt.Model.Environment.Path, limit: MostVersions);
        return (versions, store.Texts(versions), store.EnvironmentEvents(prompt.Model.Environment.Path, MostVersions));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Asset(string name)
    {
        using Stream stream = typeof(PortfolioSite).Assembly.GetManifestResourceStream("site/" + name) ?? throw new InvalidOperationException(name);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
