using System.Collections.ObjectModel;
using System.Collections.Immutable;
using System.Globalization;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Semantics.Schemas;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Dialects;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Workspace.Settings;

/// <summary>Reads <c>promptlsp.yaml</c> and the context files it names. What it cannot read is a finding, and reads as not said.</summary>
internal sealed class SettingsReader
{
    public const string Rule = InvalidSettings.Name;

    private readonly FileView _files;
    private readonly Root _root;
    private readonly SourceText _text;
    private readonly List<Finding> _findings = [];
    private readonly List<string> _read = [];

    private SettingsReader(FileView files, Root root, SourceText text)
    {
        _files = files;
        _root = root;
        _text = text;
    }

    /// <returns>The settings, and the files they were read from: where one of those changes they must be read again.</returns>
    public static (WorkspaceSettings Settings, ImmutableArray<string> Files) Read(FileView files, Root root)
    {
        FileText file = files.ReadSettings(root);
        if (file.Status == FileStatus.Missing)
            return (WorkspaceSettings.None, [root.SettingsPath]);
        if (!file.IsOk)
            return (
                new() { Findings = [new(default, Unreadable(Roots.SettingsFile, file.Status)) { Rule = Rule, Severity = Severity.Error }] },
                file.Status == FileStatus.Outside ? [] : [root.SettingsPath]
            );
        var reader = new SettingsReader(files, root, file.Text);
        reader._read.Add(root.SettingsPath);
        WorkspaceSettings settings = reader.Read();
        return (settings, [.. reader._read]);
    }

    private WorkspaceSettings Read()
    {
        YamlTree yaml = YamlTree.Parse(_text, new TextSpan(0, _text.Length));
        foreach (Problem problem in yaml.Problems)
            Say(problem.Span, problem.Message);
        if (yaml.Root is not YamlMapping keys)
        {
            if (yaml.IsValid && yaml.Root is { } other && !other.IsNull())
                Say(
                    _text.LineSpan(_text.LineAt(other.Span.Start)),
                    $"{Roots.SettingsFile} holds keys with their values, such as `partials: [prompts/partials]`; this is "
                        + $"{(other is YamlSequence ? "a list" : "a single value")}"
                );
            return new() { Text = _text, Findings = Told };
        }
        IReadOnlyDictionary<string, PromptType> schemas = Schemas(keys);
        IReadOnlyDictionary<string, Severity> severities = Severities(keys);
        var settings = new WorkspaceSettings
        {
            Text = _text,
            Template = Template(keys),
            Helpers = Helpers(keys, schemas),
            Schemas = schemas,
            Context = Context(keys, schemas),
            Partials = Partials(keys),
            Models = Models(keys),
            Severities = severities,
            Releases = ReleasePolicyReader.Read(_root, keys, SignersFile, severities, _findings),
            HistoryFold = HistoryFold(keys),
        };
        FindStrangers(keys);
        return settings with { Findings = Told };
    }

    private ImmutableArray<Finding> Told => [.. _findings.Distinct().Select(f => f with { Message = PlainText.OneLine(f.Message) }).OrderBy(f => f.Span.Start)];

    // Misspelt keys, and values of a wrong kind that nobody has complained about yet.
    private void FindStrangers(YamlMapping keys)
    {
        // Of what a policy must hold it has been told, as an error.
        Finding[] strangers = [.. KeyFindings.UnknownKeys(Keys.Workspace, keys).Where(f => !_findings.Exists(told => told.Span == f.Span))];
        _findings.AddRange(strangers.Select(f => f with { Rule = Rule, Severity = Severity.Warning }));
        foreach (
            (CatalogKey key, YamlMapping map) in Keys.Walk(Keys.Workspace, keys)
                .Where(k => k.Value is YamlMapping)
                .Select(k => (k.Key, (YamlMapping)k.Value))
                .Prepend((Keys.Workspace, keys))
        )
            FindTwins(key, map);
        // Of single rules it has been told.
        TextSpan rules = keys.Find("rules")?.Value is YamlMapping named ? named.Span : default;
        foreach (Finding finding in KeyFindings.InvalidValues(_text, Keys.Workspace, keys, null))
        {
            if (!rules.Contains(finding.Span) && !_findings.Exists(f => f.Span.Overlaps(finding.Span)))
                _findings.Add(finding with { Rule = Rule, Severity = Severity.Error });
        }
    }

