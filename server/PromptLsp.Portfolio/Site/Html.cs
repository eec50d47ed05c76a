using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace PromptLsp.Portfolio.Site;

/// <summary>Writes a page. What is put into an interpolated string is escaped, always; what is markup is written out.</summary>
internal sealed class Html
{
    private const string Policy = "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'";

    private readonly StringBuilder _page = new();

    /// <param name="up">The way to the site's folder: empty, or <c>../</c>.</param>
    public Html(string title, string up, params ReadOnlySpan<string> scripts)
    {
        Add($"<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n");
        Add($"<meta http-equiv=\"Content-Security-Policy\" content=\"{Policy}\">\n");
        Add($"<meta name=\"generator\" content=\"{PortfolioSite.Generator}\">\n<meta name=\"referrer\" content=\"no-referrer\">\n");
        Add($"<title>{title}</title>\n<link rel=\"stylesheet\" href=\"{up}site.css\">\n");
        foreach (string script in scripts)
            Add($"<script src=\"{up}{script}\" defer></script>\n");
        Add($"</head>\n<body>\n");
    }

    public void Add(ref Escaped text) => _page.Append(text.Take());

    /// <summary>JSON that is no script. <see cref="System.Text.Json.Utf8JsonWriter"/> escapes all that could end it, unless it is told otherwise.</summary>
    public void AddJson(byte[] json) => _page.Append(Encoding.UTF8.GetString(json));

    public string Close()
    {
        Add($"</body>\n</html>\n");
        return _page.ToString();
    }

    /// <summary>An interpolated string whose holes are text, never markup.</summary>
    [InterpolatedStringHandler]
    internal ref struct Escaped(int literalLength, int formattedCount)
    {
        private readonly StringBuilder _text = new(literalLength + (16 * formattedCount));

        public readonly void AppendLiteral(string markup) => _text.Append(markup);

        public readonly void AppendFormatted(string? text) => _text.Append(WebUtility.HtmlEncode(text));

        public readonly void AppendFormatted(int number) => _text.Append(number.ToString(System.Globalization.CultureInfo.InvariantCulture));

        internal readonly StringBuilder Take() => _text;
    }
}
