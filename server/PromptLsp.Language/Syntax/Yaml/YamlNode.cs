using System.Collections.Immutable;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Yaml;

/// <summary>A node of a YAML text with the span of its own characters, in offsets of the whole file.</summary>
public abstract record YamlNode(TextSpan Span);

/// <summary>A scalar. <paramref name="Value"/> is unescaped; a plain one may still mean null, a boolean or a number.</summary>
public sealed record YamlScalar(TextSpan Span, string Value, bool IsPlain) : YamlNode(Span);

public sealed record YamlMapping(TextSpan Span, ImmutableArray<YamlEntry> Entries) : YamlNode(Span)
{
    /// <summary>The entry of a key, the first one if it stands twice.</summary>
    public YamlEntry? Find(string key)
    {
        foreach (YamlEntry entry in Entries)
        {
            if (string.Equals(entry.Key.Value, key, StringComparison.Ordinal))
                return entry;
        }
        return null;
    }
}

/// <summary>One <c>key: value</c>. A value that is not written yet is an empty plain scalar behind the colon.</summary>
public sealed record YamlEntry(YamlScalar Key, YamlNode Value)
{
    public TextSpan Span => TextSpan.FromBounds(Key.Span.Start, Math.Max(Key.Span.End, Value.Span.End));
}

public sealed record YamlSequence(TextSpan Span, ImmutableArray<YamlNode> Items) : YamlNode(Span);

/// <summary>A <c>*name</c>. Its target is shared, never copied, so that a bomb of aliases stays small.</summary>
public sealed record YamlAlias(TextSpan Span, string Name, YamlNode? Target) : YamlNode(Span);
