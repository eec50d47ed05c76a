using PromptLsp.Language.Rendering.Samples;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;
using PromptLsp.Server.Extensions;
using PromptLsp.Server.Protocol;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Server.Handlers;

/// <summary>Writes what was typed into a preview's fields into the prompt, as a sample.</summary>
internal static class SampleCommand
{
    public const string Save = "promptlsp.saveSample";

    public static async Task<object?> SaveAsync(Session session, SampleArgument asked, CancellationToken cancel)
    {
        if (!session.Flags.AppliesEdits)
            throw RequestFailed.With("This editor takes no edits from a server; write the sample under `samples` by hand.");
        Snapshot now = session.Now;
        PromptModel prompt = now.Find(asked.Uri)?.Prompt ?? (FileUri.ToPath(asked.Uri) is { } path ? now.ModelOf(path) : null)
            ?? throw RequestFailed.With($"{asked.Uri} is no prompt that could be read.");
        TypedInputs typed = TypedInputs.Read(prompt, asked.Inputs ?? new Dictionary<string, string>(StringComparer.Ordinal));
        if (typed.Problems.FirstOrDefault() is { Key: not null } problem)
            throw RequestFailed.With($"The sample is not saved: {problem.Key}: {problem.Value}.");
        SampleChoice choice = SampleChoice.Of(prompt, prompt.Header.FindSample(asked.Sample), typed);
        IReadOnlyList<Language.Text.TextEdit> edits =
            SampleEdits.Save(prompt, asked.Name, SampleEdits.ValuesOf(prompt, choice))
            ?? throw RequestFailed.With($"The front matter cannot take the sample `{asked.Name}` as it stands; write it under `samples` by hand.");
        SourceText text = prompt.Document.Text;
        var edit = new WorkspaceEdit
        {
            Changes = new(StringComparer.Ordinal) { [asked.Uri] = [.. edits.OrderBy(e => e.Span.Start).Select(e => e.ToLsp(text))] },
        };
        await ClientEdits.SaveAsync(session, $"Save the sample {asked.Name}", edit, cancel);
        return new SampleResult(asked.Name);
    }
}
