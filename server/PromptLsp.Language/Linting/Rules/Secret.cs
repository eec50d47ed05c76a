using System.Buffers;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>A key, a token or a private key that was written into the file. It is shown masked.</summary>
public sealed class Secret : Rule
{
    public override string Id => "secret";

    public override RuleGroup Group => RuleGroup.Safety;

    public override Severity Default => Severity.Error;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        string text = prompt.Document.Text.Content;
        for (int at = 0; at < text.Length;)
        {
            int found = text.AsSpan(at).IndexOfAny(Beginnings);
            if (found < 0)
                yield break;
            at += found;
            if (KeyAt(text, at) is var (end, what))
            {
                yield return new(TextSpan.FromBounds(at, end), $"{what} (`{Masked(text, at)}`) stands in this file, where whoever reads the prompt can take it; revoke it, and give it at run time");
                at = end;
            }
            else
            {
                at++;
            }
        }
    }

    /// <summary>How a vendor's keys look: what they begin with, then so many characters of the rest.</summary>
    private sealed record Shape(string Beginning, string What, int Least, int Most = 400, bool HasDigit = true);

    // From the vendors' own documentation of their keys.
    private static readonly Shape[] Shapes =
    [
        new("sk-ant-", "an Anthropic key", 24),
        new("sk-proj-", "an OpenAI key", 24),
        new("sk-or-", "an OpenRouter key", 24),
        new("sk-", "an API key", 32),
        new("sk_live_", "a Stripe key", 20),
        new("rk_live_", "a Stripe key", 20),
        new("ghp_", "a GitHub token", 36, 36),
        new("gho_", "a GitHub token", 36, 36),
        new("ghu_", "a GitHub token", 36, 36),
        new("ghs_", "a GitHub token", 36, 36),
        new("github_pat_", "a GitHub token", 60),
        new("glpat-", "a GitLab token", 20),
        new("AKIA", "an AWS access key", 16, 16),
        new("ASIA", "an AWS access key", 16, 16),
        new("AIza", "a Google key", 35, 35),
        new("ya29.", "a Google token", 30),
        new("xoxb-", "a Slack token", 24),
        new("xoxp-", "a Slack token", 24),
        new("hf_", "a Hugging Face token", 30),
        new("gsk_", "a Groq key", 40),
        new("npm_", "an npm token", 36, 36),
        new("pypi-", "a PyPI token", 60),
        new("SG.", "a SendGrid key", 60),
        new("shpat_", "a Shopify token", 32, 32),
        new("dop_v1_", "a DigitalOcean token", 64, 64),
    ];

    private const string PrivateKey = "-----BEGIN ";

    private static readonly SearchValues<string> Beginnings = SearchValues.Create([PrivateKey, .. Shapes.Select(s => s.Beginning)], StringComparison.Ordinal);

    private static (int End, string What)? KeyAt(string text, int start)
    {
        if (start > 0 && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] is '_' or '-'))
            return null;
        ReadOnlySpan<char> rest = text.AsSpan(start);
        if (rest.StartsWith(PrivateKey))
            return PrivateKeyAt(text, start);
        foreach (Shape shape in Shapes)
        {
            if (rest.StartsWith(shape.Beginning) && Length(rest[shape.Beginning.Length..]) is int length && length >= shape.Least && length <= shape.Most && LooksRandom(rest.Slice(shape.Beginning.Length, length)))
                return (start + shape.Beginning.Length + length, shape.What);
        }
        return null;
    }

    private static (int, string)? PrivateKeyAt(string text, int start)
    {
        ReadOnlySpan<char> rest = text.AsSpan(start);
        int line = rest.IndexOfAny('\r', '\n');
        if (line < 0 || !rest[..line].TrimEnd().EndsWith("PRIVATE KEY-----"))
            return null;
        // A heading alone, as in a text about keys, is no key.
        ReadOnlySpan<char> body = rest[line..].TrimStart();
        int end = body.IndexOfAnyExcept(Base64);
        return (end < 0 ? body.Length : end) >= 40 ? (start + line, "a private key") : null;
    }

    private static readonly SearchValues<char> Base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");

    private static readonly SearchValues<char> KeyCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    private static int Length(ReadOnlySpan<char> rest)
    {
        int length = rest.IndexOfAnyExcept(KeyCharacters);
        length = length < 0 ? rest.Length : length;
        while (length > 0 && rest[length - 1] is '.' or '-')
            length--;
        return length;
    }

    // Placeholders repeat a letter, count up, or are words: real keys mix letters and digits, and few characters recur in a row.
    private static bool LooksRandom(ReadOnlySpan<char> key)
    {
        int digits = 0, letters = 0, runs = 0;
        ulong seen = 0;
        for (int i = 0; i < key.Length; i++)
        {
            digits += char.IsAsciiDigit(key[i]) ? 1 : 0;
            letters += char.IsAsciiLetter(key[i]) ? 1 : 0;
            seen |= 1UL << (key[i] & 63);
            if (i > 0 && (key[i] == key[i - 1] || key[i] == key[i - 1] + 1))
                runs++;
        }
        return digits >= 2 && letters >= 4 && System.Numerics.BitOperations.PopCount(seen) >= 8 && runs * 3 < key.Length
            && !key.Contains("example", StringComparison.OrdinalIgnoreCase) && !key.Contains("your", StringComparison.OrdinalIgnoreCase);
    }

    private static string Masked(string text, int start) => text[start..Math.Min(text.Length, start + 6)] + "…";
}
