using System.Collections.Immutable;
using PromptLsp.Cli.Releasing;
using PromptLsp.History;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Text;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.Settings;

namespace PromptLsp.Cli.Checking;

/// <summary>The one prompt that a command is about, in its workspace.</summary>
/// <param name="Shown">Its path as people read it.</param>
internal sealed record OnePrompt(string Path, string Shown, PromptModel Model, Root Root, Snapshot Snapshot)
{
    /// <summary>Reads a prompt. One that cannot be read, or whose front matter is broken, ends the command.</summary>
    /// <param name="argument">A file as typed, or what an environment holds of it; <c>-</c> reads standard input.</param>
    /// <param name="stdinFilename">What comes on standard input is or will be this file.</param>
    public static OnePrompt Open(string argument, string? stdinFilename, Terminal terminal)
    {
        var snapshot = Snapshot.Empty(new Disk(), [terminal.Folder]);
        if (PipedPrompt.Read([argument], stdinFilename, terminal) is { } piped)
            return Open(piped.Path, piped.In(snapshot), terminal);
        return PromptInEnvironment.Find(argument, terminal)?.Open() ?? Open(PromptPaths.One(argument, terminal), snapshot, terminal);
    }

    private static OnePrompt Open(string path, Snapshot snapshot, Terminal terminal)
    {
        string shown = terminal.Display(path);
        (FileStatus status, PromptModel? model) = snapshot.FindOpen(FileUri.FromPath(path)) is null
            ? snapshot.ReadOnce(path)
            : (FileStatus.Ok, snapshot.ModelOf(path));
        if (model is null)
            throw new CommandFailure(PromptPaths.Why(shown, status));
        if (model.Document.FrontMatter.Problems is [var problem, ..])
            throw new CommandFailure($"{Place(shown, model.Document.Text, problem.Span)} {problem.Message}");
        if (model.Document.OtherFormat is { } format)
            throw new CommandFailure($"`{shown}` is in another format: {format}");
        return new(path, shown, Patience.With(model), snapshot.Roots.Of(path), snapshot);
    }

    /// <summary>The same with the context values of an environment.</summary>
    public OnePrompt In(EnvironmentPolicy environment)
    {
        Snapshot there = Snapshot;
        foreach ((string variable, string file) in environment.Context)
        {
            if (
                Model.Environment.Context.FirstOrDefault(v => v.Name == variable) is { IsConstant: true, Source: { } source }
                && Snapshot.Disk.Read(System.IO.Path.GetFullPath(file, Root.Folder)) is { IsOk: true } values
            )
                there = there.Open(FileUri.FromPath(System.IO.Path.GetFullPath(source, Root.Folder)), 0, values.Text.Content);
        }
        return there.ModelOf(Path) is { } model ? this with { Model = Patience.With(model), Snapshot = there } : this;
    }

    public string Fingerprint => PromptLsp.History.Fingerprint.Of(Model.Document.Text.Content);

    public string EffectiveFingerprint => PromptLsp.History.Fingerprint.Effective(Fingerprint, PulledIn);

    /// <summary>The files that it pulls in, ordered by path.</summary>
    public ImmutableArray<(string Path, string Fingerprint)> PulledIn =>
        [.. Dependencies.Of(Model, Root, Snapshot).OrderBy(d => d.Path, StringComparer.Ordinal)];

    /// <summary><c>file:line:column:</c>, from 1, as terminals make it a link.</summary>
    public static string Place(string shown, SourceText text, TextSpan span)
    {
        LinePosition at = text.PositionAt(span.Start);
        return $"{shown}:{at.Line + 1}:{at.Character + 1}:";
    }
}
