using System.Collections.Immutable;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Yaml;

/// <summary>A YAML text as nodes with spans; what stands before and behind an error stays.</summary>
public sealed class YamlTree(YamlNode? root, ImmutableArray<Problem> problems)
{
    /// <summary>How deep values may nest, with aliases unfolded, so that a tree can safely be walked by recursion.</summary>
    public const int MaxDepth = 100;

    /// <summary>How many values all aliases together may unfold into.</summary>
    public const int MaxUnfolded = 100_000;

    /// <summary>Null for an empty text.</summary>
    public YamlNode? Root { get; } = root;

    public ImmutableArray<Problem> Problems { get; } = problems;

    public bool IsValid => Problems.IsEmpty;

    /// <summary>Where the parser gave up; null where it read all of the text.</summary>
    internal int? BrokenAt { get; init; }

    /// <summary>What was left out because it cannot be read.</summary>
    internal ImmutableArray<TextSpan> Unread { get; init; } = [];

    public static YamlTree Empty { get; } = new(null, []);

    /// <summary>Reads a part of a text. Spans are in offsets of the whole text. Never throws.</summary>
    public static YamlTree Parse(SourceText text, TextSpan part)
    {
        YamlTree tree = new YamlReader(text, part).Read();
        tree = tree.BrokenAt is null ? tree : YamlRecovery.Read(text, part, tree);
        // Whatever else is wrong comes of it.
        ImmutableArray<Problem> conflicts = [.. MergeConflict.In(text).Where(c => part.Start <= c.Span.Start && c.Span.Start < part.End)];
        return conflicts.IsEmpty ? tree : new(tree.Root, conflicts) { BrokenAt = tree.BrokenAt, Unread = tree.Unread };
    }
}
