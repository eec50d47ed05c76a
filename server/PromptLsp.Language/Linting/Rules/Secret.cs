using System.Buffers;
using PromptLsp.Language.Catalog;
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
                yield return new(
                    TextSpan.FromBounds(at, end),
                    $"{what} (`{Masked(text, at)}`) stands in this file, where whoever reads the prompt can take it; revoke it, and give it at run time"
                );
                at = end;
            }
            else
            {
                at++;
            }
        }
    }

    /// <summary>How a vendor's keys look: what they begin with, then so many characters of an alphabet.</summary>
    private sealed record Shape(string Beginning, string What, Alphabet Rest, int Least, int Most);

    private enum Alphabet
    {
        /// <summary>Letters and digits.</summary>
        Alphanumeric,

        /// <summary>Base64 as URLs have it: with <c>-</c> and <c>_</c>.</summary>
        Url,
        Letters,
        Hex,

        /// <summary>Capitals and the digits 2 to 7.</summary>
        Base32,
    }

    // From the vendors' own documentation of their keys. Of two beginnings that fit, the longer stands first.
    private static readonly Shape[] Shapes =
    [
        new("sk-ant-", "an Anthropic key", Alphabet.Url, 40, 200),
        new("sk-proj-", "an OpenAI key", Alphabet.Url, 40, 250),
        new("sk-svcacct-", "an OpenAI key", Alphabet.Url, 40, 250),
        new("sk-admin-", "an OpenAI key", Alphabet.Url, 40, 250),
        new("sk-or-v1-", "an OpenRouter key", Alphabet.Hex, 64, 64),
        new("sk-", "an API key", Alphabet.Alphanumeric, 32, 64),
        new("sk_live_", "a Stripe key", Alphabet.Alphanumeric, 24, 128),
        new("rk_live_", "a Stripe key", Alphabet.Alphanumeric, 24, 128),
        new("ghp_", "a GitHub token", Alphabet.Alphanumeric, 36, 36),
        new("gho_", "a GitHub token", Alphabet.Alphanumeric, 36, 36),
        new("ghu_", "a GitHub token", Alphabet.Alphanumeric, 36, 36),
        new("ghs_", "a GitHub token", Alphabet.Alphanumeric, 36, 36),
        new("ghr_", "a GitHub token", Alphabet.Alphanumeric, 36, 76),
        new("github_pat_", "a GitHub token", Alphabet.Url, 82, 82),
        new("glpat-", "a GitLab token", Alphabet.Url, 20, 30),
        new("AKIA", "an AWS access key", Alphabet.Base32, 16, 16),
        new("ASIA", "an AWS access key", Alphabet.Base32, 16, 16),
        new("AIza", "a Google key", Alphabet.Url, 35, 35),
        new("ya29.", "a Google token", Alphabet.Url, 60, 400),
        new("xoxb-", "a Slack token", Alphabet.Url, 40, 100),
        new("xoxp-", "a Slack token", Alphabet.Url, 40, 100),
        new("xapp-", "a Slack token", Alphabet.Url, 60, 120),
        new("hf_", "a Hugging Face token", Alphabet.Letters, 34, 34),
        new("gsk_", "a Groq key", Alphabet.Alphanumeric, 52, 52),
        new("pplx-", "a Perplexity key", Alphabet.Alphanumeric, 48, 56),
        new("xai-", "an xAI key", Alphabet.Alphanumeric, 70, 90),
        new("r8_", "a Replicate token", Alphabet.Alphanumeric, 37, 40),
        new("nvapi-", "an NVIDIA key", Alphabet.Url, 60, 80),
        new("lsv2_pt_", "a LangSmith key", Alphabet.Hex, 32, 32),
        new("lsv2_sk_", "a LangSmith key", Alphabet.Hex, 32, 32),
        new("dapi", "a Databricks token", Alphabet.Hex, 32, 32),
        new("npm_", "an npm token", Alphabet.Alphanumeric, 36, 36),
        new("pypi-", "a PyPI token", Alphabet.Url, 100, 300),
        new("SG.", "a SendGrid key", Alphabet.Url, 22, 22),
        new("shpat_", "a Shopify token", Alphabet.Hex, 32, 32),
        new("dop_v1_", "a DigitalOcean token", Alphabet.Hex, 64, 64),
        new("sbp_", "a Supabase token", Alphabet.Hex, 40, 40),
        new("lin_api_", "a Linear key", Alphabet.Alphanumeric, 40, 40),
    ];

    private const string PrivateKey = "-----BEGIN ", PrivateKeyEnd = "PRIVATE KEY-----";

    private static readonly SearchValues<string> Beginnings = SearchValues.Create([PrivateKey, .. Shapes.Select(s => s.Beginning)], StringComparison.Ordinal);

    private static (int End, string What)? KeyAt(string text, int start)
    {
        // In a word, a path or a longer key it is no beginning.
        if (start > 0 && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] is '_' or '-'))
            return null;
        ReadOnlySpan<char> rest = text.AsSpan(start);
        if (rest.StartsWith(PrivateKey))
            return PrivateKeyAt(text, start);
        foreach (Shape shape in Shapes)
        {
            if (!rest.StartsWith(shape.Beginning))
                continue;
            ReadOnlySpan<char> key = Key(rest[shape.Beginning.Length..], shape.Rest);
            if (shape.Least <= key.Length && key.Length <= shape.Most && LooksRandom(key, shape.Rest))
                return (start + shape.Beginning.Length + key.Length, shape.What);
        }
        return null;
    }

    private static ReadOnlySpan<char> Key(ReadOnlySpan<char> rest, Alphabet alphabet)
    {
        int length = 0;
        while (length < rest.Length && length <= LongestKey && IsIn(rest[length], alphabet))
            length++;
        // A word character behind makes it a longer, other thing.
        return length < rest.Length && (char.IsAsciiLetterOrDigit(rest[length]) || (rest[length] == '_' && alphabet != Alphabet.Hex)) ? [] : rest[..length];
    }

    private const int LongestKey = 500;

    private static bool IsIn(char c, Alphabet alphabet) => alphabet switch
    {
        Alphabet.Alphanumeric => char.IsAsciiLetterOrDigit(c),
        Alphabet.Url => char.IsAsciiLetterOrDigit(c) || c is '-' or '_',
        Alphabet.Letters => char.IsAsciiLetter(c),
        Alphabet.Hex => char.IsAsciiHexDigitLower(c),
        _ => char.IsAsciiLetterUpper(c) || c is >= '2' and <= '7',
    };

    // Placeholders repeat a letter, count up, or are words: real keys mix letters and digits, and few characters recur in a row.
    private static bool LooksRandom(ReadOnlySpan<char> key, Alphabet alphabet)
    {
        int digits = 0, lower = 0, upper = 0, steps = 0;
        UInt128 seen = 0;
        for (int i = 0; i < key.Length; i++)
        {
            digits += char.IsAsciiDigit(key[i]) ? 1 : 0;
            lower += char.IsAsciiLetterLower(key[i]) ? 1 : 0;
            upper += char.IsAsciiLetterUpper(key[i]) ? 1 : 0;
            seen |= UInt128.One << key[i];
            steps += i > 0 && (key[i] == key[i - 1] || key[i] == key[i - 1] + 1) ? 1 : 0;
        }
        bool isMixed = alphabet switch
        {
            Alphabet.Url => digits >= 1 && lower >= 2 && upper >= 2,
            Alphabet.Letters => lower >= 4 && upper >= 4,
            Alphabet.Base32 => upper >= 4,
            _ => digits >= 2 && lower + upper >= 4,
        };
        return isMixed && steps * 4 < key.Length && UInt128.PopCount(seen) >= 8 && !IsPlaceholder(key);
    }

    private static bool IsPlaceholder(ReadOnlySpan<char> key)
    {
        foreach (string word in PlaceholderWords)
        {
            if (key.Contains(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    private static readonly string[] PlaceholderWords =
    [
        "example",
        "your",
        "placeholder",
        "replace",
        "insert",
        "dummy",
        "sample",
        "redacted",
        "xxxx",
        "0000",
        "token",
        "apikey",
    ];

    private static (int, string)? PrivateKeyAt(string text, int start)
    {
        ReadOnlySpan<char> rest = text.AsSpan(start);
        int end = rest[..Math.Min(rest.Length, LongestHeading)].IndexOf(PrivateKeyEnd);
        if (end < 0)
            return null;
        end += PrivateKeyEnd.Length;
        // A heading alone, as in a text about keys, is no key. In JSON a line end is written `\n`.
        ReadOnlySpan<char> body = rest[end..].TrimStart();
        while (body.StartsWith("\\n") || body.StartsWith("\\r"))
            body = body[2..].TrimStart();
        int length = body.IndexOfAnyExcept(Base64);
        return (length < 0 ? body.Length : length) >= LeastKeyLine ? (start + end, "a private key") : null;
    }

    private const int LongestHeading = 60, LeastKeyLine = 60;

    private static readonly SearchValues<char> Base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");

    private static string Masked(string text, int start) => text[start..Math.Min(text.Length, start + 6)] + "…";
}
