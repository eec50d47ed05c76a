using System.Collections.Immutable;
using System.Globalization;
using PromptLsp.History;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;
using PromptLsp.Models.Clients;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Evaluation.Files;

/// <summary>Reads an evaluation and its data. Everything that is wrong is told with its line; no row is dropped in silence.</summary>
public sealed class EvaluationReader
{
    /// <summary>How many problems are told; more of them help nobody.</summary>
    public const int MostProblems = 20;

    private const int MostRows = 100_000;

    private readonly string _path;
    private readonly Root _root;
    private readonly Func<string, string> _shown;
    private readonly Func<string, FileText> _read;
    private readonly List<string> _problems = [];
    private readonly List<Finding> _findings = [];
    private TextSpan _data;
    private bool _hasBrokenAssertion;

    private EvaluationReader(string path, Root root, Func<string, string> shown, Func<string, FileText> read) =>
        (_path, _root, _shown, _read) = (path, root, shown, read);

    /// <param name="path">Absolute.</param>
    /// <param name="root">The workspace, outside of which nothing is read.</param>
    /// <param name="shown">A path as people read it.</param>
    public static EvaluationFile Read(string path, Root root, Func<string, string> shown) => Read(path, root, shown, Disk.Load);

    /// <param name="read">A file by its path: what is open in an editor before what is on the disk.</param>
    public static EvaluationFile Read(string path, Root root, Func<string, string> shown, Func<string, FileText> read) =>
        new EvaluationReader(path, root, shown, read).Read();

    private EvaluationFile Read()
    {
        FileText file = _read(_path);
        if (!file.IsOk)
            return new() { Path = _path, Problems = [$"`{_shown(_path)}` cannot be read as an evaluation; it must be a file of UTF-8 of at most 5 MB"] };
        SourceText text = file.Text;
        YamlTree yaml = YamlTree.Parse(text, new TextSpan(0, text.Length));
        foreach (Problem problem in yaml.Problems)
            Say(_path, text, problem.Span, problem.Message);
        if (yaml.Root?.Resolved() is not YamlMapping keys)
        {
            if (_problems.Count == 0)
                Say(_path, text, text.LineSpan(0), "an evaluation begins with `prompt:`, and `data:` or `rows:`");
            return new() { Path = _path, Problems = [.. _problems], Findings = [.. _findings] };
        }
        Known(keys, text, Keys.Evaluation, "an evaluation");
        _data = keys.Find("data")?.Value.Span ?? default;
        ImmutableArray<AnswerAssertion> expect = keys.Find("expect") is { } entry ? Assertions(entry.Value, text, _path) : [];
        ImmutableArray<EvaluationRow> rows = Rows(keys, text);
        YamlMapping? compare = keys.Find("compare")?.Value.Resolved() as YamlMapping;
        if (compare is not null)
            Known(compare, text, Keys.Evaluation.Find("compare")!, "`compare`");
        if (expect.IsEmpty && rows.All(r => r.Expect.IsEmpty) && !_hasBrokenAssertion)
            Say(_path, text, keys.Entries[0].Key.Span, "nothing must hold of any answer; say what under `expect`");
        var read = new EvaluationFile
        {
            Path = _path,
            Prompt = Prompt(keys, text),
            Rows = rows,
            Expect = expect,
            MustPass = [.. Words(keys.Find("must-pass")?.Value)],
            Repeat = keys.Find("repeat") is { } repeat && PromptValue.Of(repeat.Value) is long and > 0 and <= int.MaxValue and var times ? (int)times : 1,
            Delta =
                compare?.Find("delta") is { } delta && PromptValue.Of(delta.Value) is long or double
                    ? Convert.ToDouble(PromptValue.Of(compare.Find("delta")!.Value), CultureInfo.InvariantCulture)
                    : 0.05,
            Primary = Word(compare?.Find("primary")) == "score" ? Metric.Score : Metric.Passed,
            KeepsHashes = Word(keys.Find("keep")) == "hashes",
        };
        // A broken row may have it.
        if (_problems.Count == 0)
            MustMark(keys.Find("must-pass")?.Value, rows, text);
        FindMisfits(keys, text);
        if (read.Primary == Metric.Score && !expect.Any(a => a.Kind is "judge" or "levenshtein"))
            Say(_path, text, compare!.Span, "`primary: score` needs something that scores under `expect`: `judge` or `levenshtein`");
        return read with
        {
            Problems = [.. _problems.Distinct(StringComparer.Ordinal)],
            Findings = [.. _findings.Distinct().OrderBy(f => f.Span.Start)],
            DataHash = HashOf(rows.Select(r => (object?)new object?[] { r.Id, r.Input })),
            AssertionsHash = HashOf([Plain(expect), read.MustPass.Order(StringComparer.Ordinal).ToArray<object?>(), .. rows.Select(r => Plain(r.Expect))]),
        };
    }

