using System.Collections.Immutable;
using System.Text;
using PromptLsp.Evaluation.Files;
using PromptLsp.History;
using PromptLsp.History.Files;
using PromptLsp.History.Git;
using PromptLsp.History.Store;
using PromptLsp.Language.Syntax.Formats;
using PromptLsp.Releases.Content;
using PromptLsp.Releases.Folder;
using PromptLsp.Releases.Gates;
using PromptLsp.Releases.Signing;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.Settings;

namespace PromptLsp.Releases.Verifying;

/// <summary>What a change does in one place of the releases folder, and whether it may.</summary>
/// <param name="Prompt">From the root; empty for what concerns a whole environment.</param>
/// <param name="What">In a word or two: <c>promoted</c>, <c>edited</c>.</param>
/// <param name="File">The file to look at, from the root.</param>
public sealed record VerifiedChange(string Environment, string Prompt, string What, bool Holds, string Says, string File, ImmutableArray<Gate> Gates);

/// <summary>
/// Holds what is committed against what was trusted before: policy, keys and former releases come from <em>base</em>, and whatever can be computed is
/// computed anew from the bytes that git has. Needs no store, and nothing of the working tree.
/// </summary>
public sealed class EnvironmentVerification : IDisposable
{
    private readonly Root _root;
    private readonly GitRepository _git;
    private readonly string _base, _head;
    private readonly TimeProvider _clock;
    private readonly string _temporary = Directory.CreateTempSubdirectory("promptlsp-verify-").FullName;
    private readonly WorkspaceSettings _settings;
    private readonly Side _before, _after;
    private readonly List<VerifiedChange> _changes = [];
    private int _folders;

    private EnvironmentVerification(Root root, GitRepository git, string @base, string head, TimeProvider clock)
    {
        (_root, _git, _base, _head, _clock) = (root, git, @base, head, clock);
        _settings = SettingsAt(@base, "base");
        _before = Side.Of(git, @base, Policy.Folder);
        _after = Side.Of(git, head, Policy.Folder);
    }

    private ReleasePolicy Policy => _settings.Releases;

    /// <param name="base">A whole hash: names can be shadowed by other names.</param>
    /// <exception cref="ReleaseException">It cannot be checked.</exception>
    public static ImmutableArray<VerifiedChange> Run(Root root, string @base, TimeProvider clock, CancellationToken cancel)
    {
        try
        {
            using GitRepository git = GitRepository.Of(root.Folder);
            if (!GitHead.IsCommit(@base))
                throw new ReleaseException(
                    $"`--base {Plain.Line(@base, 60)}` is no whole hash of a commit; a tag or a branch of that name could be made by anybody: "
                        + "`--base $(git rev-parse origin/main)`"
                );
            if (git.IsShallow)
                throw new ReleaseException(
                    "this clone is shallow, so that nothing can be checked; fetch all of its history: `git fetch --unshallow`, in a workflow `fetch-depth: 0`"
                );
            if (!git.HasCommit(@base))
                throw new ReleaseException($"there is no commit {@base} in this clone; fetch it");
            string head = git.Head() ?? throw new ReleaseException("nothing is committed here");
            if (!git.IsBefore(@base, head))
                throw new ReleaseException($"what is checked out does not build on {@base[..8]}; merge or rebase first");
            using var verification = new EnvironmentVerification(root, git, @base, head, clock);
            verification.Check(cancel);
            return [.. verification._changes];
        }
        catch (HistoryException failure)
        {
            throw new ReleaseException($"nothing can be checked: {failure.Message.TrimEnd('.')}", failure);
        }
    }

    public void Dispose() => Directory.Delete(_temporary, recursive: true);

