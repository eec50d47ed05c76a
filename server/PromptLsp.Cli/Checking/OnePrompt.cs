using System.Collections.Immutable;
using PromptLsp.History;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Text;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Cli.Checking;

/// <summary>The one prompt that a command is about, in its workspace.</summary>
/// <param name="Shown">Its path as people read it.</param>
internal sealed record OnePrompt(string Path, string Shown, PromptModel Model, Root Root, Snapshot Snapshot)
{
    /// <summary>Reads a prompt. One that cannot be read, or whose front matter is broken, ends the command.</summary>
    public static OnePrompt Open(string argument, Terminal terminal)
    {
        string path = PromptPaths.One(argument, terminal);
        var snapshot = Snapshot.Empty(new Disk(), [terminal.Folder]);
        return Open(path, snapshot, terminal);
    }

    public static OnePrompt Open(string path, Snapshot snapshot, Terminal terminal)
    {
        string shown = terminal.Display(path);
        (FileStatus status, PromptModel? model) = snapshot.ReadOnce(path);
        if (model is null)
            throw new CommandFailure(PromptPaths.Why(shown, status));
        if (model.Document.FrontMatter.Yaml.Problems is [var problem, ..])
            throw new CommandFailure($"{Place(shown, model.Document.Text, problem.Span)} {problem.Message}");
        if (model.Document.OtherFormat is { } format)
            throw new CommandFailure($"`{shown}` is in another format: {format}");
        return new(path, shown, Patience.With(model), snapshot.Roots.Of(path), snapshot);
    }

    public string Fingerprint => PromptLsp.History.Fingerprint.Of(Model.Document.Text.Content);

    public string EffectiveFingerprint => PromptLsp.History.Fingerprint.Effective(Fingerprint, PulledIn);

    /// <summary>The files that it pulls in, ordered by path.</summary>
    public ImmutableArray<(string Path, string Fingerprint)> PulledIn => [.. Dependencies.Of(Model, Root, Snapshot).OrderBy(d => d.Path, StringComparer.Ordinal)];

    /// <summary><c>file:line:column:</c>, from 1, as terminals make it a link.</summary>
    public static string Place(string shown, SourceText text, TextSpan span)
    {
        LinePosition at = text.PositionAt(span.Start);
        return $"{shown}:{at.Line + 1}:{at.Character + 1}:";
    }
}