    // A tag that marks no row would switch the rule off without a word.
    private void MustMark(YamlNode? tags, ImmutableArray<EvaluationRow> rows, SourceText text)
    {
        string[] given = [.. rows.SelectMany(r => r.Tags).Distinct(StringComparer.Ordinal)];
        foreach (YamlScalar tag in Scalars(tags).Where(t => !given.Contains(t.Value, StringComparer.Ordinal)))
        {
            string? meant = Spelling.Nearest(tag.Value, given);
            string hint = meant is null ? "give it to those that must pass, under `tags`" : $"did you mean `{meant}`?";
            Say(_path, text, tag.Span, $"no row has the tag `{tag.Value}`; {hint}", fixes: Fix.ChangeToMeant(meant, tag.Span));
        }
    }

    private string Prompt(YamlMapping keys, SourceText text)
    {
        if (keys.Find("prompt") is not { } entry || entry.Value.Resolved() is not YamlScalar { Value.Length: > 0 } named)
        {
            Say(_path, text, keys.Find("prompt")?.Span ?? keys.Entries.FirstOrDefault()?.Key.Span ?? default, "`prompt:` names the file that is evaluated");
            return "";
        }
        return Resolve(named, text, "prompt") ?? "";
    }

    /// <summary>
    /// The file that an evaluation names: from the workspace's root, as settings name files, or from its own folder where it says so. Null where it
    /// may not be read, or is not there.
    /// </summary>
    public static string? Resolve(string named, string evaluation, Root root) =>
        Place(named, evaluation, root) is (not PathStatus.Outside, { Length: > 0 } full) && File.Exists(full) ? full : null;

    private static (PathStatus Status, string Full) Place(string named, string evaluation, Root root) =>
        root.Resolve(
            named.StartsWith("./", StringComparison.Ordinal) || named.StartsWith("../", StringComparison.Ordinal)
                ? Path.GetDirectoryName(evaluation)!
                : root.Folder,
            named
        );

    private string? Resolve(YamlScalar named, SourceText text, string what)
    {
        (PathStatus status, string full) = Place(named.Value, _path, _root);
        if (status == PathStatus.Outside)
            Say(_path, text, named.Span, $"`{named.Value}` lies outside the workspace, where nothing is read");
        else if (full.Length == 0 || !File.Exists(full))
            Say(_path, text, named.Span, $"there is no file `{named.Value}` for `{what}`; paths begin at the workspace's root, or with ./ here");
        else
            return full;
        return null;
    }

