using System.Collections;
using System.Diagnostics.CodeAnalysis;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Rendering.Engines.Handlebars;

/// <summary>What a template begins with: its inputs as the subject, context variables and facts about the prompt behind <c>@</c>.</summary>
internal static class TreeInputs
{
    public static Sourced Root(TemplateScope scope)
    {
        IReadOnlyDictionary<string, object?> values = scope.Caller is { } caller ? new WithCaller(scope.Values, caller) : scope.Values;
        IReadOnlySet<string> untrusted = scope.Template.Header.Untrusted.ToHashSet(StringComparer.Ordinal);
        return new(values, new SourceByMember(scope.Values.Keys, name => new([name], untrusted.Contains(name) || scope.Untrusted.Contains(name))));
    }

    public static DataFrame Data(RenderRun run, Sourced root)
    {
        var given = new DataFrame(null);
        given.Set("metadata", new(Metadata(run), Source.Template));
        foreach ((string name, object? value) in run.Context)
            given.Set(name, new(JavaScriptValues.Instance.Of(value), new([name], false)));
        // A context variable of that name is in the way of the inputs.
        if (run.Context.ContainsKey("root"))
            return given;
        var data = new DataFrame(given);
        data.Set("root", root);
        return data;
    }

    private static Dictionary<string, object?> Metadata(RenderRun run)
    {
        PromptModel prompt = run.Prompt;
        var keys = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["ext"] = PromptValue.EmptyObject,
            ["metadata"] = PromptValue.EmptyObject,
            ["config"] = PromptValue.EmptyObject,
        };
        if (prompt.Document.FrontMatter.Keys is { } written)
        {
            IReadOnlyDictionary<string, object?> raw = PromptValue.Of(written);
            foreach ((string key, object? value) in raw.Where(k => Reserved.Contains(k.Key, StringComparer.Ordinal)))
                keys[key] = value;
            keys["raw"] = raw;
        }
        return new(StringComparer.Ordinal)
        {
            ["prompt"] = keys,
            ["docs"] = JavaScriptMissing,
            ["messages"] = run.History.Select(m => (object?)new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["role"] = m.Role,
                ["content"] = new object?[] { new Dictionary<string, object?>(StringComparer.Ordinal) { ["text"] = m.Text } },
            }).ToArray(),
        };
    }

    private static object? JavaScriptMissing => JavaScriptValues.Instance.Missing;

    // Without `input`, which a rendered prompt has no longer.
    private static readonly string[] Reserved = ["config", "description", "ext", "model", "name", "output", "toolDefs", "tools", "variant", "version"];

    /// <summary>A template's own values, and behind them the variables of the template that includes it.</summary>
    private sealed class WithCaller(IReadOnlyDictionary<string, object?> own, Func<string, object?> caller) : IReadOnlyDictionary<string, object?>
    {
        public object? this[string key] => TryGetValue(key, out object? value) ? value : throw new KeyNotFoundException();

        public IEnumerable<string> Keys => own.Keys;

        public IEnumerable<object?> Values => own.Values;

        public int Count => own.Count;

        public bool ContainsKey(string key) => TryGetValue(key, out _);

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
        {
            if (own.TryGetValue(key, out value))
                return true;
            value = caller(key);
            return value is not null;
        }

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => own.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