    private void Check(CancellationToken cancel)
    {
        CheckPolicy();
        CheckForm();
        foreach (
            string environment in _before
                .Places.Keys.Concat(_after.Places.Keys)
                .Select(p => p.Environment)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
        )
            CheckFreeze(environment);
        foreach (
            Place place in _before
                .Places.Keys.Union(_after.Places.Keys)
                .OrderBy(p => p.Environment, StringComparer.Ordinal)
                .ThenBy(p => p.Prompt, StringComparer.Ordinal)
        )
        {
            cancel.ThrowIfCancellationRequested();
            Tree before = _before.At(place),
                after = _after.At(place);
            if (!before.Equals(after))
                Guarded(place, () => Check(place, before, after, cancel));
        }
    }

    // What cannot be read is a fault of the change, not of this program.
    private void Guarded(Place place, Action check)
    {
        try
        {
            check();
        }
        catch (ReleaseException failure)
        {
            Say(place, "refused", false, failure.Message);
        }
    }

    private void Say(Place place, string what, bool holds, string says, string file = ReleaseRecord.File, ImmutableArray<Gate>? gates = null) =>
        _changes.Add(
            new(
                place.Environment,
                place.Prompt,
                what,
                holds,
                says,
                $"{Policy.Folder}/{place.Environment}/{(place.Prompt.Length == 0 ? file : $"{place.Prompt}/{file}")}",
                gates ?? []
            )
        );

    // What is no matter of one prompt.
    private void Refuse(string environment, string says, string file) => _changes.Add(new(environment, "", "refused", false, says, file, []));

    // A change of the policy holds from the next change on; people must look at it.
    private void CheckPolicy()
    {
        foreach (string file in new[] { Roots.SettingsFile, Policy.Signers, Policy.Revoked }.OfType<string>())
        {
            if (ObjectAt(_base, file) != ObjectAt(_head, file))
                _changes.Add(
                    new("", "", "policy", true, $"`{file}` is changed here; what is promoted in the same change is held against what it was before", file, [])
                );
        }
        if (Policy.Problem is { } problem)
            _changes.Add(
                new(
                    "",
                    "",
                    "policy",
                    false,
                    $"{Roots.SettingsFile} of base does not say what it means, so that nothing can be promoted by it: {problem}",
                    Roots.SettingsFile,
                    []
                )
            );
    }

    private string? ObjectAt(string commit, string file) => _git.Files(commit, file).FirstOrDefault(f => f.Path == file)?.Object;

    // What git would lay out otherwise on another disk, or could be written through.
    private void CheckForm()
    {
        foreach (GitEntry entry in _after.Entries.Where(e => e.Mode is not ("100644" or "100755")))
            Refuse("", $"`{entry.Path}` is {(entry.Mode == "120000" ? "a link" : "no plain file")}; releases are plain files", entry.Path);
        foreach (IGrouping<string, GitEntry> twins in _after.Entries.GroupBy(e => e.Path, StringComparer.OrdinalIgnoreCase).Where(g => g.Skip(1).Any()))
            Refuse("", $"`{twins.First().Path}` and `{twins.Last().Path}` differ in capitals alone, which are one file on many disks", twins.Last().Path);
        foreach (
            string environment in _after
                .Places.Keys.Select(p => p.Environment)
                .Where(e => Policy.Environments.Any(p => p.Name != e && string.Equals(p.Name, e, StringComparison.OrdinalIgnoreCase)))
                .Distinct(StringComparer.Ordinal)
        )
            Refuse(environment, $"`{environment}` differs from an environment of the policy in capitals alone", $"{Policy.Folder}/{environment}");
        foreach (GitEntry stranger in _after.Strangers.Where(s => !_before.Strangers.Contains(s)))
            Refuse("", $"`{stranger.Path}` is no part of a release; take it out of `{Policy.Folder}`", stranger.Path);
        if (_after.Attributes(_git, Policy.Folder) is var attributes && attributes != ReleaseFolder.Attributes && !_after.Entries.IsEmpty)
        {
            string file = $"{Policy.Folder}/{ReleaseFolder.AttributesFile}";
            string says = attributes is null ? "is gone; without it" : "must say `* -text` and nothing else, or";
            Refuse("", $"`{file}` {says} git changes bytes that were approved", file);
        }
    }

