using System.Text;
using System.Text.Json;
using PromptLsp.History.Files;
using PromptLsp.Language.Syntax.Formats;
using PromptLsp.Releases.Content;
using PromptLsp.Releases.Signing;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.Settings;

namespace PromptLsp.Releases.Folder;

/// <summary>
/// The folder that says what runs where: <c>releases/production/support/reply.prompt/</c> holds <c>release.json</c>, <c>files/</c> and
/// <c>approvals/</c> of one prompt in one environment. A prompt's folder has the whole name of its file, so that none lies in another's.
/// </summary>
public sealed class ReleaseFolder(Root root, ReleasePolicy policy)
{
    public const string FilesFolder = ReleasedFile.FilesFolder,
        ApprovalsFolder = ReleasedFile.ApprovalsFolder,
        FrozenFile = "frozen.json",
        AttributesFile = ".gitattributes";

    /// <summary>What keeps git from changing line ends: what was approved is what lies there, to the byte.</summary>
    internal const string Attributes = "* -text\n";

    private const string HexDigits = "0123456789abcdef";

    private const int LargestJson = 1024 * 1024;

    public Root Root { get; } = root;

    public ReleasePolicy Policy { get; } = policy;

    /// <summary>Absolute.</summary>
    public string Path { get; } = System.IO.Path.Join(root.Folder, policy.Folder);

    /// <summary>From the root.</summary>
    public string Relative(string environment, string prompt) => $"{Policy.Folder}/{environment}/{prompt}";

    /// <summary>The folder of a prompt in an environment, absolute; it need not be there.</summary>
    public string At(string environment, string prompt) => System.IO.Path.Join(Path, environment, prompt);

    /// <summary>Where the files of a release lie, absolute.</summary>
    public string FilesAt(string environment, string prompt) => System.IO.Path.Join(At(environment, prompt), FilesFolder);

    /// <summary>What an environment holds of a prompt; null where it holds nothing.</summary>
    /// <exception cref="ReleaseException">What lies there cannot be read.</exception>
    public ReleaseRecord? Record(string environment, string prompt) => Record(environment, prompt, static _ => false);

    /// <param name="isKnown">Whether somebody who asks knows the record of that <see cref="ReleaseRecord.Id"/> already: then nothing is given.</param>
    internal ReleaseRecord? Record(string environment, string prompt, Func<string, bool> isKnown)
    {
        string shown = $"{Relative(environment, prompt)}/{ReleaseRecord.File}";
        if (Text(System.IO.Path.Join(At(environment, prompt), ReleaseRecord.File), shown) is not { } text || isKnown(History.Fingerprint.Of(text)))
            return null;
        ReleaseRecord record = ReleaseRecord.Parse(text, shown);
        return record.Environment == environment && record.Prompt == prompt
            ? record
            : throw new ReleaseException($"`{shown}` speaks of `{record.Prompt}` in `{record.Environment}`: it was copied there; bring it back from git");
    }

    /// <summary>As <see cref="Record"/>, for an overview of many: without gates, and that nobody edited it is not made sure of.</summary>
    public ReleaseRecord? Glance(string environment, string prompt) =>
        RegularFile.ReadUnlinked(System.IO.Path.Join(At(environment, prompt), ReleaseRecord.File), LargestJson).Bytes is { } bytes
        && ReleaseRecord.Glance(bytes.Span) is { } record
            ? record
            : Record(environment, prompt);

    public bool HasApprovals(string environment, string prompt) => Directory.Exists(System.IO.Path.Join(At(environment, prompt), ApprovalsFolder));

    /// <summary>What an environment holds of a prompt, with its files; null where it holds nothing. Read again where somebody exchanged it meanwhile.</summary>
    /// <exception cref="ReleaseException">What lies there cannot be read, or was edited.</exception>
    public (ReleaseRecord Record, ReleaseContent Content)? Held(string environment, string prompt)
    {
        for (int attempt = 1; ; attempt++)
        {
            if (Record(environment, prompt) is not { } record)
                return null;
            try
            {
                return (record, Content(record));
            }
            catch (Exception failure)
                when (attempt < MostAttempts && (failure is ReleaseException || FileFailure.Is(failure)) && Record(environment, prompt)?.Id != record.Id)
            {
                // Somebody was faster: what is there now is whole.
            }
        }
    }

    private const int MostAttempts = 50;

    /// <summary>The files of that release, held against what its record says.</summary>
    /// <exception cref="ReleaseException">They were edited.</exception>
    public ReleaseContent Content(ReleaseRecord record) =>
        Content(record, FilesAt(record.Environment, record.Prompt), $"{Relative(record.Environment, record.Prompt)}/{FilesFolder}");

    /// <param name="folder">Absolute.</param>
    /// <param name="shown">The folder as people read it.</param>
    internal static ReleaseContent Content(ReleaseRecord record, string folder, string shown)
    {
        if (!Directory.Exists(folder))
            throw new ReleaseException($"there are no files in `{shown}`; bring them back from git");
        System.Collections.Immutable.ImmutableSortedDictionary<string, byte[]> files = ReleaseContent.FilesIn(folder);
        foreach ((string path, byte[] bytes) in files)
        {
            if (!record.Files.TryGetValue(path, out string? hash) || History.Sha256.Hex(bytes) != hash)
                throw new ReleaseException($"`{shown}/{path}` is not what was released: it was edited; bring it back from git, or promote the change");
        }
        if (record.Files.Keys.FirstOrDefault(f => !files.ContainsKey(f)) is { } gone)
            throw new ReleaseException($"`{shown}/{gone}` is gone; bring it back from git");
        ReleaseContent content = ReleaseContent.Read(folder, record.Prompt, files);
        if (content.Name != record.Name || content.Fingerprint != record.Fingerprint)
            throw new ReleaseException($"`{shown}` is not what {ReleaseRecord.File} says; bring both back from git");
        return content;
    }

