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

    public bool WorkspaceDiagnostics => false;
}