    private void CheckFreeze(string environment)
    {
        string? before = _before.Frozen.GetValueOrDefault(environment),
            after = _after.Frozen.GetValueOrDefault(environment);
        if (before == after)
            return;
        var place = new Place(environment, "");
        Guarded(
            place,
            () =>
            {
                Frozen? now = after is null ? null : FrozenOf(environment, after);
                Say(
                    place,
                    now is null ? "thawed" : "frozen",
                    true,
                    now is null ? "promotions come in again, from the next change on" : $"by {Plain.Line(now.By, 100)}: {Plain.Line(now.Why, 200)}",
                    ReleaseFolder.FrozenFile
                );
            }
        );
    }

    private Frozen FrozenOf(string environment, string name) =>
        Frozen.Parse(Text(name, $"{Policy.Folder}/{environment}/{ReleaseFolder.FrozenFile}"), $"{Policy.Folder}/{environment}/{ReleaseFolder.FrozenFile}");

    private void Check(Place place, Tree before, Tree after, CancellationToken cancel)
    {
        CheckApprovals(place, before, after);
        if (before.Record == after.Record && before.SameFiles(after))
            return;
        if (after.Record is null)
        {
            Say(
                place,
                "removed",
                false,
                before.Record is null
                    ? "there are files of a release without a record"
                    : "a release was taken out; an environment goes back by `promptlsp rollback`, and holds something from then on"
            );
            return;
        }
        if (before.Record == after.Record)
        {
            Say(
                place,
                "edited",
                false,
                $"its files were edited, and {ReleaseRecord.File} was not: what was approved is not what is here; bring them back, or promote the change"
            );
            return;
        }
        ReleaseRecord record = RecordOf(place, after);
        ReleaseContent content = ContentOf(place, after, record);
        ReleaseRecord? was = before.Record is null ? null : RecordOf(place, before);
        if (record.Replaces != was?.Id)
            throw new ReleaseException(
                was is null ? $"it says that it replaces a release, and base holds none there"
                : record.Replaces is null ? $"it says that it replaces nothing, and base holds {was.Name.Short} there"
                : $"it replaces another record than the one that base holds: somebody was faster (take theirs, and promote again), or "
                    + "two moves came at once (let each reach base before the next)"
            );
        if (Policy.Find(place.Environment) is not { } to)
            throw new ReleaseException($"the {Roots.SettingsFile} of base knows no environment `{place.Environment}`; add that first, in a change of its own");
        if (record.Kind == MoveKind.RolledBack)
            Say(
                place,
                "rolled back",
                WasThere(place, record.Name),
                WasThere(place, record.Name)
                    ? $"{record.Name.Short} was there before; no approval is needed"
                    : $"{record.Name.Short} was never there by the history of base, so that this is no rollback",
                gates: []
            );
        else
            CheckPromotion(place, to, record, content, was, before, after, cancel);
    }