    /// <summary>
    /// The approvals and withdrawals of a prompt in an environment, in the order of their names; what cannot be read is told, and counts for nothing.
    /// </summary>
    public IEnumerable<(Approval? Approval, string? Problem)> Approvals(string environment, string prompt) =>
        Approvals(environment, prompt, static _ => false);

    /// <param name="isKnown">Whether somebody who asks knows the word of that <see cref="Approval.Id"/> already: then it is not read.</param>
    internal IEnumerable<(Approval? Approval, string? Problem)> Approvals(string environment, string prompt, Func<string, bool> isKnown)
    {
        string folder = System.IO.Path.Join(At(environment, prompt), ApprovalsFolder);
        if (!Directory.Exists(folder))
            yield break;
        foreach (string file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            if (System.IO.Path.GetFileNameWithoutExtension(file) is { Length: 64 } id && !id.AsSpan().ContainsAnyExcept(HexDigits) && isKnown(id))
                continue;
            string name = System.IO.Path.GetFileName(file), shown = $"{Relative(environment, prompt)}/{ApprovalsFolder}/{name}";
            yield return Try(() => Approval.Parse(Text(file, shown) ?? throw new ReleaseException($"`{shown}` cannot be read"), name, shown));
        }
    }

    /// <summary>Somebody's newest approval there that they have not taken back; null where there is none.</summary>
    /// <param name="mail">Who they are.</param>
    public Approval? Standing(string environment, string prompt, string mail)
    {
        Approval[] own =
        [
            .. Approvals(environment, prompt)
                .Select(a => a.Approval)
                .OfType<Approval>()
                .Where(a => string.Equals(a.By, mail, StringComparison.OrdinalIgnoreCase))
                .OrderByDescending(a => a.At),
        ];
        return own.FirstOrDefault(a =>
            a.Kind == ApprovalKind.Approved
            && !own.Any(w => w.Kind == ApprovalKind.Withdrawn && w.Name == a.Name && w.Replaces == a.Replaces && w.At >= a.At)
        );
    }

    private static (Approval?, string?) Try(Func<Approval> read)
    {
        try
        {
            return (read(), null);
        }
        catch (ReleaseException failure)
        {
            return (null, failure.Message);
        }
    }

    /// <summary>Who froze an environment; null where nobody has.</summary>
    /// <exception cref="ReleaseException">What lies there cannot be read: then it counts as frozen.</exception>
    public Frozen? Frozen(string environment)
    {
        string shown = $"{Policy.Folder}/{environment}/{FrozenFile}";
        return Text(System.IO.Path.Join(Path, environment, FrozenFile), shown) is { } text ? Folder.Frozen.Parse(text, shown) : null;
    }

    /// <summary>The environments that there are folders of, in the order of the settings; those that the settings do not name any more come last.</summary>
    public IEnumerable<string> Environments()
    {
        string[] there = Directory.Exists(Path)
            ? [.. Directory.EnumerateDirectories(Path).Select(d => System.IO.Path.GetFileName(d)).Where(d => d[0] != '.').Order(StringComparer.Ordinal)]
            : [];
        return Policy.Environments.Select(e => e.Name).Concat(there.Except(Policy.Environments.Select(e => e.Name), StringComparer.Ordinal));
    }

    /// <summary>The prompts that an environment has a folder of, in the order of their paths.</summary>
    public IEnumerable<string> Prompts(string environment)
    {
        string folder = System.IO.Path.Join(Path, environment);
        if (!Directory.Exists(folder))
            return [];
        var found = new List<string>();
        var open = new Stack<(string Folder, string Path)>([(folder, "")]);
        while (open.TryPop(out (string Folder, string Path) at))
        {
            foreach (string below in Directory.EnumerateDirectories(at.Folder))
            {
                string path = at.Path + System.IO.Path.GetFileName(below);
                if (KnownFormats.Has(path))
                    found.Add(path);
                else if (new DirectoryInfo(below).LinkTarget is null)
                    open.Push((below, path + "/"));
            }
        }
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private static string? Text(string path, string shown)
    {
        FileBytes file = RegularFile.ReadUnlinked(path, LargestJson);
        return file.Kind switch
        {
            FileKind.Missing => null,
            FileKind.Regular when file.Bytes is { } bytes && System.Text.Unicode.Utf8.IsValid(bytes.Span) => Encoding.UTF8.GetString(bytes.Span),
            FileKind.Regular => throw new ReleaseException($"`{shown}` cannot be read; bring it back from git"),
            _ => throw new ReleaseException($"`{shown}` is not a regular file; bring it back from git"),
        };
    }
}

/// <summary>That nothing is promoted to an environment for now, who says so, and why.</summary>
public sealed record Frozen(string By, DateTimeOffset At, string Why)
{
    public string Text => ReleaseJson.Write(json =>
    {
        json.WriteMoment("at", At);
        json.WriteString("by", By);
        json.WriteString("why", Why);
    });

    public static Frozen Parse(string content, string shown) =>
        ReleaseJson.Read(content, shown, static (JsonElement json) => new Frozen(json.Text("by"), json.At("at"), json.Text("why")), f => f.Text);
}