    // A misspelt key beside the right one: which of the two was meant to count?
    private void FindTwins(CatalogKey key, YamlMapping map)
    {
        string[] written = [.. map.Entries.Select(e => e.Key.Value).Where(k => key.Members.Any(m => m.Name == k))];
        foreach (YamlScalar name in map.Entries.Select(e => e.Key).Where(k => key.Under(k.Value) is null && !_findings.Exists(f => f.Span.Overlaps(k.Span))))
        {
            if (Spelling.Nearest(name.Value, written) is { } meant)
                _findings.Add(
                    new(name.Span, $"nothing reads `{name.Value}`; it looks like `{meant}`, which is here too: put it there")
                    {
                        Rule = Rule,
                        Severity = Severity.Warning,
                    }
                );
        }
    }

    private void Say(TextSpan span, string message) => _findings.Add(new(span, message) { Rule = Rule, Severity = Severity.Error });

    private Dialect? Template(YamlMapping keys)
    {
        if (keys.Find("template")?.Value.Resolved() is not YamlScalar named)
            return null;
        if (KnownDialects.Find(named.Value) is { } dialect)
            return dialect;
        Say(named.Span, $"`{named.Value}` is no template language; use `scriban`, `handlebars` or `liquid`");
        return null;
    }

    private IReadOnlyDictionary<string, PromptType> Schemas(YamlMapping keys)
    {
        if (keys.Find("schemas")?.Value.Resolved() is not YamlMapping named)
            return ReadOnlyDictionary<string, PromptType>.Empty;
        var types = new Dictionary<string, PromptType>(StringComparer.Ordinal);
        foreach (YamlEntry entry in named.Entries)
            types[entry.Key.Value] = Schema(entry.Value, types).DeclaredIn(MemberOriginKind.Schema, Roots.SettingsFile, [entry.Key.Value]);
        return types;
    }

    private PromptType Schema(YamlNode node, IReadOnlyDictionary<string, PromptType> named)
    {
        PromptSchema schema = PromptSchema.Read(_text, node, named);
        foreach (Problem problem in schema.Problems)
            _findings.Add(problem.ToFinding() with { Rule = Rule, Severity = Severity.Error });
        return schema.Type;
    }

    private DeclaredHelpers Helpers(YamlMapping keys, IReadOnlyDictionary<string, PromptType> schemas) =>
        keys.Find("helpers")?.Value.Resolved() is YamlMapping declared
            ? new([.. declared.Entries.DistinctBy(e => e.Key.Value).Select(e => Helper(e, schemas))])
            : DeclaredHelpers.None;

    // What it does not say has a meaning too: any arguments, any value, and the helper's name in previews.
    private DeclaredHelper Helper(YamlEntry entry, IReadOnlyDictionary<string, PromptType> schemas)
    {
        string name = entry.Key.Value;
        var said = entry.Value.Resolved() as YamlMapping;
        PromptType returns = said?.Find("type") is { } type ? Schema(type.Value, schemas) : PromptType.Any;
        IEnumerable<FunctionParameter> arguments =
            said is null || said.Find("arguments") is null && said.Find("options") is null
                ? [new("values", ValueShape.Any) { IsRest = true }]
                :
                [
                    .. Parameters(said.Find("arguments")?.Value, schemas),
                    .. Parameters(said.Find("options")?.Value, schemas).Select(p => p with { IsNamed = true, IsOptional = true }),
                ];
        object? output = said?.Find("example") is { } example ? PromptValue.Of(example.Value) : name;
        var function = new CatalogFunction(
            name,
            (said?.Find("doc")?.Value.Resolved() as YamlScalar)?.Value is { Length: > 0 } doc ? doc : "A helper of the application.",
            [.. arguments],
            ValueShapes.Of(returns)
        )
        {
            Example = string.Join(' ', arguments.Where(a => a is { IsNamed: false, IsRest: false }).Select(a => a.Name).Prepend(name)),
            Result = said?.Find("example") is null ? null : ValueText.Of(output),
            IsOfApplication = true,
        };
        return new(function, output, entry.Key.Span);
    }

    private IEnumerable<FunctionParameter> Parameters(YamlNode? schema, IReadOnlyDictionary<string, PromptType> schemas) =>
        schema is null
            ? []
            : (Schema(schema, schemas) as ObjectType)?.Fields.Select(f => new FunctionParameter(f.Name, ValueShapes.Of(f.Type), f.Description ?? "")
            {
                IsOptional = f.IsOptional,
                Words = f.Type is EnumType words ? [.. words.Values.Select(w => new CatalogWord(w, ""))] : [],
            })
                ?? [];