    private void CheckPromotion(
        Place place,
        EnvironmentPolicy to,
        ReleaseRecord record,
        ReleaseContent content,
        ReleaseRecord? was,
        Tree before,
        Tree after,
        CancellationToken cancel
    )
    {
        ReleaseRecord? from = MustComeFrom(place, to, record, content);
        ReleaseContent? running = was is null ? null : ContentOf(place, before, was);
        Approval[] words = [.. Approvals(place, after).Select(a => a.Approval).OfType<Approval>()];
        var approved = new ApprovedMove(place.Environment, place.Prompt, record.Name, was?.Id);
        var count = new ApprovalCount(
            Policy,
            Signatures(),
            word => before.Approvals.Any(a => a.Name == word.FileName && a.Object == after.Approvals.First(b => b.Name == word.FileName).Object)
        );
        var keeper = new GateKeeper(
            _clock,
            () => from is null ? (null, null) : Moments.Since(_git, _base, $"{Policy.Folder}/{from.Environment}/{place.Prompt}/{ReleaseRecord.File}", from),
            evaluation => Measured(evaluation, record, content, running),
            () => count.Check(approved, to.Require, words, () => new Authors(_git, _head).Of(content, running))
        );
        Frozen? frozen = _before.Frozen.GetValueOrDefault(place.Environment) is { } name ? FrozenOf(place.Environment, name) : null;
        ImmutableArray<Gate> gates = keeper.Check(new(to, _settings, content, running, record.Why, frozen), cancel);
        bool isOpen = gates.All(g => g.Holds);
        if (!isOpen && record.Kind == MoveKind.Overridden)
        {
            Gate word = count.Override(approved, to.Require, words);
            Say(
                place,
                "overridden",
                word.Holds,
                word.Holds ? $"a gate is shut, and {word.Says} lets it in" : $"a gate is shut, and its override does not count: {word.Says}",
                gates: gates.Add(word)
            );
            return;
        }
        Say(
            place,
            record.KindWord,
            isOpen,
            isOpen ? $"{record.Name.Short} may come in" : string.Join("; ", gates.Where(g => !g.Holds).Select(g => $"{g.Name}: {g.Says}")),
            gates: gates
        );
    }

    // The evaluation is base's: who edits it in the same change changes nothing here. What was answered is told by the record alone.
    private Gate Measured(RequiredEvaluation required, ReleaseRecord record, ReleaseContent content, ReleaseContent? running)
    {
        var trusted = new EvaluationOfBase(file => _git.Content(_base, file), Path.Join(_temporary, $"evaluation{++_folders}"));
        (EvaluationFile file, string measured) = trusted.Read(required.Of, content);
        var gate = new EvaluationGate(required, file, measured, content, running);
        if (gate.WithoutAnswers() is { } known)
            return known;
        if (record.Evaluations.FirstOrDefault(e => e.Evaluation == required.Of) is not { } evidence)
            return EvaluationGate.Shut($"{required.Of}: {ReleaseRecord.File} does not say what it showed; measure it, and promote again");
        Gate judged = gate.Judge(evidence);
        return judged with { Says = $"{judged.Says}; what was answered, by the word of {Plain.Line(record.By, 100)}" };
    }

    // An environment takes what the one before it holds in base; the first takes what the workspace is in this change.
    private ReleaseRecord? MustComeFrom(Place place, EnvironmentPolicy to, ReleaseRecord record, ReleaseContent content)
    {
        if (to.From is not { } from)
        {
            foreach ((string path, byte[] bytes) in content.Files.Where(f => f.Key != Roots.SettingsFile))
            {
                if (_git.Content(_head, path) is not { } own || Fingerprint.Of(Encoding.UTF8.GetString(own)) != Fingerprint.Of(Encoding.UTF8.GetString(bytes)))
                    throw new ReleaseException($"its `{path}` is not the one of this change, which {to.Name} takes; promote again");
            }
            return null;
        }
        var source = new Place(from, place.Prompt);
        if (_before.At(source) is not { Record: not null } there)
            throw new ReleaseException(
                $"{to.Name} takes what {from} holds, and in base that holds nothing of `{place.Prompt}`; land that first, in a change of its own"
            );
        ReleaseRecord held = RecordOf(source, there);
        if (held.Name.Release != record.Name.Release)
            throw new ReleaseException(
                $"{to.Name} takes what {from} holds, and in base that holds {held.Name.Short}, not {record.Name.Short}; land that first, in a change of its own"
            );
        MustHaveContextOf(to, content, ContentOf(source, there, held));
        return held;
    }

