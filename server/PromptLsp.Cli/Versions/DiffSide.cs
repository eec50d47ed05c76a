using System.Collections.Immutable;
using PromptLsp.Cli.Checking;
using PromptLsp.Cli.Releasing;
using PromptLsp.History;
using PromptLsp.History.Store;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Semantics;
using PromptLsp.Workspace.History;

namespace PromptLsp.Cli.Versions;

/// <summary>One side of a comparison: a version, or the file as it is, with what it pulls in.</summary>
/// <param name="Name">As people read it: <c>prompts/reply.prompt@v3</c>.</param>
/// <param name="Version">Null for the file as it is.</param>
internal sealed record DiffSide(string Name, string Text, ImmutableArray<PulledIn> PulledIn, PromptVersion? Version)
{
    public static DiffSide Of(PromptHistory history, PromptVersion version) =>
        new(
            $"{history.Shown}@{(version.Deleted is { } gone && File.Exists(history.Path) ? $"{gone}:" : "")}{version.Name}",
            history.Store.Text(version),
            history.Store.PulledIn(version),
            version
        );

    /// <summary>What an environment holds, as it was released.</summary>
    public static DiffSide Of(PromptInEnvironment released) =>
        new(released.Shown, released.Content.Text, [.. released.Content.PulledIn.Select(f => new PulledIn(f.Path, f.Text))], null) { Released = released };

    public PromptInEnvironment? Released { get; private init; }

    /// <summary>Null where there is no file.</summary>
    public static DiffSide? OnDisk(PromptHistory history) => history.TextOnDisk() is { } text
        ? new(history.Shown, text, Recorder.PulledIn(history.OnDisk, history.Root, history.Path), null)
        : null;

    /// <summary>The files that are not the same on both sides, with their texts; empty where there was or is none.</summary>
    public static ImmutableArray<(string Path, string Old, string New)> ChangedThrough(DiffSide old, DiffSide @new)
    {
        Dictionary<string, string?> before = old.PulledIn.ToDictionary(f => f.Path, f => f.Text, StringComparer.Ordinal),
            after = @new.PulledIn.ToDictionary(f => f.Path, f => f.Text, StringComparer.Ordinal);
        return
        [
            .. before
                .Keys.Union(after.Keys, StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(path => (Path: path, Old: before.GetValueOrDefault(path), New: after.GetValueOrDefault(path)))
                .Where(f => f.Old is null || f.New is null ? f.Old != f.New : Fingerprint.Of(f.Old) != Fingerprint.Of(f.New))
                .Select(f => (f.Path, f.Old ?? "", f.New ?? "")),
        ];
    }

    /// <summary>The prompt of this side, in a workspace whose files are as they were then.</summary>
    public OnePrompt Prompt(PromptHistory history)
    {
        if (Released is not null)
            return Released.Open();
        PastPrompt past = PastPrompt.Of(history.OnDisk, history.Root, history.Path, Text, PulledIn);
        return new(history.Path, Name, Patience.With(past.Model ?? throw new CommandFailure($"`{Name}` cannot be read as a prompt")), history.Root, past.Then);
    }

    /// <summary>What a model would get, as text: each message under a heading with its role.</summary>
    public string Rendered(PromptHistory history, Inputs inputs, CancellationToken cancel)
    {
        RenderedPrompt rendered = Renderer.Render(Prompt(history).Model, inputs, RenderLimits.Command, cancel);
        if (rendered.Failure is { } failure)
            throw new CommandFailure($"`{Name}` does not render: {failure.Reason}");
        return MessageText.Of(rendered);
    }
}
