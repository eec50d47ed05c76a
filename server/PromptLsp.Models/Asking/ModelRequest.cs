using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Semantics.Schemas;
using PromptLsp.Models.Clients;
using PromptLsp.Models.Providers;

namespace PromptLsp.Models.Asking;

/// <summary>A rendered prompt as a question to a model.</summary>
/// <param name="Notes">What of the prompt does not go along, one line each: nothing is dropped in silence.</param>
public sealed record ModelRequest(ImmutableArray<ChatMessage> Messages, ChatOptions Options, ImmutableArray<string> Notes)
{
    /// <summary>Keys of <c>config</c> that would change what is asked, or how it is answered.</summary>
    private static readonly HashSet<string> OurOwn = ["model", "messages", "system", "stream", "stream_options", "n", "tools", "response_format"];

    public static ModelRequest Of(PromptModel prompt, RenderedPrompt rendered, string model, ProviderKind kind)
    {
        var notes = new List<string>();
        IReadOnlyDictionary<string, object?> raw = prompt.Document.FrontMatter.Keys is { } keys ? PromptValue.Of(keys) : PromptValue.EmptyObject;
        var options = new ChatOptions { ModelId = model };
        Configure(options, raw.GetValueOrDefault("config") as IReadOnlyDictionary<string, object?> ?? PromptValue.EmptyObject, kind, notes);
        options.ResponseFormat = Format(prompt, raw, kind, notes);
        AddTools(options, prompt, raw, notes);
        ImmutableArray<ChatMessage> messages = [.. rendered.Messages.Select(m => Message(m, notes)).Where(m => m.Contents.Count > 0)];
        if (kind == ProviderKind.Anthropic && messages.SkipWhile(m => m.Role == ChatRole.System).Any(m => m.Role == ChatRole.System))
            notes.Add("Anthropic knows system messages only at the beginning: those further down go there too");
        return new(messages, options, [.. notes]);
    }

    private static void Configure(ChatOptions options, IReadOnlyDictionary<string, object?> config, ProviderKind kind, List<string> notes)
    {
        foreach ((string key, object? value) in config)
        {
            switch (key, value)
            {
                case ("temperature", long or double):
                    options.Temperature = Convert.ToSingle(value, System.Globalization.CultureInfo.InvariantCulture);
                    break;
                case ("topP", long or double):
                    options.TopP = Convert.ToSingle(value, System.Globalization.CultureInfo.InvariantCulture);
                    break;
                case ("topK", long count) when kind == ProviderKind.Anthropic:
                    options.TopK = (int)count;
                    break;
                case ("topK", _):
                    notes.Add("`config.topK` does not go along: this protocol does not know it");
                    break;
                case ("maxOutputTokens", long and > 0 and <= int.MaxValue and var most):
                    options.MaxOutputTokens = (int)most;
                    break;
                case ("stopSequences", IReadOnlyList<object?> stop):
                    options.StopSequences = [.. stop.OfType<string>()];
                    break;
                case ("temperature" or "topP" or "maxOutputTokens" or "stopSequences", _):
                    notes.Add($"`config.{key}` does not go along: its value is of a wrong kind");
                    break;
                case var _ when OurOwn.Contains(key):
                    notes.Add($"`config.{key}` does not go along: the request says that itself");
                    break;
                default:
                    (options.AdditionalProperties ??= []).Add(key, value);
                    break;
            }
        }
        if (kind == ProviderKind.Anthropic && options.MaxOutputTokens is null)
            notes.Add($"Anthropic wants a limit: the answer has at most {AnthropicChatClient.UsualLimit} tokens; `config.maxOutputTokens` says another");
    }