    // Context values are those of the environment by base's policy, else those that were tried before.
    private void MustHaveContextOf(EnvironmentPolicy to, ReleaseContent content, ReleaseContent held)
    {
        EnvironmentPolicy? from = to.From is { } name ? Policy.Find(name) : null;
        foreach ((string variable, object? value) in content.Settings.Context)
        {
            if (value is not string file)
                continue;
            string? wanted = to.Context.GetValueOrDefault(variable);
            byte[]? expected =
                wanted is not null ? _git.Content(_head, wanted)
                : from?.Context.ContainsKey(variable) == true ? _git.Content(_head, file)
                : held.Files.GetValueOrDefault(file);
            if (
                (wanted is not null && wanted != file)
                || expected is null
                || Fingerprint.Of(Encoding.UTF8.GetString(expected)) != Fingerprint.Of(Encoding.UTF8.GetString(content.Files[file]))
            )
                throw new ReleaseException($"its values of `{variable}` are not those of {to.Name}; promote again");
        }
    }

    private bool WasThere(Place place, ReleaseName name) =>
        _git.MainChanges(_base, $"{Policy.Folder}/{place.Environment}/{place.Prompt}/{ReleaseRecord.File}")
            .Any(c =>
            {
                try
                {
                    return c.Object is { } record && ReleaseRecord.Parse(Text(record, ReleaseRecord.File), ReleaseRecord.File).Name == name;
                }
                catch (ReleaseException)
                {
                    return false;
                }
            });

    private void CheckApprovals(Place place, Tree before, Tree after)
    {
        foreach ((string name, string _) in before.Approvals.Where(b => !after.Approvals.Any(a => a.Name == b.Name && a.Object == b.Object)))
            Say(
                place,
                "refused",
                false,
                $"the approval {name[..8]} was taken out or edited; who takes one back runs `promptlsp withdraw`",
                $"{ReleaseFolder.ApprovalsFolder}/{name}"
            );
        SignatureCheck signatures = Signatures();
        foreach ((Approval? word, string? problem, string name) in Approvals(place, after).Where(a => !before.Approvals.Any(b => b.Name == a.Name)))
        {
            string file = $"{ReleaseFolder.ApprovalsFolder}/{name}";
            if (word is null)
                Say(place, "refused", false, problem!, file);
            else if (word.Environment != place.Environment || word.Prompt != place.Prompt)
                Say(
                    place,
                    "refused",
                    false,
                    $"the approval {name[..8]} is for `{Plain.Line(word.Prompt, 100)}` in `{Plain.Line(word.Environment, 60)}`: it was copied here",
                    file
                );
            else if (signatures.Of(word, isKnown: false).Problem is { } why)
                Say(
                    place,
                    word.KindWord,
                    word.Signature is null,
                    $"by {Plain.Line(word.By, 100)}: {why}, so that it counts only where the policy says `unsigned: allowed`",
                    file
                );
            else
            {
                bool isOfNow = word.Replaces == RecordId(place, before);
                string counts = isOfNow ? "" : ", in the place of what base does not hold: it does not count for what is there now";
                Say(place, word.KindWord, true, $"{word.Name.Short} by {Plain.Line(word.By, 100)} (signed){counts}", file);
            }
        }
    }

    private string? RecordId(Place place, Tree tree) => tree.Record is null ? null : RecordOf(place, tree).Id;

    private IEnumerable<(Approval? Approval, string? Problem, string Name)> Approvals(Place place, Tree tree)
    {
        foreach ((string name, string @object) in tree.Approvals)
        {
            string shown = $"{Policy.Folder}/{place.Environment}/{place.Prompt}/{ReleaseFolder.ApprovalsFolder}/{name}";
            (Approval?, string?, string) read;
            try
            {
                read = (Approval.Parse(Text(@object, shown), name, shown), null, name);
            }
            catch (ReleaseException failure)
            {
                read = (null, failure.Message, name);
            }
            yield return read;
        }
    }

