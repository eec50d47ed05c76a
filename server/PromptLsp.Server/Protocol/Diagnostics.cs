namespace PromptLsp.Server.Protocol;

internal sealed record Diagnostic(Range Range, string Message)
{
    public int? Severity { get; init; }

    public string? Code { get; init; }

    public string? Source { get; init; }

    public int[]? Tags { get; init; }

    public DiagnosticRelatedInformation[]? RelatedInformation { get; init; }
}

internal sealed record DiagnosticRelatedInformation(Location Location, string Message);

internal sealed record DocumentDiagnosticParams(TextDocumentIdentifier TextDocument)
{
    public string? PreviousResultId { get; init; }
}

/// <summary><c>full</c> with its items, or <c>unchanged</c> since the result of this id.</summary>
internal sealed record DocumentDiagnosticReport(string Kind)
{
    public string? ResultId { get; init; }

    public Diagnostic[]? Items { get; init; }
}

internal sealed record DiagnosticOptions
{
    public string Identifier => "promptlsp";

    public bool InterFileDependencies => true;

    public bool WorkspaceDiagnostics => true;
}

internal sealed record WorkspaceDiagnosticParams(PreviousResultId[] PreviousResultIds);

internal sealed record PreviousResultId(string Uri, string Value);

internal sealed record WorkspaceDiagnosticReport(WorkspaceDocumentDiagnosticReport[] Items);

/// <summary>The whole of a file's findings; files that have not changed are left out of an answer.</summary>
internal sealed record WorkspaceDocumentDiagnosticReport(string Uri, Diagnostic[] Items)
{
    public string Kind => "full";

    public string? ResultId { get; init; }

    // A file that is not open has no version, and LSP wants that said.
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)]
    public int? Version => null;
}