    private ImmutableArray<EvaluationRow> Rows(YamlMapping keys, SourceText text)
    {
        YamlEntry? data = keys.Find("data"),
            own = keys.Find("rows");
        if ((data is null) == (own is null))
        {
            string why = data is null
                ? "an evaluation needs rows: `data:` names a file of them, `rows:` lists them here"
                : "rows come from `data` or from `rows`, not from both";
            Say(_path, text, (data ?? keys.Entries[0]).Key.Span, why);
            return [];
        }
        IEnumerable<(YamlNode? Node, SourceText Text, string File, int Line)> written = [];
        if (own is not null)
        {
            if (own.Value.Resolved() is YamlSequence list)
                written = list.Items.Select(item => ((YamlNode?)item.Resolved(), text, _path, text.PositionAt(item.Span.Start).Line));
            else
                Say(_path, text, own.Value.Span, "`rows` is a list");
        }
        else if (data!.Value.Resolved() is YamlScalar named && Resolve(named, text, "data") is { } file)
        {
            written = Lines(file);
        }
        var rows = ImmutableArray.CreateBuilder<EvaluationRow>();
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((YamlNode? node, SourceText source, string path, int line) in written)
        {
            if (Row(node, source, path, line, rows.Count + 1) is not { } row)
                continue;
            if (!places.TryAdd(row.Id, row.Place))
                SayOfRow(
                    row.Place,
                    path,
                    (node as YamlMapping)?.Find("id")?.Value.Span ?? node?.Span ?? default,
                    $"the id `{PlainText.OneLine(row.Id)}` is there already, in {places[row.Id]}; ids are unique"
                );
            rows.Add(row);
        }
        if (rows.Count == 0 && _problems.Count == 0)
            Say(_path, text, (data ?? own)!.Span, "there is no row");
        return rows.ToImmutable();
    }

    // Each line of JSON is YAML as well, so that one reader does for both.
    private IEnumerable<(YamlNode?, SourceText, string, int)> Lines(string file)
    {
        FileText read = _read(file);
        if (!read.IsOk)
        {
            Tell(
                $"`{_shown(file)}` cannot be read; data is UTF-8, and at most 5 MB",
                new(_data, $"`{_shown(file)}` cannot be read; data is UTF-8, and at most 5 MB")
            );
            yield break;
        }
        int number = 0;
        foreach (string line in read.Text.Content.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            if (number > MostRows)
            {
                SayOfRow($"{_shown(file)}:{number}", file, default, $"there are more than {MostRows} rows");
                yield break;
            }
            if (Models.Asking.AnswerSchema.JsonProblem(line) is not null)
            {
                SayOfRow($"{_shown(file)}:{number}", file, default, "this line is no JSON; each line of data is one object");
                continue;
            }
            var text = new SourceText(line);
            yield return (YamlTree.Parse(text, new TextSpan(0, line.Length)).Root?.Resolved(), text, file, number - 1);
        }
    }

    private EvaluationRow? Row(YamlNode? node, SourceText text, string file, int line, int number)
    {
        string place = string.Create(CultureInfo.InvariantCulture, $"{_shown(file)}:{line + 1}");
        if (node is not YamlMapping keys)
            return Broken("a row is an object: { \"input\": { … } }", node?.Span ?? default, []);
        foreach (YamlEntry key in keys.Entries)
        {
            if (RowKey.Find(key.Key.Value) is null)
            {
                string? meant = Spelling.Nearest(key.Key.Value, Names(RowKey));
                string hint = meant is null ? $"there are {Listed(RowKey)}" : $"did you mean `{meant}`?";
                return Broken($"`{PlainText.OneLine(key.Key.Value)}` is no key of a row; {hint}", key.Key.Span, Fix.ChangeToMeant(meant, key.Key.Span));
            }
        }
        if (keys.Find("input") is { } input && input.Value.Resolved() is not YamlMapping)
            return Broken("`input` is an object: names with their values", input.Value.Span, []);
        var values = keys.Find("input")?.Value.Resolved() is YamlMapping given ? PromptValue.Of(given) : PromptValue.EmptyObject;
        string id = keys.Find("id")?.Value.Resolved() is YamlScalar { Value: { Length: > 0 } said } ? said : number.ToString(CultureInfo.InvariantCulture);
        return new(id, values, keys.Find("expect") is { } expect ? Assertions(expect.Value, text, file, line) : [], [.. Words(keys.Find("tags")?.Value)], place)
        {
            At = (file, line),
        };

        EvaluationRow? Broken(string why, TextSpan span, ImmutableArray<Fix> fixes)
        {
            SayOfRow(place, file, span, why, fixes);
            return null;
        }
    }