    private ReleaseRecord RecordOf(Place place, Tree tree)
    {
        string shown = $"{Policy.Folder}/{place.Environment}/{place.Prompt}/{ReleaseRecord.File}";
        ReleaseRecord record = ReleaseRecord.Parse(Text(tree.Record!, shown), shown);
        return record.Environment == place.Environment && record.Prompt == place.Prompt
            ? record
            : throw new ReleaseException(
                $"`{shown}` speaks of `{Plain.Line(record.Prompt, 100)}` in `{Plain.Line(record.Environment, 60)}`: it was copied there"
            );
    }

    // Laid out in a folder of its own, where nothing of the working tree is near.
    private ReleaseContent ContentOf(Place place, Tree tree, ReleaseRecord record)
    {
        string folder = Path.Join(_temporary, (++_folders).ToString(System.Globalization.CultureInfo.InvariantCulture));
        foreach ((string path, string name) in tree.Files)
        {
            if (!HistoryStore.CanKeep(path))
                throw new ReleaseException($"`{Plain.Line(path, 100)}` is no plain path; releases have no such files");
            WrittenFile.Create(Path.Join(folder, path), _git.Content(name) ?? throw new ReleaseException($"`{path}` is over 5 MB, or not in this clone"));
        }
        return ReleaseFolder.Content(record, folder, $"{Policy.Folder}/{place.Environment}/{place.Prompt}/{ReleaseFolder.FilesFolder}");
    }

    private string Text(string name, string shown) =>
        _git.Content(name) is { } bytes && System.Text.Unicode.Utf8.IsValid(bytes)
            ? Encoding.UTF8.GetString(bytes)
            : throw new ReleaseException($"`{shown}` cannot be read");

    private SignatureCheck Signatures()
    {
        SshKeygen? keygen = null;
        string? revoked = null;
        if (Policy.Revoked is { } file && _git.Content(_base, file) is { } keys)
        {
            revoked = Path.Join(_temporary, "revoked");
            File.WriteAllBytes(revoked, keys);
        }
        Signers signers = _git.Content(_base, Policy.Signers) is { } bytes ? Signers.Parse(Encoding.UTF8.GetString(bytes)) : Signers.None;
        return new(signers, Policy.Signers, revoked, () => keygen ??= SshKeygen.Find(_root.Folder), _clock.GetUtcNow());
    }

