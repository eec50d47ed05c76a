using System.Collections.Immutable;
using System.Globalization;
using PromptLsp.History;
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

    private const int MostRows = 100_000, MostRepeats = 100;

    private readonly string _path;
    private readonly Root _root;
    private readonly Func<string, string> _shown;
    private readonly List<string> _problems = [];

    private EvaluationReader(string path, Root root, Func<string, string> shown) => (_path, _root, _shown) = (path, root, shown);

    /// <param name="path">Absolute.</param>
    /// <param name="root">The workspace, outside of which nothing is read.</param>
    /// <param name="shown">A path as people read it.</param>
    public static EvaluationFile Read(string path, Root root, Func<string, string> shown) => new EvaluationReader(path, root, shown).Read();

    private EvaluationFile Read()
    {
        FileText file = Disk.Load(_path);
        if (!file.IsOk)
            return new() { Path = _path, Problems = [$"`{_shown(_path)}` cannot be read as an evaluation; it must be a file of UTF-8 of at most 5 MB"] };
        SourceText text = file.Text;
        YamlTree yaml = YamlTree.Parse(text, new TextSpan(0, text.Length));
        foreach (Problem problem in yaml.Problems)
            Say(_path, text, problem.Span, problem.Message);
        if (yaml.Root?.Resolved() is not YamlMapping keys)
        {
            if (_problems.Count == 0)
                _problems.Add($"{_shown(_path)}:1:1: an evaluation begins with `prompt:`, and `data:` or `rows:`");
            return new() { Path = _path, Problems = [.. _problems] };
        }
        Known(keys, text, ["prompt", "data", "rows", "expect", "must-pass", "repeat", "compare", "keep", "description"], "an evaluation");
        ImmutableArray<AnswerAssertion> expect = keys.Find("expect") is { } entry ? Assertions(entry.Value, text, _path) : [];
        ImmutableArray<EvaluationRow> rows = Rows(keys, text);
        YamlMapping? compare = keys.Find("compare")?.Value.Resolved() as YamlMapping;
        if (compare is not null)
            Known(compare, text, ["delta", "primary"], "`compare`");
        if (expect.IsEmpty && rows.All(r => r.Expect.IsEmpty))
            Say(_path, text, keys.Entries[0].Key.Span, "nothing must hold of any answer; say what under `expect`");
        var read = new EvaluationFile
        {
            Path = _path,
            Prompt = Prompt(keys, text),
            Rows = rows,
            Expect = expect,
            MustPass = [.. Words(keys.Find("must-pass")?.Value)],
            Repeat = (int)Number(keys.Find("repeat"), text, 1, 1, MostRepeats, isWhole: true),
            Delta = Number(compare?.Find("delta"), text, 0.05, 0.0001, 1, isWhole: false),
            Primary = Choice(compare?.Find("primary"), text, "passed", "score") == "score" ? Metric.Score : Metric.Passed,
            KeepsHashes = Choice(keys.Find("keep"), text, "answers", "hashes") == "hashes",
        };
        if (read.Primary == Metric.Score && !expect.Any(a => a.Kind is "judge" or "levenshtein"))
            Say(_path, text, compare!.Span, "`primary: score` needs something that scores under `expect`: `judge` or `levenshtein`");
        return read with
        {
            Problems = [.. _problems.Distinct(StringComparer.Ordinal)],
            DataHash = HashOf(rows.Select(r => (object?)new object?[] { r.Id, r.Input })),
            AssertionsHash = HashOf([Plain(expect), read.MustPass.Order(StringComparer.Ordinal).ToArray<object?>(), .. rows.Select(r => Plain(r.Expect))]),
        };
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

    // From the workspace's root, as settings name files; from the evaluation's own folder where it says so.
    private string? Resolve(YamlScalar named, SourceText text, string what)
    {
        string from = named.Value.StartsWith("./", StringComparison.Ordinal) || named.Value.StartsWith("../", StringComparison.Ordinal) ? Path.GetDirectoryName(_path)! : _root.Folder;
        (PathStatus status, string full) = _root.Resolve(from, named.Value);
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
        YamlEntry? data = keys.Find("data"), own = keys.Find("rows");
        if ((data is null) == (own is null))
        {
            string why = data is null ? "an evaluation needs rows: `data:` names a file of them, `rows:` lists them here" : "rows come from `data` or from `rows`, not from both";
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
                _problems.Add($"{row.Place}: the id `{PlainText.OneLine(row.Id)}` is there already, in {places[row.Id]}; ids are unique");
            rows.Add(row);
        }
        if (rows.Count == 0 && _problems.Count == 0)
            Say(_path, text, (data ?? own)!.Span, "there is no row");
        return rows.ToImmutable();
    }

    // Each line of JSON is YAML as well, so that one reader does for both.
    private IEnumerable<(YamlNode?, SourceText, string, int)> Lines(string file)
    {
        FileText read = Disk.Load(file);
        if (!read.IsOk)
        {
            _problems.Add($"`{_shown(file)}` cannot be read; data is UTF-8, and at most 5 MB");
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
                _problems.Add($"{_shown(file)}:{number}: there are more than {MostRows} rows");
                yield break;
            }
            if (Models.Asking.AnswerSchema.JsonProblem(line) is not null)
            {
                _problems.Add($"{_shown(file)}:{number}: this line is no JSON; each line of data is one object");
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
            return Broken("a row is an object: { \"input\": { … } }");
        foreach (YamlEntry key in keys.Entries)
        {
            if (key.Key.Value is not ("id" or "input" or "expect" or "tags"))
                return Broken($"`{PlainText.OneLine(key.Key.Value)}` is no key of a row{(Spelling.Nearest(key.Key.Value, ["id", "input", "expect", "tags"]) is { } meant ? $"; did you mean `{meant}`?" : "; there are `id`, `input`, `expect` and `tags`")}");
        }
        if (keys.Find("input") is { } input && input.Value.Resolved() is not YamlMapping)
            return Broken("`input` is an object: names with their values");
        var values = keys.Find("input")?.Value.Resolved() is YamlMapping given ? PromptValue.Of(given) : PromptValue.EmptyObject;
        string id = keys.Find("id")?.Value.Resolved() is YamlScalar { Value: { Length: > 0 } said } ? said : number.ToString(CultureInfo.InvariantCulture);
        return new(id, values, keys.Find("expect") is { } expect ? Assertions(expect.Value, text, file, line) : [], [.. Words(keys.Find("tags")?.Value)], place);

        EvaluationRow? Broken(string why)
        {
            _problems.Add($"{place}: {why}");
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
                return [.. list.Items.SelectMany(i => ((YamlMapping)i.Resolved()!).Entries).Select(e => Assertion(e, text, file, firstLine)).OfType<AnswerAssertion>()];
            default:
                Say(file, text, node.Span, "`expect` is a list of assertions: `- contains: Ada`", firstLine);
                return [];
        }
    }

    private AnswerAssertion? Assertion(YamlEntry entry, SourceText text, string file, int firstLine)
    {
        var assertion = new AnswerAssertion(entry.Key.Value, PromptValue.Of(entry.Value), entry.Value, text);
        if (!AnswerAssertion.Kinds.Contains(assertion.Kind))
            Say(file, text, entry.Key.Span, $"`{assertion.Kind}` is no assertion{(Spelling.Nearest(assertion.Kind, AnswerAssertion.Kinds) is { } meant ? $"; did you mean `{meant}`?" : "")}", firstLine);
        else if (Misfit(assertion) is { } why)
            Say(file, text, entry.Span, $"`{assertion.Kind}` {why}", firstLine);
        else
            return assertion;
        return null;
    }

    private string? Misfit(AnswerAssertion a) => a.Kind switch
    {
        "numeric" => a.Member("path") is string && a.Member("equals") is long or double ? null : "needs `path` and `equals`: { path: total, equals: 12.5, tolerance: 0.01 }",
        "levenshtein" => a.Member("to") is string && a.Member("at-least") is long or double ? null : "needs `to` and `at-least`: { to: \"Hello\", at-least: 0.8 }",
        "tool-called" => a.Value is string or IReadOnlyDictionary<string, object?> && (a.Value is string || a.Member("name") is string) ? null : "needs the tool's name",
        "max-latency" or "max-cost" or "max-tokens" => a.Value is long or double ? null : "needs a number",
        "exact-json" => a.Value is null ? "needs a value" : null,
        "judge" => a.Member("rubric") is string rubric && a.Member("at-least") is long or double
            ? File.Exists(RubricPath(rubric)) ? null : $"has no rubric `{rubric}`: that is a prompt of this workspace"
            : "needs `rubric` and `at-least`: { rubric: judges/tone.prompt, at-least: 0.7 }",
        "json-schema" => a.Value is null ? "needs a schema, or `output` for the prompt's own" : null,
        "is-json" => a.Value is bool ? null : "is true or false",
        _ => a.Value is null or "" or IReadOnlyList<object?> { Count: 0 } ? "says nothing that must hold" : null,
    };

    private string RubricPath(string rubric) => _root.Resolve(_root.Folder, rubric) is (not PathStatus.Outside, { Length: > 0 } full) ? full : "";

    private void Known(YamlMapping keys, SourceText text, string[] known, string what)
    {
        foreach (YamlEntry entry in keys.Entries.Where(e => !known.Contains(e.Key.Value, StringComparer.Ordinal)))
        {
            string hint = Spelling.Nearest(entry.Key.Value, known) is { } meant ? $"did you mean `{meant}`?" : $"there are {string.Join(", ", known.Select(k => $"`{k}`"))}";
            Say(_path, text, entry.Key.Span, $"`{entry.Key.Value}` is no key of {what}; {hint}");
        }
    }

    private double Number(YamlEntry? entry, SourceText text, double usual, double least, double most, bool isWhole)
    {
        if (entry is null)
            return usual;
        object? value = PromptValue.Of(entry.Value);
        double number = value switch { long whole => whole, double real when !isWhole => real, _ => double.NaN };
        if (number >= least && number <= most)
            return number;
        Say(_path, text, entry.Span, string.Create(CultureInfo.InvariantCulture, $"`{entry.Key.Value}` is a {(isWhole ? "whole number" : "number")} from {least} to {most}"));
        return usual;
    }

    private string Choice(YamlEntry? entry, SourceText text, params ReadOnlySpan<string> words)
    {
        if (entry is null)
            return words[0];
        if (entry.Value.Resolved() is YamlScalar { Value: var word } && words.Contains(word, StringComparer.Ordinal))
            return word;
        Say(_path, text, entry.Span, $"`{entry.Key.Value}` is `{string.Join("` or `", words.ToArray())}`");
        return words[0];
    }

    private static IEnumerable<string> Words(YamlNode? node) => node?.Resolved() switch
    {
        YamlSequence list => list.Items.Select(i => i.Resolved()).OfType<YamlScalar>().Select(s => s.Value),
        YamlScalar { Value.Length: > 0 } one => [one.Value],
        _ => [],
    };

    private void Say(string file, SourceText text, TextSpan span, string message, int firstLine = 0)
    {
        LinePosition at = text.PositionAt(span.Start);
        _problems.Add(string.Create(CultureInfo.InvariantCulture, $"{_shown(file)}:{firstLine + at.Line + 1}:{at.Character + 1}: {PlainText.OneLine(message)}"));
    }

    // A judge is a prompt: another rubric is another judge.
    private object?[] Plain(ImmutableArray<AnswerAssertion> assertions) =>
        [.. assertions.Select(a => (object?)new object?[] { a.Kind, a.Value, a.Kind == "judge" && a.Member("rubric") is string rubric && Disk.Load(RubricPath(rubric)) is { IsOk: true } file ? Fingerprint.Of(file.Text.Content) : null })];

    private static string HashOf(IEnumerable<object?> values) => Sha256.Hex(PlainJson.Text(values.ToArray()));
}