    private static ChatResponseFormat? Format(PromptModel prompt, IReadOnlyDictionary<string, object?> raw, ProviderKind kind, List<string> notes)
    {
        bool isJson = (raw.GetValueOrDefault("output") as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault("format") is "json";
        if (prompt.Header.OutputSchema is null && !isJson)
            return null;
        if (kind == ProviderKind.Anthropic)
        {
            notes.Add("the output's schema does not go along to Anthropic; the answer is held against it all the same");
            return null;
        }
        // A list or a word cannot be asked for: the protocol's schemas are of objects.
        return prompt.Header.OutputSchema is { IsKnown: true } schema && prompt.Header.Output is ObjectType
            ? ChatResponseFormat.ForJsonSchema(PlainJson.Element(schema.ToJsonSchema(Named(prompt.Environment))), "answer")
            : isJson ? ChatResponseFormat.Json : null;
    }

    private static Func<string, IReadOnlyDictionary<string, object?>?> Named(PromptEnvironment environment) =>
        name => environment.Schemas.TryGetValue(name, out PromptType? type) ? JsonSchema.Of(type) : null;

    private static void AddTools(ChatOptions options, PromptModel prompt, IReadOnlyDictionary<string, object?> raw, List<string> notes)
    {
        var defined = (raw.GetValueOrDefault("toolDefs") as IReadOnlyList<object?> ?? [])
            .Concat(raw.GetValueOrDefault("tools") as IReadOnlyList<object?> ?? [])
            .ToList();
        foreach (object? tool in defined)
        {
            if (tool is not IReadOnlyDictionary<string, object?> map || map.GetValueOrDefault("name") is not string name)
                continue;
            object schema = SchemaOf(prompt, name) ?? new Dictionary<string, object?>(StringComparer.Ordinal) { ["type"] = "object" };
            (options.Tools ??= []).Add(new DeclaredTool(name, map.GetValueOrDefault("description") as string ?? "", PlainJson.Element(schema)));
        }
        foreach (string name in defined.OfType<string>().Where(n => options.Tools?.Any(t => t.Name == n) != true))
            notes.Add($"the tool `{name}` does not go along: the prompt does not define it (`toolDefs`)");
        options.ToolMode = options.Tools is null
            ? null
            : raw.GetValueOrDefault("toolChoice") switch
            {
                "required" => ChatToolMode.RequireAny,
                "none" => ChatToolMode.None,
                _ => null,
            };
    }

    // From the front matter's own nodes, since schemas are read from their text.
    private static IReadOnlyDictionary<string, object?>? SchemaOf(PromptModel prompt, string tool)
    {
        foreach (string key in (string[])["toolDefs", "tools"])
        {
            if (prompt.Document.FrontMatter.Keys?.Find(key)?.Value is not Language.Syntax.Yaml.YamlSequence list)
                continue;
            foreach (var map in list.Items.OfType<Language.Syntax.Yaml.YamlMapping>())
            {
                if (map.Find("name")?.Value is Language.Syntax.Yaml.YamlScalar { Value: var name } && name == tool && map.Find("inputSchema") is { } schema)
                    return PromptSchema.Read(prompt.Document.Text, schema.Value, prompt.Environment.Schemas).ToJsonSchema(Named(prompt.Environment));
            }
        }
        return null;
    }

    private static ChatMessage Message(RenderedMessage message, List<string> notes)
    {
        var contents = new List<AIContent>();
        foreach (MessagePart part in message.Parts)
        {
            switch (part)
            {
                case TextPart { Text.Length: > 0 } text:
                    contents.Add(new TextContent(text.Text));
                    break;
                case MediaPart media when media.Url.StartsWith("data:", StringComparison.OrdinalIgnoreCase):
                    contents.Add(Data(media));
                    break;
                case MediaPart media when Uri.TryCreate(media.Url, UriKind.Absolute, out Uri? address) && address.Scheme is "https" or "http":
                    contents.Add(new UriContent(media.Url, media.ContentType ?? "image/*"));
                    break;
                case MediaPart media:
                    throw new ModelException(ModelFault.BadRequest, $"`{media.Url}` is no address that a model could read; give a https address or a data URL");
                case SectionPart section:
                    notes.Add($"the section `{section.Name}` is left empty: the application fills it in");
                    break;
            }
        }
        // Text between parts of no text is no message of its own.
        if (contents.TrueForAll(c => c is TextContent { Text: var t } && string.IsNullOrWhiteSpace(t)))
            contents.Clear();
        return new(RoleOf(message.Role), contents);
    }

    private static DataContent Data(MediaPart media)
    {
        try
        {
            return new(media.Url, media.ContentType);
        }
        catch (Exception failure) when (failure is ArgumentException or UriFormatException or FormatException)
        {
            throw new ModelException(ModelFault.BadRequest, "a data URL of the prompt is broken; it must be data:TYPE;base64,…");
        }
    }

    private static ChatRole RoleOf(string role) =>
        role switch
        {
            "model" or "assistant" => ChatRole.Assistant,
            "system" => ChatRole.System,
            "user" => ChatRole.User,
            _ => new ChatRole(role),
        };

    /// <summary>A tool that is told of and never called: a call is shown.</summary>
    private sealed class DeclaredTool(string name, string description, System.Text.Json.JsonElement schema) : AIFunctionDeclaration
    {
        public override string Name => name;

        public override string Description => description;

        public override System.Text.Json.JsonElement JsonSchema => schema;
    }
}