    // The settings of a commit, with the files that they name, in a folder of their own.
    private WorkspaceSettings SettingsAt(string commit, string folder)
    {
        string at = Path.Join(_temporary, folder);
        Directory.CreateDirectory(at);
        if (_git.Content(commit, Roots.SettingsFile) is not { } bytes)
            throw new ReleaseException($"there is no {Roots.SettingsFile} in {commit[..8]}, so that there is no policy to check by; land one first");
        File.WriteAllBytes(Path.Join(at, Roots.SettingsFile), bytes);
        // What the settings name must be there for them to be sound.
        Snapshot first = Snapshot.Empty(new Disk(), [at]);
        ReleasePolicy policy = first.SettingsOf(first.Roots.OfFolder(at)).Releases;
        foreach (
            string file in NamedIn(Encoding.UTF8.GetString(bytes))
                .Append(policy.Signers)
                .Append(policy.Revoked)
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)
        )
        {
            if (HistoryStore.CanKeep(file) && _git.Content(commit, file) is { } content)
                WrittenFile.Create(Path.Join(at, file), content);
        }
        Snapshot snapshot = Snapshot.Empty(new Disk(), [at]);
        return snapshot.SettingsOf(snapshot.Roots.OfFolder(at));
    }

    private static IEnumerable<string> NamedIn(string settings)
    {
        var text = new Language.Text.SourceText(settings);
        var keys = Language.Syntax.Yaml.YamlTree.Parse(text, new(0, text.Length)).Root as Language.Syntax.Yaml.YamlMapping;
        var open = new Stack<object?>([
            Language.Semantics.PromptValue.Of(keys?.Find("context")?.Value),
            Language.Semantics.PromptValue.Of(keys?.Find("environments")?.Value),
        ]);
        while (open.TryPop(out object? value))
        {
            switch (value)
            {
                case string said:
                    yield return said;
                    break;
                case IReadOnlyDictionary<string, object?> map:
                    foreach (object? member in map.Values)
                        open.Push(member);
                    break;
            }
        }
    }

    /// <summary>A prompt in an environment.</summary>
    private readonly record struct Place(string Environment, string Prompt);

    /// <summary>What a commit has at a place: the names of contents.</summary>
    private sealed record Tree(string? Record, ImmutableSortedDictionary<string, string> Files, ImmutableArray<(string Name, string Object)> Approvals)
    {
        public static Tree None { get; } = new(null, ImmutableSortedDictionary<string, string>.Empty, []);

        public bool SameFiles(Tree other) => Files.SequenceEqual(other.Files);

        public bool Equals(Tree? other) => other is not null && Record == other.Record && SameFiles(other) && Approvals.SequenceEqual(other.Approvals);

        public override int GetHashCode() => HashCode.Combine(Record, Files.Count, Approvals.Length);
    }

    /// <summary>The releases folder as a commit has it.</summary>
    private sealed record Side(
        ImmutableArray<GitEntry> Entries,
        IReadOnlyDictionary<Place, Tree> Places,
        IReadOnlyDictionary<string, string> Frozen,
        ImmutableHashSet<GitEntry> Strangers
    )
    {
        public Tree At(Place place) => Places.TryGetValue(place, out Tree? tree) ? tree : Tree.None;

        public string? Attributes(GitRepository git, string folder) =>
            Entries.FirstOrDefault(e => e.Path == $"{folder}/{ReleaseFolder.AttributesFile}") is { } file && git.Content(file.Object) is { } bytes
                ? Encoding.UTF8.GetString(bytes)
                : null;

        public static Side Of(GitRepository git, string commit, string folder)
        {
            ImmutableArray<GitEntry> entries = git.Files(commit, folder);
            var places = new Dictionary<Place, Tree>();
            var frozen = new Dictionary<string, string>(StringComparer.Ordinal);
            var strangers = ImmutableHashSet.CreateBuilder<GitEntry>();
            foreach (GitEntry entry in entries)
            {
                string path = entry.Path[(folder.Length + 1)..];
                if (path.Split('/') is [var environment, ReleaseFolder.FrozenFile])
                    frozen[environment] = entry.Object;
                else if (PlaceOf(path) is (var place, var inside))
                    places[place] = With(places.GetValueOrDefault(place) ?? Tree.None, inside, entry, strangers);
                else if (path != ReleaseFolder.AttributesFile)
                    strangers.Add(entry);
            }
            return new(entries, places, frozen, strangers.ToImmutable());
        }

        // `production/support/reply.prompt/files/…`: the first step that has a prompt's name is its folder.
        private static (Place Place, string Inside)? PlaceOf(string path)
        {
            string[] steps = path.Split('/');
            int folder = Array.FindIndex(steps, 1, s => KnownFormats.Has(s));
            return folder > 0 && folder + 1 < steps.Length
                ? (new(steps[0], string.Join('/', steps[1..(folder + 1)])), string.Join('/', steps[(folder + 1)..]))
                : null;
        }

        private static Tree With(Tree tree, string inside, GitEntry entry, ImmutableHashSet<GitEntry>.Builder strangers)
        {
            if (inside == ReleaseRecord.File)
                return tree with { Record = entry.Object };
            if (inside.StartsWith(ReleaseFolder.FilesFolder + "/", StringComparison.Ordinal))
                return tree with { Files = tree.Files.Add(inside[(ReleaseFolder.FilesFolder.Length + 1)..], entry.Object) };
            if (inside.Split('/') is [ReleaseFolder.ApprovalsFolder, var name])
                return tree with { Approvals = tree.Approvals.Add((name, entry.Object)) };
            strangers.Add(entry);
            return tree;
        }
    }
}