    // A list of assertions, an object of them, or a text that the answer is.
    private ImmutableArray<AnswerAssertion> Assertions(YamlNode node, SourceText text, string file, int firstLine = 0)
    {
        switch (node.Resolved())
        {
            case YamlScalar scalar:
                return [new("equals", scalar.Value, scalar, text)];
            case YamlMapping one:
                return [.. one.Entries.Select(e => Assertion(e, text, file, firstLine)).OfType<AnswerAssertion>()];
            case YamlSequence list when list.Items.All(i => i.Resolved() is YamlMapping):
                return
                [
                    .. list
                        .Items.SelectMany(i => ((YamlMapping)i.Resolved()!).Entries)
                        .Select(e => Assertion(e, text, file, firstLine))
                        .OfType<AnswerAssertion>(),
                ];
            default:
                Say(file, text, node.Span, "`expect` is a list of assertions: `- contains: Ada`", firstLine);
                return [];
        }
    }

    private AnswerAssertion? Assertion(YamlEntry entry, SourceText text, string file, int firstLine)
    {
        var assertion = new AnswerAssertion(entry.Key.Value, PromptValue.Of(entry.Value), entry.Value, text);
        if (!Keys.AnswerAssertions.Contains(assertion.Kind))
        {
            string? meant = Spelling.Nearest(assertion.Kind, Keys.AnswerAssertions);
            Say(
                file,
                text,
                entry.Key.Span,
                $"`{assertion.Kind}` is no assertion{(meant is null ? "" : $"; did you mean `{meant}`?")}",
                firstLine,
                Fix.ChangeToMeant(meant, entry.Key.Span)
            );
        }
        else if (assertion.Member("rubric") is string rubric && assertion.Kind == "judge" && !File.Exists(RubricPath(rubric)))
            Say(
                file,
                text,
                (entry.Value.Resolved() as YamlMapping)?.Find("rubric")?.Value.Span ?? entry.Span,
                $"there is no rubric `{rubric}`: that is a prompt of this workspace, from its root",
                firstLine
            );
        else if (Misfit(assertion) is { } why)
            Say(file, text, entry.Span, $"`{assertion.Kind}` {why}", firstLine);
        else
            return assertion;
        _hasBrokenAssertion = true;
        return null;
    }

    private string? Misfit(AnswerAssertion a) =>
        a.Kind switch
        {
            "numeric" => a.Member("path") is string && a.Member("equals") is long or double
                ? null
                : "needs `path` and `equals`: { path: total, equals: 12.5, tolerance: 0.01 }",
            "levenshtein" => a.Member("to") is string && a.Member("at-least") is long or double
                ? null
                : "needs `to` and `at-least`: { to: \"Hello\", at-least: 0.8 }",
            "tool-called" => a.Value is string or IReadOnlyDictionary<string, object?> && (a.Value is string || a.Member("name") is string)
                ? null
                : "needs the tool's name",
            "max-latency" or "max-cost" or "max-tokens" => a.Value is long or double ? null : "needs a number",
            "exact-json" => a.Value is null ? "needs a value" : null,
            "judge" => a.Member("rubric") is string && a.Member("at-least") is long or double
                ? null
                : "needs `rubric` and `at-least`: { rubric: judges/tone.prompt, at-least: 0.7 }",
            "json-schema" => a.Value is null ? "needs a schema, or `output` for the prompt's own" : null,
            "is-json" => a.Value is bool ? null : "is true or false",
            _ => a.Value is null or "" or IReadOnlyList<object?> { Count: 0 } ? "says nothing that must hold" : null,
        };

