using PromptLsp.Evaluation.Files;
using PromptLsp.Language.Rendering.Samples;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;
using PromptLsp.Models.Asking;
using PromptLsp.Models.Clients;
using PromptLsp.Server.Extensions;
using PromptLsp.Server.Protocol;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Server.Handlers;

/// <summary>Keeps an answer as what is expected: a row of an evaluation, in the one that the prompt has, or in a new one.</summary>
internal static class ExpectedAnswers
{
    public const string Save = "promptlsp.saveExpected";

    public static async Task<object?> SaveAsync(Session session, ExpectedArgument asked, CancellationToken cancel)
    {
        if (!session.Flags.AppliesEdits)
            throw RequestFailed.With("This editor takes no edits from a server; write the row into the evaluation by hand.");
        Snapshot now = session.Now;
        if (FileUri.ToPath(asked.Uri) is not { } path || (now.Find(asked.Uri)?.Prompt ?? now.ModelOf(path)) is not { } prompt)
            throw RequestFailed.With($"{asked.Uri} is no prompt in a file; only those are evaluated.");
        Root root = now.Roots.Of(path);
        string row = Row(session, asked, prompt);
        (string uri, WorkspaceEdit edit) = EvaluationFiles.Of(path, root, p => Evaluations.TextOf(now, p)) is { } evaluation
            ? Added(now, root, evaluation, row)
            : New(session, root, path, row);
        await ClientEdits.SaveAsync(session, $"Expect this answer ({asked.Name})", edit, cancel);
        return new ExpectedResult(uri);
    }

    // JSON is YAML as well: one line does for both kinds of file.
    private static string Row(Session session, ExpectedArgument asked, PromptModel prompt)
    {
        SampleChoice choice = session.Samples.Of(asked.Uri, prompt) ?? SampleChoice.Of(prompt);
        bool isJson = prompt.Header.Output is not null && AnswerSchema.JsonProblem(asked.Answer.Trim()) is null;
        return PlainJson.Text(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["id"] = asked.Name,
            ["input"] = SampleEdits.ValuesOf(prompt, choice),
            ["expect"] = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [isJson ? "exact-json" : "equals"] = isJson ? PlainJson.Of(System.Text.Json.JsonElement.Parse(asked.Answer.Trim())) : asked.Answer.Trim(),
            },
        });
    }

    private static (string Uri, WorkspaceEdit Edit) Added(Snapshot now, Root root, string evaluation, string row)
    {
        SourceText text = Evaluations.TextOf(now, evaluation).Text;
        var keys = YamlTree.Parse(text, new(0, text.Length)).Root?.Resolved() as YamlMapping;
        if (keys?.Find("data")?.Value.Resolved() is YamlScalar { Value: var named } && EvaluationReader.Resolve(named, evaluation, root) is { } data)
        {
            SourceText rows = Evaluations.TextOf(now, data).Text;
            return Edited(data, rows, rows.Length, (rows.Length == 0 || rows.Content.EndsWith('\n') ? "" : rows.NewLine) + row + rows.NewLine);
        }
        // Behind the last item, as far to the right as the first; a list between brackets is written otherwise.
        if (keys?.Find("rows")?.Value.Resolved() is YamlSequence { Items: [var first, ..] items } && DashOf(text, first) is { } dash)
        {
            YamlNode last = items[^1];
            int end = text.LineSpan(text.LineAt(Math.Max(last.Span.Start, last.Span.End - 1))).End;
            return Edited(evaluation, text, end, $"{text.NewLine}{new string(' ', dash)}- {row}");
        }
        throw RequestFailed.With($"{root.Relative(evaluation)} has no list of rows that could take another; write the row there by hand: {row}");
    }

    // The column of the dash before an item that stands on a line of its own.
    private static int? DashOf(SourceText text, YamlNode item)
    {
        TextSpan line = text.LineSpan(text.LineAt(item.Span.Start));
        string before = text[TextSpan.FromBounds(line.Start, item.Span.Start)];
        return before.TrimStart().TrimEnd() == "-" ? before.IndexOf('-', StringComparison.Ordinal) : null;
    }

    private static (string Uri, WorkspaceEdit Edit) New(Session session, Root root, string prompt, string row)
    {
        if (!session.Flags.CreatesFiles)
            throw RequestFailed.With("This editor makes no files for a server; begin an evaluation of the prompt by hand.");
        string name = Path.GetFileName(prompt).Split('.')[0];
        string path = Path.Join(root.Folder, EvaluationFiles.Folder, name + ".yaml");
        if (File.Exists(path))
            throw RequestFailed.With($"{root.Relative(path)} is there, and is no evaluation of this prompt; write the row by hand: {row}");
        string uri = FileUri.FromPath(path);
        string text = $"# Asked of a model: promptlsp eval {root.Relative(path)}\nprompt: {PlainJson.Text(root.Relative(prompt))}\nrows:\n  - {row}\n";
        return (uri, new() { DocumentChanges = [new CreateFile(uri) { Options = new() }, new TextDocumentEdit(new(uri), [new(default, text)])] });
    }

    private static (string Uri, WorkspaceEdit Edit) Edited(string path, SourceText text, int at, string inserted)
    {
        string uri = FileUri.FromPath(path);
        return (uri, new() { Changes = new(StringComparer.Ordinal) { [uri] = [new(text.RangeOf(new TextSpan(at, 0)), inserted)] } });
    }
}
