using System.Collections.Immutable;
using System.Text;
using PromptLsp.History.Files;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Text;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.Settings;

namespace PromptLsp.Releases.Content;

/// <summary>The files of a release that is about to be made.</summary>
/// <param name="snapshot">The workspace as it is on disk.</param>
public sealed class ReleaseDraft(Snapshot snapshot, Root root)
{
    private readonly WorkspaceSettings _settings = snapshot.SettingsOf(root);

    /// <summary>A prompt as it is on disk.</summary>
    /// <param name="prompt">From the root.</param>
    /// <exception cref="ReleaseException">It cannot be released as it is.</exception>
    public ImmutableSortedDictionary<string, byte[]> OfWorkspace(string prompt, EnvironmentPolicy to)
    {
        string path = Path.GetFullPath(prompt, root.Folder);
        PromptModel model =
            snapshot.ModelOf(path)
            ?? throw new ReleaseException(
                File.Exists(path)
                    ? $"`{prompt}` cannot be read as a prompt; `promptlsp check {prompt}` says why"
                    : $"there is no file `{prompt}`; check the path"
            );
        if (model.Document.FrontMatter.Problems is [var problem, ..])
            throw new ReleaseException($"the front matter of `{prompt}` is broken: {problem.Message}");
        if (model.Document.OtherFormat is { } format)
            throw new ReleaseException($"`{prompt}` is in another format: {format}");
        if (model.Environment.IsPartial)
            throw new ReleaseException($"`{prompt}` is a partial, which goes with the prompts that include it; promote those");
        PromptParts parts = Dependencies.PartsOf(model);
        if (parts.Missing is [var missing, ..])
            throw new ReleaseException($"`{prompt}` includes `{missing}`, which is not there; a release holds everything that it pulls in");
        if (parts.HasComputedInclude)
            throw new ReleaseException($"`{prompt}` includes a file whose name is only known when it is rendered; write the name out to release it");
        var reduced = ReducedSettings.Of(model, parts, _settings, root, v => to.Context.GetValueOrDefault(v.Name) ?? v.Source!);
        return Checked(
            [(prompt, Bytes(prompt)), .. parts.Partials.Select(p => (p.Path, Bytes(p.Path))), .. ContextFiles(reduced).Select(f => (f, Bytes(f)))],
            reduced
        );
    }

    /// <summary>What runs in the environment before, with the context values of the next one.</summary>
    public ImmutableSortedDictionary<string, byte[]> OfRelease(ReleaseContent before, EnvironmentPolicy? from, EnvironmentPolicy to)
    {
        ReducedSettings reduced = before.Settings with
        {
            Context = [.. before.Settings.Context.Select(v => v.Value is string file ? (v.Name, FileIn(v.Name, file, from, to)) : v)],
        };
        return Checked(
            [
                .. before.Files.Where(f => f.Key != Roots.SettingsFile && !before.ContextFiles.Contains(f.Key)).Select(f => (f.Key, f.Value)),
                // What is the same in both was tried there: it is taken from there.
                .. ContextFiles(reduced).Select(f => (f, before.Files.TryGetValue(f, out byte[]? tried) ? tried : Bytes(f))),
            ],
            reduced);
    }

    private object? FileIn(string variable, string file, EnvironmentPolicy? from, EnvironmentPolicy to) =>
        to.Context.GetValueOrDefault(variable)
        ?? (from?.Context.ContainsKey(variable) == true ? _settings.Context.FirstOrDefault(v => v.Name == variable && v.IsConstant)?.Source ?? file : file);

    private static IEnumerable<string> ContextFiles(ReducedSettings settings) =>
        settings.Context.Select(v => v.Value).OfType<string>().Distinct(StringComparer.Ordinal);

    private byte[] Bytes(string file) =>
        RegularFile.Read(Path.GetFullPath(file, root.Folder), Disk.LargestFile).Bytes?.ToArray()
        ?? throw new ReleaseException($"`{file}` cannot be read; check that it is there, is a file, and is not over 5 MB");

    private static ImmutableSortedDictionary<string, byte[]> Checked((string Path, byte[] Bytes)[] files, ReducedSettings settings)
    {
        foreach ((string path, byte[] bytes) in files)
        {
            if (!System.Text.Unicode.Utf8.IsValid(bytes))
                throw new ReleaseException($"`{path}` is not UTF-8; save it as UTF-8");
            if (
                path.Contains('\\', StringComparison.Ordinal)
                || !PromptLsp.History.Store.HistoryStore.CanKeep(path)
                || path.Split('/').Any(step => step.Equals(".git", StringComparison.OrdinalIgnoreCase))
            )
                throw new ReleaseException($"`{path}` cannot be released: its name is not plain; rename it");
            MustHoldNoSecret(path, Encoding.UTF8.GetString(bytes));
        }
        if (
            files
                .Select(f => f.Path)
                .Append(Roots.SettingsFile)
                .GroupBy(f => f, StringComparer.OrdinalIgnoreCase)
                .FirstOrDefault(g => g.Distinct(StringComparer.Ordinal).Skip(1).Any()) is
            { } twins
        )
            throw new ReleaseException($"`{twins.First()}` and `{twins.Last()}` differ in capitals alone, which are one file on many disks; rename one");
        return files
            .DistinctBy(f => f.Path)
            .Append((Path: Roots.SettingsFile, Bytes: Encoding.UTF8.GetBytes(settings.Text)))
            .ToImmutableSortedDictionary(f => f.Path, f => f.Bytes, StringComparer.Ordinal);
    }

    // Also where the file wants to hear nothing of it: a release goes where many read it.
    private static void MustHoldNoSecret(string path, string text)
    {
        var prompt = new PromptModel(PromptDocument.Parse(new SourceText(text), null), PromptEnvironment.None);
        if (Rules.Find("secret")!.Find(prompt, CancellationToken.None).FirstOrDefault() is { } secret)
            throw new ReleaseException($"{path}:{prompt.Document.Text.PositionAt(secret.Span.Start).Line + 1}: {secret.Message} [secret]");
    }
}
