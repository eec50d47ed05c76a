using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using PromptLsp.Cli.Rendering;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Rendering.Samples;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Formats;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using Root = PromptLsp.Workspace.Files.Root;

namespace PromptLsp.Cli.Mcp;

/// <summary>The prompts of a workspace as an agent is offered them: by name, with their inputs as arguments, rendered when they are asked for.</summary>
internal sealed class McpPrompts(Root root)
{
    private const int Page = 500;

    public ListPromptsResult List(string? cursor, CancellationToken cancel)
    {
        int from = int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out int given) ? given : 0;
        ImmutableArray<Offered> all = All(cancel);
        return new()
        {
            Prompts = [.. all.Skip(from).Take(Page).Select(o => Shown(o))],
            NextCursor = from + Page < all.Length ? (from + Page).ToString(CultureInfo.InvariantCulture) : null,
        };
    }

    public GetPromptResult Get(GetPromptRequestParams asked, CancellationToken cancel)
    {
        Offered offered = All(cancel).FirstOrDefault(o => o.Name == asked.Name) ?? throw Refused($"there is no prompt `{asked.Name}`");
        PromptHeader header = offered.Prompt.Header;
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach ((string name, JsonElement value) in asked.Arguments ?? new Dictionary<string, JsonElement>())
            values[name] = Value(name, value, header.Inputs.Find(name)?.Type);
        string[] missing = [.. header.Inputs.Fields.Where(f => IsRequired(f, header) && !values.ContainsKey(f.Name)).Select(f => $"`{f.Name}`")];
        if (missing.Length > 0)
            throw Refused($"`{offered.Name}` needs {string.Join(", ", missing)}");
        if (!SampleRenderings.CanRender(offered.Prompt))
            throw Refused($"`{offered.Name}` cannot be rendered here, in {offered.Prompt.Document.Dialect.Name}");
        RenderedPrompt rendered = Renderer.Render(offered.Prompt, new Inputs { Values = values }, RenderLimits.Command, cancel);
        if (rendered.Failure is { } failure)
            throw Refused($"`{offered.Name}` does not render: {failure.Reason}");
        return new() { Description = header.Description, Messages = [.. rendered.Messages.Select(Message)] };
    }

    // Partials are no prompts; what is broken cannot be offered.
    private ImmutableArray<Offered> All(CancellationToken cancel)
    {
        Snapshot snapshot = Snapshot.Empty(new Disk(), [root.Folder]);
        PromptModel[] prompts =
        [
            .. Discovery.Prompts(root.Folder, cancel).Select(path => snapshot.ReadOnce(path).Prompt).OfType<PromptModel>()
                .Where(p => p is { Environment.IsPartial: false, Document: { OtherFormat: null, FrontMatter.Problems.IsEmpty: true } }),
        ];
        HashSet<string> taken = [.. prompts.GroupBy(NameOf, StringComparer.Ordinal).Where(g => g.Skip(1).Any()).Select(g => g.Key)];
        return [.. prompts.Select(p => new Offered(NameOf(p) is var name && taken.Contains(name) ? PathOf(p) : name, p)).OrderBy(o => o.Name, StringComparer.Ordinal)];
    }

    private sealed record Offered(string Name, PromptModel Prompt);

    private static string NameOf(PromptModel prompt) => string.IsNullOrWhiteSpace(prompt.Header.Name) ? PathOf(prompt)
        : prompt.Header.Variant is { } variant ? $"{prompt.Header.Name}.{variant}" : prompt.Header.Name;

    private static string PathOf(PromptModel prompt) => KnownFormats.WithoutEnding(prompt.Environment.Path);

    private static Prompt Shown(Offered offered) => new()
    {
        Name = offered.Name,
        Description = offered.Prompt.Header.Description,
        Arguments = [.. offered.Prompt.Header.Inputs.Fields.Select(f => new PromptArgument { Name = f.Name, Description = Told(f), Required = IsRequired(f, offered.Prompt.Header) })],
    };

    // An argument is text: what is none in the prompt is given as JSON.
    private static string Told(Field input)
    {
        string type = input.Type.Display;
        string told = ValueShapes.Of(input.Type) == ValueShape.String ? type : $"{type}, as JSON";
        return input.Description is { Length: > 0 } about ? $"{about} ({told})" : told;
    }

    private static bool IsRequired(Field input, PromptHeader header) => !input.IsOptional && !header.Defaults.ContainsKey(input.Name);

    private static object? Value(string name, JsonElement value, PromptType? type)
    {
        string text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        if (value.ValueKind == JsonValueKind.String && (type is null || ValueShapes.Of(type) == ValueShape.String))
            return text;
        try
        {
            return GivenText.Value(text, name, "value");
        }
        catch (CommandFailure why)
        {
            throw Refused(why.Message);
        }
    }

    // The protocol knows no system: who asks for a prompt is its user, and puts it before the model as such.
    private static PromptMessage Message(RenderedMessage message) => new()
    {
        Role = message.Role is "model" or "assistant" ? Role.Assistant : Role.User,
        Content = new TextContentBlock { Text = MessageText.Of(message) },
    };

    private static McpProtocolException Refused(string why) => new(why, McpErrorCode.InvalidParams);
}
