using System.Globalization;
using System.Text.Json;
using PromptLsp.History;
using PromptLsp.Releases.Content;
using PromptLsp.Releases.Folder;
using PromptLsp.Workspace.Settings;

namespace PromptLsp.Releases.Signing;

/// <summary>What somebody says of a release.</summary>
public enum ApprovalKind
{
    /// <summary>It may come into the environment.</summary>
    Approved,

    /// <summary>An approval of the same person's counts no more.</summary>
    Withdrawn,

    /// <summary>It may come in although a gate is shut.</summary>
    Overridden,
}

/// <summary>
/// One person's word on one release, for one environment, in the place of one named record: any other release, place or predecessor it does not speak
/// of.
/// </summary>
/// <param name="Replaces">The <see cref="ReleaseRecord.Id"/> of what runs there now; null where nothing does.</param>
/// <param name="By">A mail address, as the file of signers has it.</param>
/// <param name="Signature">As <c>ssh-keygen -Y sign</c> writes it; null for a mere claim.</param>
public sealed record Approval(
    ApprovalKind Kind,
    string Environment,
    string Prompt,
    ReleaseName Name,
    string? Replaces,
    string By,
    DateTimeOffset At,
    string? Note,
    string? Signature
)
{
    /// <summary>What the signature is for, so that one made for a commit is none for a prompt.</summary>
    public const string Namespace = Signers.Namespace;

    private static readonly string[] Kinds = ["approved", "withdrawn", "overridden"];

    public string KindWord => Kinds[(int)Kind];

    /// <summary>What is signed.</summary>
    public string Statement => new CanonicalText("promptlsp approval 1")
        .Add("kind", KindWord)
        .Add("environment", Environment)
        .Add("prompt", Prompt)
        .Add("release", Name.Release)
        .Add("context", Name.Context)
        .Add("replaces", Replaces ?? "nothing")
        .Add("by", By)
        .Add("at", At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture))
        .Add("note", Note)
        .ToString();

    public string Id => Sha256.Hex(Statement);

    public string FileName => Id + ".json";

    public string Text => ReleaseJson.Write(json =>
    {
        json.WriteMoment("at", At);
        json.WriteString("by", By);
        json.WriteString("context", Name.Context);
        json.WriteString("environment", Environment);
        json.WriteString("kind", KindWord);
        json.WriteString("note", Note);
        json.WriteString("prompt", Prompt);
        json.WriteString("release", Name.Release);
        json.WriteString("replaces", Replaces);
        json.WriteString("signature", Signature);
    });

    /// <param name="fileName">The name of the file, which is that of what it says.</param>
    /// <exception cref="ReleaseException">It was not written by this program.</exception>
    public static Approval Parse(string content, string fileName, string shown)
    {
        Approval approval = ReleaseJson.Read(content, shown, Of, a => a.Text);
        return approval.FileName == fileName
            ? approval
            : throw new ReleaseException($"`{shown}` does not say what its name says: it was edited; bring it back from git");
    }

    private static Approval Of(JsonElement json) => new(
        Array.IndexOf(Kinds, json.Text("kind")) is >= 0 and var kind ? (ApprovalKind)kind : throw new FormatException("kind"),
        json.Text("environment"),
        json.Text("prompt"),
        new(json.Hash("release"), json.Hash("context")),
        json.OptionalHash("replaces"),
        json.Text("by"),
        json.At("at"),
        json.OptionalText("note"),
        json.OptionalText("signature"));
}
