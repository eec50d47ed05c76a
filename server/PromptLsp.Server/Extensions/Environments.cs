using System.Text.Json;
using PromptLsp.Server.Protocol;
using PromptLsp.Server.Rpc;

namespace PromptLsp.Server.Extensions;

// docs/protocol.md says what these mean; they are not part of LSP.

internal sealed record EnvironmentsResult(EnvironmentsOfRoot[] Roots) : ISent
{
    public void Write(JsonMembers to) => to.Add("roots", Roots);
}

internal sealed record EnvironmentsOfRoot(
    string Uri,
    string Settings,
    EnvironmentShape[] Environments,
    PromptInEnvironments[] Prompts,
    WaitingShape[] Waiting
) : ISent
{
    public string? You { get; init; }

    public string? Problem { get; init; }

    public void Write(JsonMembers to) => to
        .Add("uri", Uri)
        .Add("settings", Settings)
        .Add("environments", Environments)
        .Add("prompts", Prompts)
        .Add("waiting", Waiting)
        .Add("you", You)
        .Add("problem", Problem);
}

internal sealed record EnvironmentShape(string Name) : ISent
{
    public string? From { get; init; }

    public bool? Retired { get; init; }

    public MomentShape? Frozen { get; init; }

    public int? Approvals { get; init; }

    public void Write(JsonMembers to) => to.Add("name", Name).Add("from", From).Add("retired", Retired).Add("frozen", Frozen).Add("approvals", Approvals);
}

/// <summary>Who did something, when, and why.</summary>
internal sealed record MomentShape(string By, string At) : ISent
{
    public string? Why { get; init; }

    public void Write(JsonMembers to) => to.Add("by", By).Add("at", At).Add("why", Why);
}

internal sealed record PromptInEnvironments(string Uri, string Path, CellShape[] Cells) : ISent
{
    public void Write(JsonMembers to) => to.Add("uri", Uri).Add("path", Path).Add("cells", Cells);
}

/// <param name="Text">What it holds, in a word: <c>v12</c>; empty where it holds nothing.</param>
internal sealed record CellShape(string Environment, string Text) : ISent
{
    public string? Release { get; init; }

    public int? Behind { get; init; }

    public string? Kind { get; init; }

    public string? From { get; init; }

    public MomentShape? Since { get; init; }

    public string? Next { get; init; }

    public bool? Changed { get; init; }

    public int? Approvals { get; init; }

    public string? Breaks { get; init; }

    public string? Problem { get; init; }

    /// <summary>The answers to what it holds drifted.</summary>
    public DriftShape? Drift { get; init; }

    /// <summary>The problem is that its files are not what was released.</summary>
    public bool? Edited { get; init; }

    public void Write(JsonMembers to) => to
        .Add("environment", Environment)
        .Add("text", Text)
        .Add("release", Release)
        .Add("behind", Behind)
        .Add("kind", Kind)
        .Add("from", From)
        .Add("since", Since)
        .Add("next", Next)
        .Add("changed", Changed)
        .Add("approvals", Approvals)
        .Add("breaks", Breaks)
        .Add("problem", Problem)
        .Add("drift", Drift)
        .Add("edited", Edited);
}

/// <param name="Since">The first alarm behind the last check that found nothing.</param>
/// <param name="Says">What the last alarm said, in one sentence.</param>
internal sealed record DriftShape(string Since, string Checked, string Says, string Model, string Evaluation) : ISent
{
    public double? P { get; init; }

    public void Write(JsonMembers to) =>
        to.Add("since", Since).Add("checked", Checked).Add("says", Says).Add("model", Model).Add("evaluation", Evaluation).Add("p", P);
}

internal sealed record WaitingShape(string Uri, string Path, string Environment, string Kind, string Says) : ISent
{
    public void Write(JsonMembers to) => to.Add("uri", Uri).Add("path", Path).Add("environment", Environment).Add("kind", Kind).Add("says", Says);
}

internal sealed record PromotionParams(TextDocumentIdentifier TextDocument, string Environment)
{
    public string? Why { get; init; }

    public static PromotionParams Read(JsonElement from) => new(from.Object("textDocument", TextDocumentIdentifier.Read), from.String("environment"))
    {
        Why = from.OptionalString("why"),
    };
}

/// <summary>A promotion before it is made.</summary>
/// <param name="Name">What would come: <c>v15</c>.</param>
internal sealed record PromotionResult(string Uri, string Path, string Environment, string Name, string Seen, GateShape[] Gates) : ISent
{
    public string? From { get; init; }

    public string? Replaces { get; init; }

    public MomentShape? Since { get; init; }

    public bool There { get; init; }

    public bool Open { get; init; }

    public bool Approvable { get; init; }

    public string? Approved { get; init; }

    /// <summary>Of the prompt's text in what would come.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>The environments that take what this one holds.</summary>
    public string[] Next { get; init; } = [];

    public string[] Unsaved { get; init; } = [];

    public string Compared { get; init; } = "";

    public DiffLineShape[][] Hunks { get; init; } = [];

    public string[] PulledIn { get; init; } = [];

    public ChangeShape[] Contract { get; init; } = [];

    public void Write(JsonMembers to) => to
        .Add("uri", Uri)
        .Add("path", Path)
        .Add("environment", Environment)
        .Add("name", Name)
        .Add("seen", Seen)
        .Add("gates", Gates)
        .Add("from", From)
        .Add("replaces", Replaces)
        .Add("since", Since)
        .Add("there", There)
        .Add("open", Open)
        .Add("approvable", Approvable)
        .Add("approved", Approved)
        .Add("fingerprint", Fingerprint)
        .Add("next", Next)
        .Add("unsaved", Unsaved)
        .Add("compared", Compared)
        .Add("hunks", Hunks)
        .Add("pulledIn", PulledIn)
        .Add("contract", Contract);
}

internal sealed record GateShape(string Gate, bool Holds, string Says) : ISent
{
    public void Write(JsonMembers to) => to.Add("gate", Gate).Add("holds", Holds).Add("says", Says);
}

/// <summary>A line of a difference; its numbers are from 0.</summary>
internal sealed record DiffLineShape(string Kind, string Text) : ISent
{
    public int? Old { get; init; }

    public int? New { get; init; }

    public void Write(JsonMembers to) => to.Add("kind", Kind).Add("text", Text).Add("old", Old).Add("new", New);
}

internal sealed record ChangeShape(bool Breaking, string Message) : ISent
{
    public void Write(JsonMembers to) => to.Add("breaking", Breaking).Add("message", Message);
}

/// <summary>The one argument of a command that is about an environment; which fields count depends on the command.</summary>
internal sealed record EnvironmentArgument(string Environment)
{
    public string? Uri { get; init; }

    public string? Why { get; init; }

    public string? To { get; init; }

    public string? Seen { get; init; }

    /// <summary>Only says what would be done.</summary>
    public bool DryRun { get; init; }

    public static EnvironmentArgument Read(JsonElement from) => new(from.OptionalString("environment") ?? "")
    {
        Uri = from.OptionalString("uri"),
        Why = from.OptionalString("why"),
        To = from.OptionalString("to"),
        Seen = from.OptionalString("seen"),
        DryRun = from.TryGetProperty("dryRun", out JsonElement dry) && dry.ValueKind == JsonValueKind.True,
    };
}

/// <param name="Said">What was done, in one line.</param>
internal sealed record DoneResult(string Said) : ISent
{
    public void Write(JsonMembers to) => to.Add("said", Said);
}
