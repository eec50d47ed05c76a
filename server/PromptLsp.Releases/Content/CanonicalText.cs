using System.Globalization;
using System.Text;

namespace PromptLsp.Releases.Content;

/// <summary>
/// The one way in which something is written to be hashed or signed: a line that names the encoding, then a line <c>name SP length SP value LF</c>
/// for each field. Length is the value's in bytes of UTF-8, so that no value can pass for another field.
/// </summary>
internal sealed class CanonicalText(string encoding)
{
    private readonly StringBuilder _text = new(encoding + "\n");

    /// <summary>A field that is not there is left out.</summary>
    public CanonicalText Add(string name, string? value)
    {
        if (value is not null)
            _text
                .Append(name)
                .Append(' ')
                .Append(Encoding.UTF8.GetByteCount(value).ToString(CultureInfo.InvariantCulture))
                .Append(' ')
                .Append(value)
                .Append('\n');
        return this;
    }

    public override string ToString() => _text.ToString();
}
