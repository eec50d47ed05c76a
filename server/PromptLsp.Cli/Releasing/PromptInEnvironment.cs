using System.Collections.Immutable;
using PromptLsp.Cli.Checking;
using PromptLsp.Cli.Versions;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Releases.Content;
using PromptLsp.Releases.Folder;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Cli.Releasing;

/// <summary>What an environment holds of a prompt: <c>support/reply.prompt@production</c>, with what it was released with.</summary>
/// <param name="Shown">As people type it.</param>
/// <param name="Models">What the workspace says of models: prices are no part of a release.</param>
internal sealed record PromptInEnvironment(string Path, string Shown, ReleaseRecord Record, ReleaseContent Content, ImmutableArray<ModelInfo> Models)
{
    /// <summary>Null where the argument names no environment, but a version or a file.</summary>
    /// <exception cref="CommandFailure">The environment holds nothing of it.</exception>
    public static PromptInEnvironment? Find(string argument, Terminal terminal) =>
        argument != PipedPrompt.Argument && FileAtReference.Of(argument, terminal) is { Reference: { } reference } file
            ? Find(file.Path, reference, terminal)
            : null;

    /// <param name="path">Absolute.</param>
    public static PromptInEnvironment? Find(string path, string reference, Terminal terminal)
    {
        var snapshot = Snapshot.Empty(new Disk(), [terminal.Folder]);
        Root root = snapshot.Roots.Of(path);
        var folder = new ReleaseFolder(root, snapshot.SettingsOf(root).Releases);
        string prompt = root.Relative(path);
        if (
            reference.AsSpan().ContainsAny('/', '\\', ':')
            || reference[0] == '.'
            || (folder.Policy.Find(reference) is null && !Directory.Exists(folder.At(reference, prompt)))
        )
            return null;
        // Where nothing is released, a tag of that name may be meant.
        return folder.Held(reference, prompt) is var (record, content)
            ? new(path, $"{terminal.Display(path)}@{reference}", record, content, snapshot.SettingsOf(root).Models)
            : null;
    }

    /// <summary>The prompt among the files that it was released with.</summary>
    public OnePrompt Open() => Open(Content, Shown, Models);

    /// <summary>The same of what is no release yet.</summary>
    public static OnePrompt Open(ReleaseContent content, string shown, ImmutableArray<ModelInfo> models)
    {
        var snapshot = Snapshot.Empty(new Disk(), [content.Folder]);
        string path = System.IO.Path.GetFullPath(content.Prompt, content.Folder);
        var model = new PromptModel(content.Model.Document, content.Model.Environment with { Models = models });
        return new(path, shown, Patience.With(model), snapshot.Roots.Of(path), snapshot);
    }
}