    private ImmutableArray<ContextVariable> Context(YamlMapping keys, IReadOnlyDictionary<string, PromptType> schemas)
    {
        if (keys.Find("context")?.Value.Resolved() is not YamlMapping declared)
            return [];
        var variables = ImmutableArray.CreateBuilder<ContextVariable>();
        foreach (YamlEntry entry in declared.Entries)
        {
            string name = entry.Key.Value;
            switch (entry.Value.Resolved())
            {
                case YamlScalar { Value.Length: > 0 } path:
                    variables.Add(FromFile(name, path));
                    break;
                case YamlMapping given:
                    PromptType type =
                        given.Find("schema") is { } schema ? Schema(schema.Value, schemas)
                        : given.Find("sample") is { } shown ? ValueTypes.OfNode(shown.Value)
                        : PromptType.Any;
                    string? description = (given.Find("description")?.Value as YamlScalar)?.Value;
                    variables.Add(
                        new(
                            name,
                            type.DeclaredIn(MemberOriginKind.Context, Roots.SettingsFile, [name]),
                            description,
                            PromptValue.Of(given.Find("sample")?.Value),
                            Roots.SettingsFile,
                            entry.Key.Span
                        )
                    );
                    break;
                default:
                    Say(entry.Key.Span, $"`{name}` needs a file (`{name}: context/{name}.yaml`), or a `schema` for what is given at run time");
                    variables.Add(new(name, PromptType.Any, null, null, Roots.SettingsFile, entry.Key.Span));
                    break;
            }
        }
        return variables.ToImmutable();
    }

    // By its path from the root. Where it changes, the settings are read again.
    private string? SignersFile(string path)
    {
        (PathStatus status, string full) = _root.Resolve(_root.Folder, path);
        if (status != PathStatus.Inside)
            return null;
        _read.Add(full);
        return _files.Read(full) is { IsOk: true } file ? file.Text.Content : null;
    }

    // The values of a file are the variable; the file is where it is declared.
    private ContextVariable FromFile(string name, YamlScalar path)
    {
        (PathStatus status, string full) = _root.Resolve(_root.Folder, path.Value);
        if (status == PathStatus.Outside)
        {
            Say(path.Span, $"`{path.Value}` lies outside the workspace, where nothing is read");
            return new(name, PromptType.Any, null, null, Roots.SettingsFile, path.Span);
        }
        // No file has such a name.
        if (full.Length == 0)
        {
            Say(path.Span, Unreadable(path.Value, FileStatus.Missing));
            return new(name, PromptType.Any, null, null, Roots.SettingsFile, path.Span);
        }
        _read.Add(full);
        FileText file = _files.Read(full);
        if (!file.IsOk)
        {
            Say(path.Span, Unreadable(path.Value, file.Status));
            return new(name, PromptType.Any, null, null, Roots.SettingsFile, path.Span);
        }
        YamlTree yaml = YamlTree.Parse(file.Text, new TextSpan(0, file.Text.Length));
        if (!yaml.IsValid)
            Say(path.Span, $"`{path.Value}` is not valid YAML or JSON: {yaml.Problems[0].Message}");
        object? value = PromptValue.Of(yaml.Root);
        string source = _root.Relative(full);
        PromptType type = yaml.Root is null ? PromptType.Any : ValueTypes.OfNode(yaml.Root).DeclaredIn(MemberOriginKind.Context, source, [name]);
        return new(name, type, null, value, source, new TextSpan(0, 0)) { IsConstant = true };
    }

    internal static string Unreadable(string path, FileStatus status) => status switch
    {
        FileStatus.Missing => $"there is no file `{path}`; create it, or correct the path",
        FileStatus.TooLarge => $"`{path}` is over 5 MB and is not read",
        FileStatus.NotUtf8 => $"`{path}` is not UTF-8; save it as UTF-8",
        FileStatus.NotAFile => $"`{path}` is not a regular file",
        FileStatus.Outside => $"`{path}` leads out of the workspace, so it is not read; put the file itself here",
        _ => $"`{path}` cannot be opened; check its permissions",
    };

    private ImmutableArray<string> Partials(YamlMapping keys)
    {
        var folders = ImmutableArray.CreateBuilder<string>();
        foreach (YamlScalar folder in Scalars(keys.Find("partials")?.Value))
        {
            (PathStatus status, string full) = _root.Resolve(_root.Folder, folder.Value);
            if (status == PathStatus.Outside)
                Say(folder.Span, $"`{folder.Value}` lies outside the workspace, where nothing is read");
            else if (!Directory.Exists(full))
                Say(folder.Span, $"there is no folder `{folder.Value}`; create it, or correct the path");
            else
                folders.Add(full);
        }
        return folders.ToImmutable();
    }

