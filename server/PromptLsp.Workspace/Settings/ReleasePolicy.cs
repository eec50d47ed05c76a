using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.IO.Enumeration;
using PromptLsp.Language.Catalog;

namespace PromptLsp.Workspace.Settings;

/// <summary>
/// Where prompts run, who may say so, and which tags stay: what <c>promptlsp.yaml</c> says of releases. Paths are from the root, with <c>/</c>.
/// </summary>
public sealed record ReleasePolicy
{
    public const string UsualFolder = "releases", UsualSigners = ".promptlsp-signers";

    public static ReleasePolicy None { get; } = new();

    /// <summary>The folder that holds what runs where; tracked by git.</summary>
    public string Folder { get; init; } = UsualFolder;

    /// <summary>In the order in which prompts go through them.</summary>
    public ImmutableArray<EnvironmentPolicy> Environments { get; init; } = [];

    /// <summary>Mail addresses by the names of teams, which begin with <c>@</c>.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<string>> Teams { get; init; } = ReadOnlyDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>Whose signatures count, in the format of git's <c>gpg.ssh.allowedSignersFile</c>.</summary>
    public string Signers { get; init; } = UsualSigners;

    /// <summary>Keys that count no more, as <c>ssh-keygen -r</c> reads them; null where there is no such file.</summary>
    public string? Revoked { get; init; }

    public ImmutableArray<TagPolicy> Tags { get; init; } = [];

    /// <summary>The first thing that is wrong with all this: by a policy that does not say what it means nothing is promoted. Null where all is well.</summary>
    public string? Problem { get; init; }

    public EnvironmentPolicy? Find(string name) => Environments.FirstOrDefault(e => string.Equals(e.Name, name, StringComparison.Ordinal));

    /// <summary>The people that a list names, by themselves or by their teams.</summary>
    public ImmutableHashSet<string> People(IEnumerable<string> names) =>
        names
            .SelectMany(n =>
                Teams.TryGetValue(n, out ImmutableArray<string> members) ? members
                : n.StartsWith('@') ? []
                : [n]
            )
            .ToImmutableHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Why somebody may not put, move or take away a tag, in one line; null where they may.</summary>
    /// <param name="isThere">A version has it.</param>
    /// <param name="author">As git names people: <c>Ada &lt;ada@example.com&gt;</c>.</param>
    public string? TagProblem(string name, bool isThere, string author)
    {
        if (Find(name) is not null)
            return $"`{name}` is an environment, and `@{name}` means what it holds; give the version another tag";
        if (Tags.FirstOrDefault(t => FileSystemName.MatchesSimpleExpression(t.Pattern, name, ignoreCase: false)) is not { } policy)
            return null;
        if (policy.IsImmutable && isThere)
            return $"`{name}` stays where it is: promptlsp.yaml calls tags like `{policy.Pattern}` immutable; give the version another tag";
        string mail = author[(author.LastIndexOf('<') + 1)..].TrimEnd('>');
        return policy.Owners.IsEmpty || People(policy.Owners).Contains(mail)
            ? null
            : $"`{name}` belongs to {string.Join(", ", policy.Owners)} by promptlsp.yaml, and you are {mail}; ask one of them";
    }
}

/// <summary>A place where prompts run.</summary>
/// <param name="From">The environment whose releases come here; null for the first, which takes the prompts themselves.</param>
public sealed record EnvironmentPolicy(string Name, string? From)
{
    public Requirements Require { get; init; } = Requirements.None;

    /// <summary>Files of context variables whose values are others here, by the variables' names.</summary>
    public IReadOnlyDictionary<string, string> Context { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}

/// <summary>What must hold before a release comes into an environment.</summary>
public sealed record Requirements
{
    public static Requirements None { get; } = new();

    /// <summary>No test of the prompt's fails.</summary>
    public bool Tests { get; init; }

    /// <summary>No finding of this severity, or above; null where findings do not matter.</summary>
    public Severity? Findings { get; init; }

    /// <summary>Nothing breaks for callers of what runs there now.</summary>
    public bool Contract { get; init; }

    /// <summary>How long it has been in the environment before.</summary>
    public TimeSpan? Soak { get; init; }

    /// <summary>A reason is given.</summary>
    public bool Why { get; init; }

    /// <summary>How many people say yes.</summary>
    public int Approvals { get; init; }

    /// <summary>Teams and mail addresses; empty for everybody whose signature counts.</summary>
    public ImmutableArray<string> Approvers { get; init; } = [];

    /// <summary>Who wrote it does not count among those who say yes.</summary>
    public bool NotAuthor { get; init; }

    /// <summary>An approval counts without a signature, which then proves nothing.</summary>
    public bool AllowsUnsigned { get; init; }

    /// <summary>What evaluations must show of the prompts that they measure.</summary>
    public ImmutableArray<RequiredEvaluation> Evaluations { get; init; } = [];

    /// <summary>Who may let a release in although something of this does not hold.</summary>
    public ImmutableArray<string> Override { get; init; } = [];
}

/// <summary>An evaluation, from the root, and what it must show of a release against what runs there now.</summary>
public sealed record RequiredEvaluation(string Of, RequiredVerdict Verdict)
{
    public const string NotWorse = "not-worse", Better = "better";

    public string Word => Verdict == RequiredVerdict.Better ? Better : NotWorse;
}

public enum RequiredVerdict
{
    /// <summary>It is not shown to be worse, and cannot be worse by more than the evaluation's delta.</summary>
    NotWorse,

    /// <summary>It is shown to be better.</summary>
    Better,
}

/// <summary>What is said of the tags that fit a pattern.</summary>
/// <param name="Pattern">A name, in which <c>*</c> stands for any characters.</param>
/// <param name="IsImmutable">Such a tag is neither moved nor taken away.</param>
/// <param name="Owners">Teams and mail addresses that may put, move and take away such a tag; empty for everybody.</param>
public sealed record TagPolicy(string Pattern, bool IsImmutable, ImmutableArray<string> Owners);
