using System.Collections.Immutable;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Navigation;

/// <summary>What a name stands for, the same in whichever file it is named.</summary>
/// <param name="File">The prompt it belongs to, from the root; empty for what belongs to the whole workspace.</param>
/// <param name="Path">Its name; before a member's, the names of what it is a member of.</param>
public sealed record Subject(SubjectKind Kind, string File, ImmutableArray<string> Path)
{
    public string Name => Path[^1];

    /// <summary>A prompt by its path from the root; its name is the one that includes use.</summary>
    public static Subject Prompt(string file)
    {
        string name = file[(file.LastIndexOf('/') + 1)..];
        int end = name.LastIndexOf('.');
        return new(SubjectKind.Prompt, file, [name[(name[0] == '_' ? 1 : 0)..(end > 0 ? end : name.Length)]]);
    }

    /// <summary>Where a variable is declared, which tells those of one name apart; empty for one that is assigned.</summary>
    public TextSpan Declared { get; init; }

    /// <summary>True for what no other file can name.</summary>
    public bool IsLocal => Kind is SubjectKind.Variable or SubjectKind.Function or SubjectKind.OwnMember or SubjectKind.Sample or SubjectKind.Builtin;

    /// <summary>True for what is read by a bare name in bodies.</summary>
    public bool IsVariable => Kind is SubjectKind.Variable or SubjectKind.Function || (Path.Length == 1 && Kind is SubjectKind.Input or SubjectKind.Context);

    /// <summary>The subject of another name at the same place.</summary>
    public Subject Renamed(string name) => this with { Path = Path.SetItem(Path.Length - 1, name) };

    public bool Equals(Subject? other) =>
        other is not null
        && Kind == other.Kind
        && Declared == other.Declared
        && string.Equals(File, other.File, StringComparison.Ordinal)
        && Path.AsSpan().SequenceEqual(other.Path.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Kind, File, Path.Length, Name, Declared);
}

public enum SubjectKind
{
    /// <summary>An input of a prompt, or a partial's parameter; or a member of one.</summary>
    Input,

    /// <summary>A context variable, or a member of one.</summary>
    Context,

    /// <summary>A named schema of the workspace, or a member of one.</summary>
    Schema,

    /// <summary>A model that the workspace lists.</summary>
    Model,

    /// <summary>A helper of the application that the workspace declares.</summary>
    Helper,

    /// <summary>A prompt itself, as it is included.</summary>
    Prompt,

    Sample,
    Variable,
    Function,

    /// <summary>A member of an object that the body makes.</summary>
    OwnMember,

    /// <summary>The facts of a loop: nothing of the author's.</summary>
    Builtin,
}

/// <summary>A place that names a subject.</summary>
public sealed record Mention(TextSpan Span, MentionKind Kind, Subject Subject);

public enum MentionKind
{
    Declaration,
    Write,
    Read,

    /// <summary>A key of a value for it, in defaults, samples and tests; an argument of an include; its name in a list of names.</summary>
    Value,
}
