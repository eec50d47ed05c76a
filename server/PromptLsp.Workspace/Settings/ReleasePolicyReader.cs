using System.Collections.Immutable;
using System.Globalization;
using PromptLsp.History.Store;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Workspace.Settings;

/// <summary>
/// Reads what <c>promptlsp.yaml</c> says of environments. Here a slip is an error: who misspells what must hold would else let everything through.
/// </summary>
/// <param name="signersFile">Reads the file of signers, by its path from the root; null where it cannot be read.</param>
/// <param name="missing">How much it matters that somebody cannot sign.</param>
internal sealed class ReleasePolicyReader(Root root, YamlMapping keys, Func<string, string?> signersFile, Severity missing)
{
    private const string MissingApproverRule = "missing-approver";

    private readonly List<Finding> _findings = [];

    /// <param name="findings">Takes what is wrong.</param>
    public static ReleasePolicy Read(
        Root root,
        YamlMapping keys,
        Func<string, string?> signersFile,
        IReadOnlyDictionary<string, Severity> severities,
        List<Finding> findings
    )
    {
        var reader = new ReleasePolicyReader(root, keys, signersFile, severities.GetValueOrDefault(MissingApproverRule, Severity.Warning));
        ReleasePolicy policy = reader.Read();
        findings.AddRange(reader._findings);
        return policy with { Problem = reader._findings.Find(f => f.Rule == SettingsReader.Rule && f.Severity == Severity.Error)?.Message };
    }

    private ReleasePolicy Read()
    {
        var policy = new ReleasePolicy
        {
            Folder = Folder(),
            Teams = Teams(),
            Signers = FileAt("signers") ?? ReleasePolicy.UsualSigners,
            Revoked = FileAt("revoked"),
            Tags = Tags(),
        };
        policy = policy with { Environments = Environments(policy) };
        CheckTeamsNamed(policy);
        CheckSigners(policy);
        CheckApprovers(policy);
        return policy;
    }

    private void Say(TextSpan span, string message, string? meant = null) =>
        _findings.Add(new(span, message) { Rule = SettingsReader.Rule, Severity = Severity.Error, Fixes = Fix.ChangeToMeant(meant, span) });

    private string Folder()
    {
        if (keys.Find("releases")?.Value.Resolved() is not YamlScalar { Value.Length: > 0 } named)
            return ReleasePolicy.UsualFolder;
        (PathStatus status, string full) = root.Resolve(root.Folder, named.Value);
        if (status == PathStatus.Outside || full.Length == 0 || full == root.Folder)
            Say(named.Span, $"`{named.Value}` is no folder inside the workspace, where releases are kept; write `releases: releases`");
        else
            return root.Relative(full);
        return ReleasePolicy.UsualFolder;
    }

    // The file need not be there yet.
    private string? FileAt(string key)
    {
        if (keys.Find(key)?.Value.Resolved() is not YamlScalar { Value.Length: > 0 } named)
            return null;
        (PathStatus status, string full) = root.Resolve(root.Folder, named.Value);
        if (status != PathStatus.Outside && full.Length > 0)
            return root.Relative(full);
        Say(named.Span, $"`{named.Value}` lies outside the workspace, where nothing is read");
        return null;
    }

    private IReadOnlyDictionary<string, ImmutableArray<string>> Teams()
    {
        var teams = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        if (keys.Find("teams")?.Value.Resolved() is not YamlMapping named)
            return teams;
        foreach (YamlEntry entry in named.Entries)
        {
            ImmutableArray<string> members = Words(entry.Value);
            if (!entry.Key.Value.StartsWith('@'))
                Say(entry.Key.Span, $"the name of a team begins with `@`: `\"@{entry.Key.Value}\"`");
            if (members.IsEmpty)
                Say(entry.Key.Span, $"the team `{entry.Key.Value}` is nobody; list mail addresses: `\"{entry.Key.Value}\": [ada@example.com]`");
            foreach (YamlScalar member in Scalars(entry.Value).Where(m => !m.Value.Contains('@', StringComparison.Ordinal) || m.Value.StartsWith('@')))
                Say(member.Span, $"`{member.Value}` is no mail address; a team lists people, not teams");
            teams[entry.Key.Value] = members;
        }
        return teams;
    }

