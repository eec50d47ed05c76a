using System.Text;
using PromptLsp.History.Files;

namespace PromptLsp.Cli.Reports;

/// <summary>Pages that a command writes go over earlier ones of its own, and over nothing else.</summary>
internal static class OwnPage
{
    /// <summary>True for a file in which the mark stands that all of them have.</summary>
    public static bool Is(string path, string mark) =>
        RegularFile.Read(path, int.MaxValue - 1).Bytes is { } page && page.Span.IndexOf(Encoding.UTF8.GetBytes(mark)) >= 0;
}
