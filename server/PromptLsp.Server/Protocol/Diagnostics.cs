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