    private ImmutableArray<TagPolicy> Tags()
    {
        if (keys.Find("tags")?.Value.Resolved() is not YamlMapping named)
            return [];
        var tags = ImmutableArray.CreateBuilder<TagPolicy>();
        foreach (YamlEntry entry in named.Entries)
        {
            var said = entry.Value.Resolved() as YamlMapping;
            MustBeKnown(said, "tags", [entry.Key.Value]);
            tags.Add(new(entry.Key.Value, Truth(said, "immutable"), Words(said?.Find("owners")?.Value)));
        }
        return tags.ToImmutable();
    }

    private ImmutableArray<EnvironmentPolicy> Environments(ReleasePolicy policy)
    {
        var environments = ImmutableArray.CreateBuilder<EnvironmentPolicy>();
        switch (keys.Find("environments")?.Value.Resolved())
        {
            case YamlSequence list:
                foreach (YamlScalar name in Scalars(list).Where(n => IsName(n, environments)))
                    environments.Add(new(name.Value, environments.LastOrDefault()?.Name));
                break;
            case YamlMapping map:
                string[] all = [.. map.Entries.Select(e => e.Key.Value)];
                foreach (YamlEntry entry in map.Entries.Where(e => IsName(e.Key, environments)))
                    environments.Add(Environment(entry, environments.LastOrDefault()?.Name, all, policy));
                FindCircles(map, environments);
                break;
        }
        return environments.ToImmutable();
    }

    // It is a folder's name and a reference.
    private bool IsName(YamlScalar name, IReadOnlyCollection<EnvironmentPolicy> before)
    {
        if (TagName.Problem(name.Value) is not null)
            Say(name.Span, $"`{name.Value}` cannot be the name of an environment; use letters, digits, `.`, `_` and `-`, and no word that means a version");
        else if (before.Any(e => string.Equals(e.Name, name.Value, StringComparison.OrdinalIgnoreCase)))
            Say(name.Span, $"there are two environments `{name.Value}`; keep one");
        else
            return true;
        return false;
    }

    private EnvironmentPolicy Environment(YamlEntry entry, string? before, string[] all, ReleasePolicy policy)
    {
        string name = entry.Key.Value;
        YamlNode? value = entry.Value.Resolved();
        if (value is not (YamlMapping or null) && !value.IsNull())
            Say(value.Span, $"`{name}` takes `from`, `require` and `context`, or `{{}}` for an environment that asks for nothing");
        var said = value as YamlMapping;
        MustBeKnown(said, "environments", [name]);
        return new(name, From(said, name, before, all)) { Require = Require(said?.Find("require"), name, policy), Context = Context(said?.Find("context")) };
    }

    private string? From(YamlMapping? said, string name, string? before, string[] all)
    {
        if (said?.Find("from")?.Value.Resolved() is not YamlScalar { Value.Length: > 0 } from)
            return before;
        if (from.Value == name)
            Say(from.Span, $"`{name}` cannot take its releases from itself; name the environment before it, or leave `from` out");
        else if (!all.Contains(from.Value, StringComparer.Ordinal))
            Say(
                from.Span,
                $"there is no environment `{from.Value}`{(Spelling.Nearest(from.Value, all) is { } meant ? $"; did you mean `{meant}`?" : "")}",
                Spelling.Nearest(from.Value, all)
            );
        return from.Value;
    }

    private void FindCircles(YamlMapping map, IReadOnlyCollection<EnvironmentPolicy> environments)
    {
        foreach (EnvironmentPolicy environment in environments)
        {
            var way = new List<string> { environment.Name };
            for (string? at = environment.From; at is not null && way.Count <= environments.Count; at = environments.FirstOrDefault(e => e.Name == at)?.From)
            {
                way.Add(at);
                if (at != environment.Name)
                    continue;
                if (way.Count > 2)
                    Say(map.Find(environment.Name)!.Key.Span, $"releases would go in a circle: {string.Join(" from ", way)}; take one `from` out");
                break;
            }
        }
    }

