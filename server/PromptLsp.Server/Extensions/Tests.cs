using System.Text.Json;
using PromptLsp.Server.Protocol;
using PromptLsp.Server.Rpc;

namespace PromptLsp.Server.Extensions;

// docs/protocol.md says what these mean; they are not part of LSP.

/// <summary>Which tests there are: of one file, or of the whole workspace.</summary>
internal sealed record TestsParams
{
    public TextDocumentIdentifier? TextDocument { get; init; }

    public static TestsParams Read(JsonElement from) => new() { TextDocument = from.Optional("textDocument", TextDocumentIdentifier.Read) };
}

internal sealed record TestsResult(TestFile[] Files) : ISent
{
    public void Write(JsonMembers to) => to.Add("files", Files);
}

/// <param name="Kind"><c>prompt</c>, whose tests need no model, or <c>evaluation</c>, whose rows do.</param>
internal sealed record TestFile(string Uri, string Kind, string Name, TestItem[] Items) : ISent
{
    public void Write(JsonMembers to) => to.Add("uri", Uri).Add("kind", Kind).Add("name", Name).Add("items", Items);
}

/// <param name="Uri">Where it stands: rows can be in a file of their own.</param>
internal sealed record TestItem(string Id, string Uri, Protocol.Range Range) : ISent
{
    public void Write(JsonMembers to) => to.Add("id", Id).Add("uri", Uri).Add("range", Range);
}

internal sealed record RunTestsParams(TextDocumentIdentifier TextDocument)
{
    public static RunTestsParams Read(JsonElement from) => new(from.Object("textDocument", TextDocumentIdentifier.Read));
}

/// <summary>An evaluation to be run.</summary>
/// <param name="Run">The client's name for it, under which progress comes.</param>
internal sealed record EvaluateParams(TextDocumentIdentifier TextDocument, string Run)
{
    /// <summary>The version that has the newest tag is asked as well, and compared.</summary>
    public bool Compare { get; init; }

    public static EvaluateParams Read(JsonElement from) =>
        new(from.Object("textDocument", TextDocumentIdentifier.Read), from.String("run")) { Compare = from.Flag("compare") };
}

/// <param name="Error">Why there are none, in a line.</param>
/// <param name="Text">Of an evaluation: what it shows, as a terminal would have it.</param>
/// <param name="Page">The same as a page that loads nothing.</param>
internal sealed record TestResults(TestResult[] Results) : ISent
{
    public string? Error { get; init; }

    public string? Text { get; init; }

    public string? Page { get; init; }

    public void Write(JsonMembers to) => to.Add("results", Results).Add("error", Error).Add("text", Text).Add("page", Page);
}

/// <param name="Outcome"><c>passed</c>, <c>failed</c>, or <c>not-run</c> where something is missing, such as an answer.</param>
internal sealed record TestResult(string Id, string Outcome, TestMessage[] Messages) : ISent
{
    public void Write(JsonMembers to) => to.Add("id", Id).Add("outcome", Outcome).Add("messages", Messages);
}

internal sealed record TestMessage(string Text, string Uri, Protocol.Range Range) : ISent
{
    public void Write(JsonMembers to) => to.Add("text", Text).Add("uri", Uri).Add("range", Range);
}