    internal static IEnumerable<YamlScalar> Scalars(YamlNode? node) => node?.Resolved() switch
    {
        YamlSequence list => list.Items.Select(i => i.Resolved()).OfType<YamlScalar>(),
        YamlScalar { Value.Length: > 0 } one => [one],
        _ => [],
    };

    private ImmutableArray<ModelInfo> Models(YamlMapping keys)
    {
        switch (keys.Find("models")?.Value.Resolved())
        {
            case YamlMapping models:
                string currency = keys.Find("currency")?.Value.Resolved() is YamlScalar { Value: { Length: > 0 } said } ? said : ModelInfo.UsualCurrency;
                return [.. models.Entries.Select(e => Model(e, currency))];
            case YamlSequence list:
                return [.. list.Items.Select(i => i.Resolved()).OfType<YamlScalar>().Select(s => new ModelInfo(s.Value, null, null, null))];
            default:
                return [];
        }
    }

    private ModelInfo Model(YamlEntry entry, string currency)
    {
        YamlMapping? facts = entry.Value.Resolved() as YamlMapping;
        return new(
            entry.Key.Value,
            Number(facts, "context") is { } window and > 0 and <= int.MaxValue ? (int)window : null,
            Number(facts, "input"),
            Number(facts, "output")
        )
        {
            Currency = currency,
            Provider = facts?.Find("provider")?.Value.Resolved() is YamlScalar { Value: { Length: > 0 } provider } ? provider : null,
        };
    }

    private double? Number(YamlMapping? facts, string key)
    {
        if (facts?.Find(key)?.Value.Resolved() is not YamlScalar scalar)
            return null;
        switch (scalar.Meaning())
        {
            case long whole when whole >= 0:
                return whole;
            case double real when real >= 0:
                return real;
            default:
                Say(scalar.Span, $"`{key}` must be a number, not `{scalar.Value}`");
                return null;
        }
    }

    private IReadOnlyDictionary<string, Severity> Severities(YamlMapping keys)
    {
        if (keys.Find("rules")?.Value.Resolved() is not YamlMapping rules)
            return ReadOnlyDictionary<string, Severity>.Empty;
        var severities = new Dictionary<string, Severity>(StringComparer.Ordinal);
        foreach (YamlEntry entry in rules.Entries)
        {
            if (Rules.Find(entry.Key.Value) is null)
                UnknownRule(entry.Key);
            else if (entry.Value.Resolved() is YamlScalar { Value: var word } scalar)
            {
                if (SeverityOf(word) is { } severity)
                    severities[entry.Key.Value] = severity;
                else
                    Say(scalar.Span, $"`{word}` is no severity; use `off`, `hint`, `information`, `warning` or `error`");
            }
        }
        return severities;
    }

    private void UnknownRule(YamlScalar key)
    {
        string? meant = Spelling.Nearest(key.Value, Rules.All.Select(r => r.Id));
        _findings.Add(new(key.Span, $"there is no rule `{key.Value}`{(meant is null ? "" : $"; did you mean `{meant}`?")}")
        {
            Rule = Rule,
            Severity = Severity.Warning,
            Fixes = Fix.ChangeToMeant(meant, key.Span),
        });
    }

    // A plain `off` is no boolean in YAML 1.2, and `false` says the same.
    internal static Severity? SeverityOf(string word) => word switch
    {
        "off" or "false" => Severity.Off,
        "hint" => Severity.Hint,
        "information" or "info" => Severity.Information,
        "warning" => Severity.Warning,
        "error" => Severity.Error,
        _ => null,
    };

    private TimeSpan HistoryFold(YamlMapping keys)
    {
        if ((keys.Find("history")?.Value.Resolved() as YamlMapping)?.Find("fold")?.Value.Resolved() is not YamlScalar fold)
            return WorkspaceSettings.None.HistoryFold;
        if (Duration(fold.Value) is { } duration)
            return duration;
        Say(fold.Span, $"`{fold.Value}` is no duration; write seconds, minutes or hours, such as `30s`, `2m` or `1h`");
        return WorkspaceSettings.None.HistoryFold;
    }

    internal static TimeSpan? Duration(string text)
    {
        if (text == "0")
            return TimeSpan.Zero;
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int count))
            return null;
        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            _ => null,
        };
    }
}