    private Requirements Require(YamlEntry? entry, string name, ReleasePolicy policy)
    {
        if (entry?.Value.Resolved() is not YamlMapping said)
            return Requirements.None;
        MustBeKnown(said, "environments", [name, "require"]);
        var require = new Requirements
        {
            Tests = IsWord(said, "tests", "pass"),
            Findings = Findings(said),
            Contract = IsWord(said, "contract", "compatible"),
            Soak = Soak(said),
            Why = Truth(said, "why"),
            Approvals = Approvals(said),
            Approvers = Words(said.Find("approvers")?.Value),
            NotAuthor = Truth(said, "not-author"),
            AllowsUnsigned = IsWord(said, "unsigned", "allowed"),
            Evaluations = Evaluations(said.Find("evaluation"), name),
            Override = Words(said.Find("override")?.Value),
        };
        if (require is { Approvals: > 0, Approvers.IsEmpty: false } && policy.People(require.Approvers).Count is var people && people < require.Approvals)
            Say(
                said.Find("approvals")!.Value.Span,
                $"nobody could promote to `{name}`: it wants {require.Approvals} approvals, and `approvers` are {people} {(people == 1 ? "person" : "people")}"
            );
        if (require is { NotAuthor: true, Approvals: 0 })
            Say(said.Find("not-author")!.Key.Span, "`not-author` says whose approval does not count; it needs `approvals: 1` or more");
        return require;
    }

    private ImmutableArray<RequiredEvaluation> Evaluations(YamlEntry? entry, string name)
    {
        if (entry is null)
            return [];
        YamlNode? value = entry.Value.Resolved();
        IEnumerable<YamlNode?> items = value is YamlSequence list ? list.Items.Select(i => i.Resolved()) : [value];
        return [.. items.Select(i => Evaluation(i as YamlMapping, entry.Key.Span, name)).OfType<RequiredEvaluation>()];
    }

    private RequiredEvaluation? Evaluation(YamlMapping? said, TextSpan key, string name)
    {
        MustBeKnown(said, "environments", [name, "require", "evaluation"]);
        if (said?.Find("of")?.Value.Resolved() is not YamlScalar { Value.Length: > 0 } of)
        {
            Say(key, "`evaluation` needs the file that is measured: `evaluation: { of: evaluations/tickets.yaml, verdict: not-worse }`");
            return null;
        }
        (PathStatus status, string full) = root.Resolve(root.Folder, of.Value);
        if (status == PathStatus.Outside)
            Say(of.Span, $"`{of.Value}` lies outside the workspace, where nothing is read");
        else if (full.Length == 0 || !File.Exists(full))
            Say(of.Span, SettingsReader.Unreadable(of.Value, FileStatus.Missing));
        string[] words = [RequiredEvaluation.NotWorse, RequiredEvaluation.Better];
        string? verdict = (said.Find("verdict")?.Value.Resolved() as YamlScalar)?.Value;
        if (said.Find("verdict") is { } wrong && !words.Contains(verdict, StringComparer.Ordinal))
        {
            string? meant = verdict is null ? null : Spelling.Nearest(verdict, words);
            Say(
                wrong.Value.Span,
                $"`verdict` takes `not-worse` or `better`{(meant is null ? "" : $"; did you mean `{meant}`?")}",
                meant
            );
        }
        return status == PathStatus.Outside || full.Length == 0
            ? null
            : new(root.Relative(full), verdict == RequiredEvaluation.Better ? RequiredVerdict.Better : RequiredVerdict.NotWorse);
    }

    private bool IsWord(YamlMapping said, string key, string word)
    {
        if (said.Find(key)?.Value.Resolved() is not { } value || value.IsNull())
            return false;
        if (value is YamlScalar scalar && scalar.Value == word)
            return true;
        Say(value.Span, $"`{key}` takes `{word}`, or is left out");
        return false;
    }

    private Severity? Findings(YamlMapping said)
    {
        if (said.Find("findings")?.Value.Resolved() is not { } value)
            return null;
        if (value is YamlScalar { Value: var word } && SettingsReader.SeverityOf(word) is { } severity and not Severity.Off)
            return severity;
        Say(value.Span, "`findings` takes the least severity that shuts: `error`, `warning`, `information` or `hint`");
        return null;
    }

