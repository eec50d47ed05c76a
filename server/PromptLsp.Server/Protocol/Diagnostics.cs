using System.Text.Json;
using PromptLsp.Server.Rpc;

namespace PromptLsp.Server.Protocol;

internal sealed record Diagnostic(Range Range, string Message) : ISent
{
    public int? Severity { get; init; }

    public string? Code { get; init; }

    public CodeDescription? CodeDescription { get; init; }

    public string? Source { get; init; }

    public int[]? Tags { get; init; }

    public DiagnosticRelatedInformation[]? RelatedInformation { get; init; }

    public void Write(JsonMembers to) => to
        .Add("range", Range)
        .Add("message", Message)
        .Add("severity", Severity)
        .Add("code", Code)
        .Add("codeDescription", CodeDescription)
        .Add("source", Source)
        .Add("tags", Tags)
        .Add("relatedInformation", RelatedInformation);
}

internal sealed record CodeDescription(string Href) : ISent
{
    public void Write(JsonMembers to) => to.Add("href", Href);
}

internal sealed record DiagnosticRelatedInformation(Location Location, string Message) : ISent
{
    public void Write(JsonMembers to) => to.Add("location", Location).Add("message", Message);
}

internal sealed record DocumentDiagnosticParams(TextDocumentIdentifier TextDocument)
{
    public string? PreviousResultId { get; init; }

    public static DocumentDiagnosticParams Read(JsonElement from) => new(from.Object("textDocument", TextDocumentIdentifier.Read))
    {
        PreviousResultId = from.OptionalString("previousResultId"),
    };
}

/// <summary><c>full</c> with its items, or <c>unchanged</c> since the result of this id.</summary>
internal sealed record DocumentDiagnosticReport(string Kind) : ISent
{
    public string? ResultId { get; init; }

    public Diagnostic[]? Items { get; init; }

    public void Write(JsonMembers to) => to.Add("kind", Kind).Add("resultId", ResultId).Add("items", Items);
}

internal sealed record DiagnosticOptions : ISent
{
    public string Identifier => "promptlsp";

    public bool InterFileDependencies => true;

    public bool WorkspaceDiagnostics => true;

    public void Write(JsonMembers to) =>
        to.Add("identifier", Identifier).Add("interFileDependencies", InterFileDependencies).Add("workspaceDiagnostics", WorkspaceDiagnostics);
}

internal sealed record WorkspaceDiagnosticParams(PreviousResultId[] PreviousResultIds)
{
    public static WorkspaceDiagnosticParams Read(JsonElement from) => new(from.Array("previousResultIds", PreviousResultId.Read));
}

internal sealed record PreviousResultId(string Uri, string Value)
{
    public static PreviousResultId Read(JsonElement from) => new(from.String("uri"), from.String("value"));
}

internal sealed record WorkspaceDiagnosticReport(WorkspaceDocumentDiagnosticReport[] Items) : ISent
{
    public void Write(JsonMembers to) => to.Add("items", Items);
}

/// <summary>The whole of a file's findings; files that have not changed are left out of an answer.</summary>
internal sealed record WorkspaceDocumentDiagnosticReport(string Uri, Diagnostic[] Items) : ISent
{
    public string Kind => "full";

    public string? ResultId { get; init; }

    // A file that is not open has no version, and LSP wants that said.
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)]
    public int? Version => null;

    public void Write(JsonMembers to) => to.Add("uri", Uri).Add("items", Items).Add("kind", Kind).Add("resultId", ResultId).AddOrNull("version", Version);
}
