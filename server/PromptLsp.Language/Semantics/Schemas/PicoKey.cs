using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics.Schemas;

/// <summary>A key of Picoschema taken apart: <c>name?(array, description)</c>.</summary>
/// <param name="Kind">What stands first in the parentheses; null without them.</param>
/// <param name="IsClosed">The parenthesis is closed at the key's end, or there is none.</param>
internal readonly record struct PicoKey(string Name, bool IsOptional, string? Kind, string? Description, bool IsClosed)
{
    public const string Wildcard = "(*)";

    public static PicoKey Of(string key)
    {
        int open = key.IndexOf('(');
        string name = (open < 0 ? key : key[..open]).Trim();
        bool isOptional = name.EndsWith('?');
        if (isOptional)
            name = name[..^1];
        if (open < 0)
            return new(name, isOptional, null, null, true);
        bool isClosed = key.EndsWith(')');
        var (kind, description) = Words(isClosed ? key[(open + 1)..^1] : key[(open + 1)..]);
        return new(name, isOptional, kind, description, isClosed);
    }

    /// <summary>Cuts <c>type, description</c> at its first comma.</summary>
    public static (string Type, string? Description) Words(string text)
    {
        int comma = text.IndexOf(',');
        return comma < 0 ? (text.Trim(), null) : (text[..comma].Trim(), text[(comma + 1)..].TrimStart());
    }

    /// <summary>Where the name itself stands; the whole key if it is written with escapes.</summary>
    public TextSpan NameSpan(SourceText text, YamlScalar key)
    {
        int at = text.Slice(key.Span).IndexOf(Name, StringComparison.Ordinal);
        return at < 0 || Name.Length == 0 ? key.Span : new(key.Span.Start + at, Name.Length);
    }
}