    private string RubricPath(string rubric) => _root.Resolve(_root.Folder, rubric) is (not PathStatus.Outside, { Length: > 0 } full) ? full : "";

    private void Known(YamlMapping keys, SourceText text, CatalogKey known, string what)
    {
        foreach (YamlEntry entry in keys.Entries.Where(e => known.Find(e.Key.Value) is null))
        {
            string? meant = Spelling.Nearest(entry.Key.Value, Names(known));
            string hint = meant is null ? $"there are {Listed(known)}" : $"did you mean `{meant}`?";
            Say(
                _path,
                text,
                entry.Key.Span,
                $"`{entry.Key.Value}` is no key of {what}; {hint}",
                fixes: keys.Find(meant ?? "") is null ? Fix.ChangeToMeant(meant, entry.Key.Span) : []
            );
        }
    }

    // Values of a wrong kind that nobody has complained about yet.
    private void FindMisfits(YamlMapping keys, SourceText text)
    {
        foreach (Finding misfit in KeyFindings.InvalidValues(text, Keys.Evaluation, keys, null))
        {
            if (!_findings.Exists(f => f.Span.Overlaps(misfit.Span)))
                Say(_path, text, misfit.Span, misfit.Message, fixes: misfit.Fixes);
        }
    }

    private static CatalogKey RowKey => Keys.Evaluation.Find("rows")!.Each!;

    private static IEnumerable<string> Names(CatalogKey keys) => keys.Members.Select(m => m.Name);

    private static string Listed(CatalogKey keys) => string.Join(", ", Names(keys).Select(n => $"`{n}`"));

    private static string? Word(YamlEntry? entry) => (entry?.Value.Resolved() as YamlScalar)?.Value;

    private static IEnumerable<string> Words(YamlNode? node) => Scalars(node).Select(s => s.Value);

    private static IEnumerable<YamlScalar> Scalars(YamlNode? node) => node?.Resolved() switch
    {
        YamlSequence list => list.Items.Select(i => i.Resolved()).OfType<YamlScalar>(),
        YamlScalar { Value.Length: > 0 } one => [one],
        _ => [],
    };

    private void Say(string file, SourceText text, TextSpan span, string message, int firstLine = 0, ImmutableArray<Fix> fixes = default)
    {
        LinePosition at = text.PositionAt(span.Start);
        string told = string.Create(CultureInfo.InvariantCulture, $"{_shown(file)}:{firstLine + at.Line + 1}:{at.Character + 1}: {PlainText.OneLine(message)}");
        Tell(told, file == _path ? new(span, PlainText.OneLine(message)) { Fixes = fixes.IsDefault ? [] : fixes } : new(_data, told));
    }

    /// <param name="place">The row's file and line.</param>
    private void SayOfRow(string place, string file, TextSpan span, string message, ImmutableArray<Fix> fixes = default) =>
        Tell($"{place}: {message}", file == _path ? new(span, message) { Fixes = fixes.IsDefault ? [] : fixes } : new(_data, $"{place}: {message}"));

    private void Tell(string problem, Finding finding)
    {
        _problems.Add(problem);
        _findings.Add(finding with { Rule = InvalidEvaluation.Name, Severity = Severity.Error });
    }

    // A judge is a prompt: another rubric is another judge.
    private object?[] Plain(ImmutableArray<AnswerAssertion> assertions) =>
        [
            .. assertions.Select(a =>
                (object?)
                    new object?[]
                    {
                        a.Kind,
                        a.Value,
                        a.Kind == "judge" && a.Member("rubric") is string rubric && _read(RubricPath(rubric)) is { IsOk: true } file
                            ? Fingerprint.Of(file.Text.Content)
                            : null,
                    }
            ),
        ];

    private static string HashOf(IEnumerable<object?> values) => Sha256.Hex(PlainJson.Text(values.ToArray()));
}
