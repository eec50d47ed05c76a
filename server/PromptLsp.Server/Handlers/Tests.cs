using System.Collections.Immutable;
using PromptLsp.Evaluation.Files;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Formats;
using PromptLsp.Language.Text;
using PromptLsp.Server.Extensions;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.Tokens;

namespace PromptLsp.Server.Handlers;

/// <summary>
/// The tests that prompts carry with them, and the rows of evaluations: which there are, and what becomes of the former, which need no model.
/// </summary>
internal static class Tests
{
    private const int MostFiles = 2_000, MostRows = 5_000;

    public static TestsResult Find(Snapshot now, TestsParams asked, CancellationToken cancel) => new([.. (
                asked.TextDocument is { } one
                    ? FileUri.ToPath(one.Uri) is { } path
                        ? [path]
                        : []
                    : Paths(now, cancel)
            ).Select(path => FileOf(now, path)).OfType<TestFile>().Take(MostFiles)]);

    private static IEnumerable<string> Paths(Snapshot now, CancellationToken cancel) =>
        now
            .Folders.SelectMany(folder => Discovery.Files(folder, path => KnownFormats.Has(path) || EvaluationFiles.MayBe(path), cancel))
            .Distinct(StringComparer.Ordinal);

    private static TestFile? FileOf(Snapshot now, string path)
    {
        Root root = now.Roots.Of(path);
        string uri = now.OpenDocuments.FirstOrDefault(d => d.Path == path)?.Uri ?? FileUri.FromPath(path);
        if (EvaluationFiles.MayBe(path))
        {
            if (Evaluations.TextOf(now, path) is not { IsOk: true } file || !EvaluationFiles.Is(file.Text))
                return null;
            ImmutableArray<EvaluationRow> rows = EvaluationReader.Read(path, root, root.Relative, p => Evaluations.TextOf(now, p)).Rows;
            return rows.IsEmpty
                ? null
                : new(
                    uri,
                    "evaluation",
                    root.Relative(path),
                    [.. rows.Take(MostRows).Select(r => new TestItem(r.Id, r.At.Path == path ? uri : FileUri.FromPath(r.At.Path), LineOf(r.At.Line)))]
                );
        }
        return PromptAt(now, path) is { Header.Tests: { IsEmpty: false } tests } prompt
            ? new(
                uri,
                "prompt",
                root.Relative(path),
                [.. tests.Select((t, i) => new TestItem(NameOf(t, i), uri, prompt.Document.Text.RangeOf(prompt.Document.Text.FirstLineOf(t.Node.Span))))]
            )
            : null;
    }

    private static string NameOf(PromptTest test, int place) => test.Name ?? $"test {place + 1}";

    // Of those on disk, only the ones with tests are read as prompts.
    private static PromptModel? PromptAt(Snapshot now, string path) =>
        now.OpenDocuments.FirstOrDefault(d => d.Path == path) is { } open
            ? now.Find(open.Uri)?.Prompt
            : now.ReadOnce(path, static text => text.Content.Contains("tests:", StringComparison.Ordinal)).Prompt;

    public static async Task<object?> Run(Snapshot now, RunTestsParams asked, CancellationToken cancel)
    {
        string uri = asked.TextDocument.Uri;
        if (FileUri.ToPath(uri) is not { } path || PromptAt(now, path) is not { } prompt)
            throw RequestFailed.With($"{uri} is no prompt that could be read.");
        if (prompt.Document.FrontMatter.Problems is [var problem, ..])
            return new TestResults([]) { Error = problem.Message };
        // A test may count tokens.
        await TokenCounters.LoadAsync().WaitAsync(cancel);
        var patient = new PromptModel(prompt.Document, prompt.Environment with { Tokens = TokenCounters.For });
        return new TestResults([.. PromptTests.Run(patient, RenderLimits.Command, cancel).Select(r => Result(r, uri, prompt.Document.Text))]);
    }

    private static TestResult Result(PromptTestResult result, string uri, SourceText text)
    {
        IEnumerable<TestMessage> messages = result.Error is { } error
            ? [new(error, uri, text.RangeOf(text.FirstLineOf(result.Test.Node.Span)))]
            : result
                .Assertions.Where(a => a.Outcome != TestOutcome.Passed)
                .Select(a => new TestMessage($"{a.Assertion.Kind}: {a.Why}", uri, text.RangeOf(a.Assertion.KindSpan)));
        return new(
            result.Name,
            result.Outcome switch
            {
                TestOutcome.Passed => "passed",
                TestOutcome.Failed => "failed",
                _ => "not-run",
            },
            [.. messages]
        );
    }

    private static Protocol.Range LineOf(int line) => new(new(line, 0), new(line, 0));
}
