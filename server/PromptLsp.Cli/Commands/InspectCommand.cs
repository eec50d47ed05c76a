using System.CommandLine;
using System.Text.Json;
using PromptLsp.Cli.Checking;
using PromptLsp.Cli.Reports;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Semantics.Schemas;
using PromptLsp.Language.Syntax.Yaml;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp inspect FILE</c>: what a program needs to know of a prompt, as JSON.</summary>
internal static class InspectCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "The prompt; - reads standard input." };
        Option<string?> filename = PipedPrompt.FilenameOption();
        var command = new ExampleCommand("inspect", "Tells as JSON what a program needs to know of a prompt.", "promptlsp inspect prompts/reply.prompt")
        {
            file,
            filename,
        };
        command.SetAction(parsed =>
        {
            OnePrompt prompt = OnePrompt.Open(parsed.GetValue(file)!, parsed.GetValue(filename), terminal);
            PromptJson.Write(terminal.Out, writer => Write(prompt, writer));
            return ExitStatus.Clean;
        });
        return command;
    }

    private static void Write(OnePrompt prompt, Utf8JsonWriter writer)
    {
        PromptHeader header = prompt.Model.Header;
        IReadOnlyDictionary<string, object?> raw = prompt.Model.Document.FrontMatter.Keys is { } keys ? PromptValue.Of(keys) : PromptValue.EmptyObject;
        writer.WriteStartObject();
        writer.Member("file", prompt.Shown);
        foreach (string key in (string[])["name", "variant", "version", "description", "model", "config", "owner", "tags"])
            writer.Member(key, raw.GetValueOrDefault(key) ?? (key == "variant" ? prompt.Model.Variant : null));
        WriteInput(header, prompt.Model.Environment, writer);
        WriteOutput(header, raw, prompt.Model.Environment, writer);
        writer.Member("tools", raw.GetValueOrDefault("tools") ?? PromptValue.EmptyList);
        writer.Member("toolDefs", raw.GetValueOrDefault("toolDefs") ?? PromptValue.EmptyList);
        writer.Member("ext", Extensions(raw));
        writer.Member("raw", raw);
        writer.Member("template", prompt.Model.Document.Dialect.Name);
        writer.Member("variables", Variables(prompt.Model));
        writer.Member("includes", prompt.Model.Facts.Includes.Select(i => i.Path?.Value as string).OfType<string>().Distinct(StringComparer.Ordinal));
        writer.Member("roles", prompt.Model.Facts.Messages.Select(m => m.Role?.Value as string).OfType<string>().Distinct(StringComparer.Ordinal));
        writer.Member("samples", header.Samples.Select(s => s.Name));
        writer.Member("fingerprint", prompt.Fingerprint);
        writer.Member("effectiveFingerprint", prompt.EffectiveFingerprint);
        writer.WriteEndObject();
    }

    private static void WriteInput(PromptHeader header, PromptEnvironment environment, Utf8JsonWriter writer)
    {
        writer.WriteStartObject("input");
        writer.Member("schema", header.InputSchema?.ToJsonSchema(Named(environment)));
        writer.Member("default", header.Defaults);
        writer.Member("untrusted", header.Untrusted.Order(StringComparer.Ordinal));
        writer.WriteEndObject();
    }

    private static void WriteOutput(PromptHeader header, IReadOnlyDictionary<string, object?> raw, PromptEnvironment environment, Utf8JsonWriter writer)
    {
        writer.WriteStartObject("output");
        writer.Member("format", (raw.GetValueOrDefault("output") as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault("format"));
        writer.Member("schema", header.OutputSchema?.ToJsonSchema(Named(environment)));
        writer.WriteEndObject();
    }

    private static Func<string, IReadOnlyDictionary<string, object?>?> Named(PromptEnvironment environment) =>
        name => environment.Schemas.TryGetValue(name, out PromptType? type) ? JsonSchema.Of(type) : null;

    // A key with dots belongs to whoever its beginning names; the last part is the name of the value (Dotprompt's `ext`).
    private static Dictionary<string, object?> Extensions(IReadOnlyDictionary<string, object?> raw)
    {
        var all = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach ((string key, object? value) in raw)
        {
            int dot = key.LastIndexOf('.');
            if (dot <= 0)
                continue;
            if (!all.TryGetValue(key[..dot], out object? space))
                all[key[..dot]] = space = new Dictionary<string, object?>(StringComparer.Ordinal);
            ((Dictionary<string, object?>)space!)[key[(dot + 1)..]] = value;
        }
        return all;
    }

    // Inputs and context variables that the body or its partials read.
    private static IEnumerable<string> Variables(PromptModel prompt)
    {
        IEnumerable<string> context = prompt
            .Facts.References.FindAll(r => r is { IsWrite: false, Symbol.Kind: SymbolKind.Context })
            .ConvertAll(r => r.Node.Name);
        return prompt.FreeNames.Where(n => n != "*").Concat(context).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
    }
}
