using System.Globalization;
using PromptLsp.Cli.Reports;
using PromptLsp.History.Lists;
using PromptLsp.History.Store;

namespace PromptLsp.Cli.Versions;

/// <summary>Versions as people read them in a terminal.</summary>
internal static class VersionText
{
    /// <summary><c>v12 · Ada Lovelace, 2 hours ago · 3f9a2c1b · stable</c>.</summary>
    public static string Line(PromptVersion version, Terminal terminal)
    {
        string tags = version.Tags.IsEmpty ? "" : " · " + terminal.Paint.Green(string.Join(", ", version.Tags));
        return $"{terminal.Paint.Bold(version.Name)} · {Visible(version.AuthorName)}, {Age(version.At, terminal)} · "
            + $"{terminal.Paint.Dim(version.ShortFingerprint)}{tags}{(version.Deleted is { } gone ? $" · {gone}" : "")}";
    }

    public static string Age(DateTimeOffset at, Terminal terminal) => VersionWords.Ago(at, terminal.Clock.GetUtcNow());

    /// <summary><c>+3 −1</c>; nothing where it is not known.</summary>
    public static string Size(int? added, int? removed) =>
        added is null || removed is null ? "" : string.Create(CultureInfo.InvariantCulture, $"+{added} −{removed}");

    /// <summary>One line of text that hides and steers nothing, cut where it is too long.</summary>
    public static string Cut(string text, int width)
    {
        string visible = Visible(text);
        return visible.Length <= width ? visible : string.Concat(visible.AsSpan(0, Math.Max(1, width - 1)).TrimEnd(), "…");
    }

    public static string Visible(string text) => SourceExcerpt.Visible(text);
}
