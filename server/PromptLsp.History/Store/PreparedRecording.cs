using System.Collections.Immutable;
using System.Text;

namespace PromptLsp.History.Store;

/// <summary>A content with the name it is kept under, and packed once that is needed.</summary>
/// <param name="Hash">SHA-256 over the bytes.</param>
/// <param name="Fingerprint">Of the text; the same for contents that differ by line ends alone.</param>
internal sealed record Content(string Hash, string Fingerprint, ReadOnlyMemory<byte> Bytes)
{
    private byte[]? _packed;

    public byte[] Packed => _packed ??= Store.Packed.Pack(Bytes.Span);
}

/// <summary>All of a recording that can be worked out before the store is held.</summary>
internal sealed record PreparedRecording(
    Recording From,
    string Text,
    string Fingerprint,
    string Exact,
    string Effective,
    bool PullsIn,
    ImmutableArray<Content> Contents
)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="HistoryException">It cannot be a version.</exception>
    public static PreparedRecording Of(Recording recording)
    {
        if (!recording.Kind.MakesVersion)
            throw new ArgumentException($"{recording.Kind} makes no version.", nameof(recording));
        RootPath.MustBeOne(recording.Path);
        string text = TextOf(recording);
        string fingerprint = History.Fingerprint.Of(text), exact = Sha256.Hex(recording.Bytes.Span);
        var files = recording.PulledIn
            .DistinctBy(file => file.Path, StringComparer.Ordinal)
            .Select(PulledInContent)
            .OrderBy(file => file.Path, RootPath.ByBytes)
            .ToImmutableArray();
        string effective = History.Fingerprint.Effective(fingerprint, files.Select(file => (file.Path, file.Content?.Hash ?? History.Fingerprint.Missing)));
        var contents = ImmutableArray.CreateBuilder<Content>();
        contents.Add(new(exact, fingerprint, recording.Bytes));
        contents.AddRange(files.Select(file => file.Content).OfType<Content>());
        if (!files.IsEmpty)
            contents.Add(
                new(effective, effective, PulledInList.Write(fingerprint, files.Select(file => (file.Path, file.Content?.Hash ?? History.Fingerprint.Missing))))
            );
        return new(recording, text, fingerprint, exact, effective, !files.IsEmpty, contents.DrainToImmutable());
    }

    private static string TextOf(Recording recording)
    {
        if (recording.Bytes.Length > Packed.Largest)
            throw new HistoryException($"{recording.Path} has more than {Packed.Largest / 1024 / 1024} MB and is not recorded.");
        try
        {
            return Strict.GetString(recording.Bytes.Span);
        }
        catch (DecoderFallbackException failure)
        {
            throw new HistoryException($"{recording.Path} is not valid UTF-8 and is not recorded.", failure);
        }
    }

    // Kept in canonical form: its hash is then its fingerprint.
    private static (string Path, Content? Content) PulledInContent(PulledIn file)
    {
        RootPath.MustBeOne(file.Path);
        if (file.Text is null)
            return (file.Path, null);
        byte[] bytes = Encoding.UTF8.GetBytes(History.Fingerprint.Canonical(file.Text));
        if (bytes.Length > Packed.Largest)
            throw new HistoryException($"{file.Path} has more than {Packed.Largest / 1024 / 1024} MB and cannot be kept in the history.");
        string hash = Sha256.Hex(bytes);
        return (file.Path, new(hash, hash, bytes));
    }
}
