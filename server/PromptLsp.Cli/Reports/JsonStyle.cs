using System.Text.Encodings.Web;
using System.Text.Json;

namespace PromptLsp.Cli.Reports;

/// <summary>How all our JSON is written: indented, letters as they are.</summary>
internal static class JsonStyle
{
    public static JsonWriterOptions Writer { get; } = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