    private TimeSpan? Soak(YamlMapping said)
    {
        if (said.Find("soak")?.Value.Resolved() is not { } value)
            return null;
        if (value is YamlScalar { Value: var text } && (text.EndsWith('d') ? Days(text) : SettingsReader.Duration(text)) is { } time)
            return time;
        Say(value.Span, "`soak` is a duration: `30m`, `2h` or `1d`");
        return null;
    }

    private static TimeSpan? Days(string text) =>
        int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int days) && days < 10_000
            ? TimeSpan.FromDays(days)
            : null;

    private int Approvals(YamlMapping said)
    {
        if (said.Find("approvals")?.Value.Resolved() is not { } value)
            return 0;
        if (value is YamlScalar scalar && scalar.Meaning() is long and >= 0 and <= 100 and var count)
            return (int)count;
        Say(value.Span, "`approvals` is a number of people: `approvals: 1`");
        return 0;
    }

    private bool Truth(YamlMapping? said, string key)
    {
        if (said?.Find(key)?.Value.Resolved() is not { } value)
            return false;
        if (value is YamlScalar scalar && scalar.Meaning() is bool truth)
            return truth;
        Say(value.Span, $"`{key}` is `true` or `false`");
        return false;
    }

    private IReadOnlyDictionary<string, string> Context(YamlEntry? entry)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        if (entry?.Value.Resolved() is not YamlMapping said)
            return files;
        var declared = keys.Find("context")?.Value.Resolved() as YamlMapping;
        foreach (YamlEntry variable in said.Entries)
        {
            string[] inFiles = [.. declared?.Entries.Where(e => e.Value.Resolved() is YamlScalar).Select(e => e.Key.Value) ?? []];
            if (!inFiles.Contains(variable.Key.Value, StringComparer.Ordinal))
                Say(
                    variable.Key.Span,
                    $"`{variable.Key.Value}` is no context variable with a file of its own, so that it cannot have another one here",
                    Spelling.Nearest(variable.Key.Value, inFiles)
                );
            if (variable.Value.Resolved() is not YamlScalar { Value.Length: > 0 } path)
                Say(variable.Key.Span, $"`{variable.Key.Value}` needs a file: `{variable.Key.Value}: context/{variable.Key.Value}.production.yaml`");
            else if (root.Resolve(root.Folder, path.Value) is var (status, full) && status == PathStatus.Outside)
                Say(path.Span, $"`{path.Value}` lies outside the workspace, where nothing is read");
            else if (full.Length == 0 || !File.Exists(full))
                Say(path.Span, SettingsReader.Unreadable(path.Value, FileStatus.Missing));
            else
                files[variable.Key.Value] = root.Relative(full);
        }
        return files;
    }

    // Keys that are nearly right are told with what was meant; here all others are slips as well.
    private void MustBeKnown(YamlMapping? map, string key, string[] steps)
    {
        if (map is null)
            return;
        CatalogKey? known = steps.Aggregate(Keys.Workspace.Find(key), (at, step) => at?.Under(step));
        foreach (YamlEntry entry in map.Entries.Where(e => known?.Under(e.Key.Value) is null))
        {
            string[] members = [.. known?.Members.Select(m => m.Name) ?? []];
            string? meant = Spelling.Nearest(entry.Key.Value, members);
            string advice = meant is null ? $"here can stand {string.Join(", ", members.Select(m => $"`{m}`"))}" : $"did you mean `{meant}`?";
            Say(entry.Key.Span, $"nothing reads `{entry.Key.Value}`; {advice}", meant);
        }
    }

    private void CheckTeamsNamed(ReleasePolicy policy)
    {
        IEnumerable<YamlNode?> lists =
        [
            .. (keys.Find("environments")?.Value.Resolved() as YamlMapping)
                ?.Entries.Select(e => (e.Value.Resolved() as YamlMapping)?.Find("require")?.Value.Resolved())
                .OfType<YamlMapping>()
                .SelectMany(r => new[] { r.Find("approvers")?.Value, r.Find("override")?.Value })
                ?? [],
            .. (keys.Find("tags")?.Value.Resolved() as YamlMapping)?.Entries.Select(e => (e.Value.Resolved() as YamlMapping)?.Find("owners")?.Value) ?? [],
        ];
        foreach (YamlScalar name in lists.SelectMany(Scalars))
        {
            if (name.Value.StartsWith('@') && !policy.Teams.ContainsKey(name.Value))
                Say(name.Span, $"there is no team `{name.Value}`; say who that is under `teams`", Spelling.Nearest(name.Value, policy.Teams.Keys));
            else if (!name.Value.Contains('@', StringComparison.Ordinal))
                Say(name.Span, $"`{name.Value}` is neither a mail address nor a team, which begins with `@`");
        }
    }

    private void CheckSigners(ReleasePolicy policy)
    {
        if (
            policy.Environments.FirstOrDefault(e => e.Require is { Approvals: > 0, AllowsUnsigned: false }) is not { } strict
            || signersFile(policy.Signers) is not null
        )
            return;
        TextSpan span =
            keys.Find("signers")?.Value.Span ?? ((keys.Find("environments")?.Value.Resolved() as YamlMapping)?.Find(strict.Name)?.Key.Span ?? default);
        Say(
            span,
            $"`{strict.Name}` wants signed approvals, and there is no file `{policy.Signers}` with the keys that count; write a line for each "
                + "person: `ada@example.com namespaces=\"promptlsp\" ssh-ed25519 AAAA…`"
        );
    }

    // Whose word is wanted, and who cannot give it: with a signature, which needs a line in the file of signers.
    private void CheckApprovers(ReleasePolicy policy)
    {
        EnvironmentPolicy[] strict = [.. policy.Environments.Where(e => e.Require is { Approvals: > 0, AllowsUnsigned: false })];
        if (strict.Length == 0 || missing == Severity.Off || signersFile(policy.Signers) is not { } text)
            return;
        var able = Signers.Parse(text).People.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var wanted = policy.People(strict.SelectMany(e => e.Require.Approvers.Concat(e.Require.Override)));
        foreach (YamlScalar name in PeopleNamed().Where(n => wanted.Contains(n.Value) && !able.Contains(n.Value)).DistinctBy(n => n.Value.ToUpperInvariant()))
            Miss(
                name.Span,
                $"`{name.Value}` cannot sign: no line of `{policy.Signers}` with `namespaces=\"{Signers.Namespace}\"` is for this address; add one"
            );
        foreach (EnvironmentPolicy environment in strict)
        {
            ImmutableArray<string> approvers = environment.Require.Approvers;
            int count = approvers.IsEmpty ? able.Count : policy.People(approvers).Count(able.Contains);
            if (count < environment.Require.Approvals && EnvironmentKey(environment.Name) is { } key)
                Miss(
                    key.Span,
                    $"`{environment.Name}` wants {environment.Require.Approvals} {(environment.Require.Approvals == 1 ? "approval" : "approvals")}, and "
                        + $"{(count == 0 ? "nobody" : count == 1 ? "one person" : $"{count} people")} can sign one: nothing gets in"
                );
        }
    }

    private void Miss(TextSpan span, string message) => _findings.Add(new(span, message) { Rule = MissingApproverRule, Severity = missing });

    private YamlScalar? EnvironmentKey(string name) => (keys.Find("environments")?.Value.Resolved() as YamlMapping)?.Find(name)?.Key;

    // Wherever an address can stand: in the teams, and in the lists of environments.
    private IEnumerable<YamlScalar> PeopleNamed() =>
        ((keys.Find("teams")?.Value.Resolved() as YamlMapping)?.Entries.Select(e => e.Value) ?? [])
            .Concat(
                (keys.Find("environments")?.Value.Resolved() as YamlMapping)
                    ?.Entries.Select(e => (e.Value.Resolved() as YamlMapping)?.Find("require")?.Value.Resolved())
                    .OfType<YamlMapping>()
                    .SelectMany(r => new[] { r.Find("approvers")?.Value, r.Find("override")?.Value })
                    .OfType<YamlNode>()
                    ?? []
            )
            .SelectMany(Scalars);

    private static ImmutableArray<string> Words(YamlNode? node) => [.. Scalars(node).Select(s => s.Value)];

    private static IEnumerable<YamlScalar> Scalars(YamlNode? node) => SettingsReader.Scalars(node);
}
