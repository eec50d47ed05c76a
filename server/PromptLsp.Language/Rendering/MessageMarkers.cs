using System.Globalization;

namespace PromptLsp.Language.Rendering;

/// <summary>
/// The marks that the message functions write into the output. Each holds 122 random bits drawn for its rendering, so that no input, file or
/// earlier output can contain one; and is made of digits alone, so that it survives whatever a template does to the text around it.
/// </summary>
internal sealed class MessageMarkers
{
    private const int IndexDigits = 5;
    private const int MostMarks = 100_000;

    private readonly string _secret = NewSecret();
    private readonly List<MessageMark> _marks = [];
    private readonly Dictionary<MessageMark, int> _known = [];

    /// <summary>The text that stands for a mark; null where there are too many of them.</summary>
    public string? Write(MessageMark mark)
    {
        if (!_known.TryGetValue(mark, out int index))
        {
            index = _marks.Count;
            if (index == MostMarks)
                return null;
            _known.Add(mark, index);
            _marks.Add(mark);
        }
        return _secret + index.ToString("D5", CultureInfo.InvariantCulture);
    }

    /// <summary>The next mark in a text: where it begins and ends, and what it means.</summary>
    public (int Start, int End, MessageMark Mark)? Next(string text, int from)
    {
        while (from < text.Length)
        {
            int start = text.IndexOf(_secret, from, StringComparison.Ordinal);
            if (start < 0)
                return null;
            int index = start + _secret.Length,
                end = index + IndexDigits;
            if (
                end <= text.Length
                && int.TryParse(text.AsSpan(index, IndexDigits), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                && number < _marks.Count
            )
                return (start, end, _marks[number]);
            from = start + 1;
        }
        return null;
    }

    private static string NewSecret()
    {
        // A new GUID has 122 bits from the system's secure source, without a cryptographic library to load for them.
        Span<byte> bits = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(bits);
        return BitConverter.ToUInt128(bits).ToString("D39", CultureInfo.InvariantCulture);
    }
}

/// <summary>What a message function did at a place of the output.</summary>
internal abstract record MessageMark;

internal sealed record RoleMark(string Role) : MessageMark;

internal sealed record HistoryMark : MessageMark;

internal sealed record MediaMark(string Url, string? ContentType) : MessageMark;

internal sealed record SectionMark(string Name) : MessageMark;

/// <summary>A role that is none: its mark stays a text, and at the beginning of a message takes all of it along.</summary>
internal sealed record LostRoleMark(string Text) : MessageMark;
