using System.Globalization;
using System.Text;

namespace PromptLsp.History.Store;

/// <summary>
/// The one way in which an event is written for its hash: a line that names the encoding, then a line <c>name SP length SP value LF</c> for
/// each field that is there, in a fixed order, beginning with the previous event's hash. Length is the value's in bytes of UTF-8, so that no
/// value can pass for another field. What is about environments is written by encoding 2, which has fields of its own; all else by encoding 1. Golden
/// vectors hold both: what was written once is never encoded otherwise.
/// </summary>
internal static class EventEncoding
{
    /// <summary>What stands before the first event.</summary>
    public static string Beginning { get; } = new('0', 64);

    public static string Hash(string previous, Event e) => Sha256.Hex(Text(previous, e));

    public static string Text(string previous, Event e)
    {
        var text = new StringBuilder(e.Kind.IsOfEnvironment ? "promptlsp event 2\n" : "promptlsp event 1\n", 512);
        Field("previous", previous);
        Field("sequence", Number(e.Sequence));
        Field("kind", e.Kind.Word);
        Field("prompt", Number(e.Prompt));
        Field("path", e.Path);
        Field("number", Number(e.Number));
        Field("target", Number(e.Target));
        Field("source", Number(e.Source));
        Field("fingerprint", e.Fingerprint);
        Field("exact", e.Exact);
        Field("effective", e.Effective);
        Field("tag", e.Tag);
        Field("note", e.Note);
        Field("erased", e.Erased);
        Field("added", Number(e.Added));
        Field("removed", Number(e.Removed));
        Field("environment", e.Where?.Environment);
        Field("release", e.Where?.Release);
        Field("context", e.Where?.Context);
        Field("from", e.Where?.From);
        Field("record", e.Where?.Record);
        Field("author", e.Author);
        Field("at", Number(e.At.ToUnixTimeMilliseconds()));
        Field("branch", e.Branch);
        Field("commit", e.Commit);
        Field("tool", e.Tool);
        return text.ToString();

        void Field(string name, string? value)
        {
            if (value is not null)
                text.Append(name).Append(' ').Append(Encoding.UTF8.GetByteCount(value)).Append(' ').Append(value).Append('\n');
        }
    }

    private static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);
}
