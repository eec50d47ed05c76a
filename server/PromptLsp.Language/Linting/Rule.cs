using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Linting;

/// <summary>When a rule's findings are due.</summary>
public enum Pace
{
    /// <summary>From the model alone, within a keystroke.</summary>
    Quick,

    /// <summary>Runs an engine, renders, counts tokens, or is a hint that takes its time: follows in a second publication.</summary>
    Slow,
}

/// <summary>
/// One rule: a class <c>Rules/X.cs</c> and a page <c>Rules/X.md</c>. It keeps no state; one that throws loses only itself.
/// </summary>
public abstract class Rule
{
    /// <summary>The id that people write in settings and comments: <c>undefined-variable</c>.</summary>
    public abstract string Id { get; }

    public abstract RuleGroup Group { get; }

    public abstract Severity Default { get; }

    public virtual Pace Pace => Pace.Quick;

    /// <summary>Found where files are read, before there is a prompt: no prompt has such a finding.</summary>
    public virtual bool IsAboutFiles => false;

    public abstract IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel);
}

/// <summary>The groups under which the rules are listed.</summary>
public enum RuleGroup
{
    Files,
    Syntax,
    FrontMatter,
    Variables,
    Includes,
    Messages,
    Safety,
    Budget,
    SamplesAndTests,
    History,
    Releases,
}
