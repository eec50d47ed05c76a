using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PromptLsp.Cli.Rendering;
using PromptLsp.Cli.Reports;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Rendering.Samples;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Formats;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Cli.Mcp;

/// <summary>The prompts of a workspace as an agent is offered them: by name, with their inputs as arguments, rendered when they are asked for.</summary>
/// <param name="releases">Where only what an environment holds is offered.</param>
internal sealed class McpPrompts(Root root, McpReleases? releases)
{
    private const int Page = 500;

    public Dictionary<string, object?> List(JsonElement given, CancellationToken cancel)
    {
        int from = int.TryParse(given.Text("cursor"), NumberStyles.None, CultureInfo.InvariantCulture, out int cursor) ? cursor : 0;
        ImmutableArray<Offered> all = All(cancel);
        return PromptJson.Object(
            ("prompts", all.Skip(from).Take(Page).Select(Shown).ToArray()),
            ("nextCursor", from + Page < all.Length ? (from + Page).ToString(CultureInfo.InvariantCulture) : null));
    }

    public Dictionary<string, object?> Get(JsonElement given, CancellationToken cancel)
    {
        string? name = given.Text("name");
        Offered offered = All(cancel).FirstOrDefault(o => o.Name == name) ?? throw new McpRefusal($"there is no prompt `{name}`");
        PromptHeader header = offered.Prompt.Header;
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach ((string argument, JsonElement value) in given.Members("arguments"))
            values[argument] = Value(argument, value, header.Inputs.Find(argument)?.Type);
        string[] missing = [.. header.Inputs.Fields.Where(f => IsRequired(f, header) && !values.ContainsKey(f.Name)).Select(f => $"`{f.Name}`")];
        if (missing.Length > 0)
            throw new McpRefusal($"`{offered.Name}` needs {string.Join(", ", missing)}");
        if (!SampleRenderings.CanRender(offered.Prompt))
            throw new McpRefusal($"`{offered.Name}` cannot be rendered here, in {offered.Prompt.Document.Dialect.Name}");
        RenderedPrompt rendered = Renderer.Render(offered.Prompt, new Inputs { Values = values }, RenderLimits.Command, cancel);
        if (rendered.Failure is { } failure)
            throw new McpRefusal($"`{offered.Name}` does not render: {failure.Reason}");
        return PromptJson.Object(("description", header.Description), ("messages", rendered.Messages.Select(Message).ToArray()));
    }

    // Partials are no prompts; what is broken cannot be offered.
    private ImmutableArray<Offered> All(CancellationToken cancel)
    {
        Snapshot snapshot = Snapshot.Empty(new Disk(), [root.Folder]);
        PromptModel[] prompts =
        [
            .. (releases?.Prompts ?? Discovery.Prompts(root.Folder, cancel).Select(path => snapshot.ReadOnce(path).Prompt).OfType<PromptModel>())
                .Where(p => p is { Environment.IsPartial: false, Document: { OtherFormat: null, FrontMatter.Problems.IsEmpty: true } }),
        ];
        HashSet<string> taken = [.. prompts.GroupBy(NameOf, StringComparer.Ordinal).Where(g => g.Skip(1).Any()).Select(g => g.Key)];
        return [.. prompts.Select(p => new Offered(NameOf(p) is var name && taken.Contains(name) ? PathOf(p) : name, p))
            .OrderBy(o => o.Name, StringComparer.Ordinal)];
    }

    private sealed record Offered(string Name, PromptModel Prompt);

    private static string NameOf(PromptModel prompt) => string.IsNullOrWhiteSpace(prompt.Header.Name) ? PathOf(prompt)
        : prompt.Variant is { } variant ? $"{prompt.Header.Name}.{variant}" : prompt.Header.Name;

    private static string PathOf(PromptModel prompt) => KnownFormats.WithoutEnding(prompt.Environment.Path);

    private static Dictionary<string, object?> Shown(Offered offered) => PromptJson.Object(
        ("name", offered.Name),
        ("description", offered.Prompt.Header.Description),
        ("arguments", offered.Prompt.Header.Inputs.Fields.Select(f => Argument(f, offered.Prompt.Header)).ToArray()));

    private static Dictionary<string, object?> Argument(Field input, PromptHeader header) =>
        PromptJson.Object(("name", input.Name), ("description", Told(input)), ("required", IsRequired(input, header)));

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
            throw new McpRefusal(why.Message);
        }
    }

    // The protocol knows no system: who asks for a prompt is its user, and puts it before the model as such.
    private static Dictionary<string, object?> Message(RenderedMessage message) =>
        PromptJson.Object(("role", message.Role is "model" or "assistant" ? "assistant" : "user"), ("content", McpTools.Text(MessageText.Of(message))));
}
