using System.Collections.Immutable;
using System.Text;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.Settings;

namespace PromptLsp.Releases.Content;

/// <summary>
/// The <c>promptlsp.yaml</c> of a release: what the prompt needs of its workspace's, and nothing else, so that other changes there leave the
/// release as it is. The same settings are always the same text.
/// </summary>
/// <param name="Context">The variables that are read: a file from the root, or a map with <c>schema</c> and <c>sample</c>.</param>
internal sealed record ReducedSettings(
    ImmutableArray<(string Name, object? Value)> Context,
    ImmutableArray<string> Partials,
    ImmutableArray<(string Name, object? Value)> Schemas,
    string? Template,
    ImmutableArray<(string Name, object? Value)> Helpers
)
{
    /// <param name="fileOf">The file, from the root, of a variable that has one.</param>
    public static ReducedSettings Of(PromptModel prompt, PromptParts parts, WorkspaceSettings settings, Root root, Func<ContextVariable, string> fileOf)
    {
        YamlMapping? keys = settings.Text is { } text ? YamlTree.Parse(text, new TextSpan(0, text.Length)).Root as YamlMapping : null;
        PromptModel[] all = [prompt, .. parts.Partials.Select(p => p.Model)];
        ImmutableArray<(string, object?)> context = [.. parts.Context.Select(v => (v.Name, (object?)(v.IsConstant ? fileOf(v) : Given(keys, v.Name))))];
        ImmutableArray<(string, object?)> helpers =
        [
            .. Named(keys, "helpers").Where(h => all.Any(m => m.Meaning.TakesHelpers && m.Document.Text.Content.Contains(h.Name, StringComparison.Ordinal))),
        ];
        IEnumerable<object?> mentioned =
        [
            .. all.SelectMany(SchemasOf),
            .. context.Select(c => c.Item2).Where(v => v is not string),
            .. helpers.Select(h => h.Item2),
        ];
        return new(
            context,
            [.. settings.Partials.Select(root.Relative).Where(folder => parts.Partials.Any(p => p.Path.StartsWith(folder + "/", StringComparison.Ordinal)))],
            Used(Named(keys, "schemas"), mentioned),
            settings.Template?.Name,
            helpers);
    }

    /// <summary>Null for a text that is not written as <see cref="Text"/> writes it.</summary>
    public static ReducedSettings? Parse(string text)
    {
        YamlTree yaml = YamlTree.Parse(new SourceText(text), new TextSpan(0, text.Length));
        var keys = yaml.Root as YamlMapping;
        if (!yaml.IsValid)
            return null;
        var settings = new ReducedSettings(
            Named(keys, "context"),
            [.. (PromptValue.Of(keys?.Find("partials")?.Value) as IEnumerable<object?> ?? []).OfType<string>()],
            Named(keys, "schemas"),
            PromptValue.Of(keys?.Find("template")?.Value) as string,
            Named(keys, "helpers"));
        return settings.Text == text ? settings : null;
    }

    public string Text
    {
        get
        {
            var text = new StringBuilder("# The part of the workspace's settings that this release was made with.\n");
            Section("context", Context);
            if (!Partials.IsEmpty)
                text.Append("partials: ").Append(FlowText.Of(Partials.Cast<object?>().ToArray())).Append('\n');
            Section("schemas", Schemas);
            if (Template is not null)
                text.Append("template: ").Append(FlowText.Of(Template)).Append('\n');
            Section("helpers", Helpers);
            return text.ToString();

            void Section(string name, ImmutableArray<(string Name, object? Value)> members)
            {
                if (members.IsEmpty)
                    return;
                text.Append(name).Append(":\n");
                foreach ((string member, object? value) in members)
                    text.Append("  ").Append(FlowText.Of(member)).Append(": ").Append(FlowText.Of(value)).Append('\n');
            }
        }
    }

    /// <summary>All but the values of context variables, for the release hash.</summary>
    public void AddTo(CanonicalText text)
    {
        foreach ((string name, object? value) in Context)
            text.Add("context", value is string ? name : $"{name} {FlowText.Of(value)}");
        foreach (string folder in Partials)
            text.Add("partials", folder);
        foreach ((string name, object? value) in Schemas)
            text.Add("schema", $"{name} {FlowText.Of(value)}");
        text.Add("template", Template);
        foreach ((string name, object? value) in Helpers)
            text.Add("helper", $"{name} {FlowText.Of(value)}");
    }

    /// <summary>What other settings say of the things that these speak of, in one text; which files have a variable's values does not matter.</summary>
    public string Part(string settings)
    {
        var text = new SourceText(settings);
        var keys = YamlTree.Parse(text, new TextSpan(0, text.Length)).Root as YamlMapping;
        var part = new StringBuilder();
        Add(
            "context",
            Context,
            static (name, value) =>
                value is string ? "a file"
                : value is IReadOnlyDictionary<string, object?> given ? given.Where(m => m.Key is "schema" or "sample").ToDictionary(StringComparer.Ordinal)
                : value
        );
        Add("schemas", Schemas, static (_, value) => value);
        Add("helpers", Helpers, static (_, value) => value);
        var folders = PromptValue.Of(keys?.Find("partials")?.Value) as IEnumerable<object?>;
        part.Append(FlowText.Of(folders?.OfType<string>().Where(f => Partials.Contains(f.TrimEnd('/'))).Select(f => (object?)f.TrimEnd('/')).ToArray() ?? []));
        return part.Append(FlowText.Of(PromptValue.Of(keys?.Find("template")?.Value))).ToString();

        void Add(string key, ImmutableArray<(string Name, object? Value)> own, Func<string, object?, object?> shown)
        {
            ImmutableArray<(string Name, object? Value)> said = Named(keys, key);
            foreach ((string name, object? _) in own)
                part.Append(name)
                    .Append(FlowText.Of(said.FirstOrDefault(s => s.Name == name) is { Name: not null } found ? shown(name, found.Value) : null))
                    .Append('\n');
        }
    }

    private static ImmutableArray<(string Name, object? Value)> Named(YamlMapping? keys, string key) =>
        keys?.Find(key)?.Value.Resolved() is YamlMapping map
            ? [.. map.Entries.DistinctBy(e => e.Key.Value).Select(e => (e.Key.Value, PromptValue.Of(e.Value)))]
            : [];

    // What the application gives at run time.
    private static Dictionary<string, object?> Given(YamlMapping? keys, string name)
    {
        var said = (keys?.Find("context")?.Value.Resolved() as YamlMapping)?.Find(name)?.Value.Resolved() as YamlMapping;
        return said is null ? [] : PromptValue.Of(said).Where(m => m.Key is "schema" or "sample").ToDictionary(StringComparer.Ordinal);
    }

    private static IEnumerable<object?> SchemasOf(PromptModel prompt) =>
        prompt.Document.FrontMatter.Keys is { } keys ? new[] { "input", "output", "toolDefs" }.Select(k => PromptValue.Of(keys.Find(k)?.Value)) : [];

    // A schema may use those before it.
    private static ImmutableArray<(string, object?)> Used(ImmutableArray<(string Name, object? Value)> all, IEnumerable<object?> mentioned)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<object?>(mentioned);
        while (open.TryPop(out object? value))
        {
            switch (value)
            {
                case string said
                    when said.Split(',', 2)[0].Trim() is var word && all.FirstOrDefault(s => s.Name == word) is { Name: not null } schema && used.Add(word):
                    open.Push(schema.Value);
                    break;
                case IReadOnlyDictionary<string, object?> map:
                    foreach (object? member in map.Values)
                        open.Push(member);
                    break;
                case IEnumerable<object?> list:
                    foreach (object? item in list)
                        open.Push(item);
                    break;
            }
        }
        return [.. all.Where(s => used.Contains(s.Name))];
    }
}
