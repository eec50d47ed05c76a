using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PromptLsp.Workspace.Settings;

/// <summary>A line of the file of signers: whose a key is.</summary>
/// <param name="Principals">Mail addresses, or patterns of such.</param>
/// <param name="Namespaces">What it may sign; null where the line does not say.</param>
/// <param name="Key">The public key in base64.</param>
public sealed record Signer(
    ImmutableArray<string> Principals,
    ImmutableArray<string>? Namespaces,
    bool IsAuthority,
    string? ValidAfter,
    string? ValidBefore,
    string KeyType,
    string Key
)
{
    /// <summary>It names people one by one, and lets them sign for us: only then does it count.</summary>
    public bool Names(string mail) => !IsAuthority && Principals.Contains(mail, StringComparer.OrdinalIgnoreCase);

    public bool AllowsUs => Namespaces is { } said && said.Contains(Signers.Namespace, StringComparer.Ordinal);

    public bool IsPattern => Principals.Any(p => p.AsSpan().ContainsAny('*', '?', '!'));
}

/// <summary>The keys whose signatures count, in the format of git's <c>gpg.ssh.allowedSignersFile</c> (ssh-keygen(1), ALLOWED SIGNERS).</summary>
public sealed partial class Signers(ImmutableArray<Signer> lines)
{
    /// <summary>What a signature is for, so that one made for a commit is none for a prompt.</summary>
    public const string Namespace = "promptlsp";

    public static Signers None { get; } = new([]);

    public ImmutableArray<Signer> Lines { get; } = lines;

    /// <summary>What is no line of a signer is passed over: it counts for nobody.</summary>
    public static Signers Parse(string text) => new([.. text.ReplaceLineEndings("\n").Split('\n').Select(Line).OfType<Signer>()]);

    /// <summary>Those who can sign for us, by name.</summary>
    public IEnumerable<string> People =>
        Lines
            .Where(l => l is { AllowsUs: true, IsAuthority: false, IsPattern: false })
            .SelectMany(l => l.Principals)
            .Distinct(StringComparer.OrdinalIgnoreCase);

    private static Signer? Line(string line)
    {
        if (line.TrimStart() is "" or ['#', ..])
            return null;
        string[] words = [.. Words().Matches(line).Select(m => m.Value)];
        int key = Array.FindIndex(words, 1, w => KeyType().IsMatch(w));
        if (words.Length < 3 || key is < 1 or > 2 || key + 1 >= words.Length)
            return null;
        string options = key == 2 ? words[1] : "";
        return new(
            [.. words[0].Trim('"').Split(',', StringSplitOptions.RemoveEmptyEntries)],
            Option(options, "namespaces")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToImmutableArray(),
            CertAuthority().IsMatch(options),
            Option(options, "valid-after"),
            Option(options, "valid-before"),
            words[key],
            words[key + 1]);
    }

    private static string? Option(string options, string name) =>
        Regex.Match(options, $"(?:^|,){name}=\"([^\"]*)\"", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1))
            is { Success: true } found
            ? found.Groups[1].Value
            : null;

    /// <summary>A moment as the file has it, <c>20261231</c> or with hours and minutes; UTC, as we run <c>ssh-keygen</c>.</summary>
    public static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParseExact(
            text?.TrimEnd('Z', 'z'),
            ["yyyyMMdd", "yyyyMMddHHmm", "yyyyMMddHHmmss"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out DateTimeOffset moment
        )
            ? moment
            : null;

    /// <summary>A file for <c>ssh-keygen</c> in which one person has one key, for us alone.</summary>
    /// <param name="isKnown">It was counted before: then only whether it was revoked matters, not whether it is still valid.</param>
    public static string FileFor(string mail, Signer signer, bool isKnown)
    {
        var line = new StringBuilder(mail).Append(" namespaces=\"").Append(Signers.Namespace).Append('"');
        if (!isKnown && signer.ValidAfter is { } after)
            line.Append(",valid-after=\"").Append(after).Append('"');
        if (!isKnown && signer.ValidBefore is { } before)
            line.Append(",valid-before=\"").Append(before).Append('"');
        return line.Append(' ').Append(signer.KeyType).Append(' ').Append(signer.Key).Append('\n').ToString();
    }

    // Blanks in quotes are a part of an option.
    [GeneratedRegex("(?:[^\\s\"]|\"[^\"]*\")+", RegexOptions.None, 1000)]
    private static partial Regex Words();

    [GeneratedRegex("^(?:ssh-|ecdsa-|sk-ssh-|sk-ecdsa-|rsa-)[a-z0-9@.-]+$", RegexOptions.None, 1000)]
    private static partial Regex KeyType();

    [GeneratedRegex("(?:^|,)cert-authority(?:,|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CertAuthority();
}
