using PromptLsp.Language.Text;

namespace PromptLsp.Language.Hover;

/// <summary>What a hover shows, as Markdown in which nothing of a file's is live, and the span it is about.</summary>
/// <param name="About">What there is to say of the place itself.</param>
public sealed record HoverText(TextSpan Span, string About)
{
    /// <summary>What the model would get, which may be long and stands below all else.</summary>
    public string Preview { get; init; } = "";

    public string Markdown => Joined(About, Preview);

    /// <summary>The same with something more to say of the place.</summary>
    public string With(string more) => Joined(About, more, Preview);

    private static string Joined(params IEnumerable<string> parts) => string.Join("\n\n---\n\n", parts.Where(p => p.Length > 0));
}
