using System.Text;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Dialects;

namespace PromptLsp.Language.Tests.Dotprompt;

/// <summary>A prompt as an application renders it, and what becomes of it: the messages on one line, or that it is rejected.</summary>
internal sealed record DotpromptCase(string Template)
{
    public const string Rejected = "rejected";

    public IReadOnlyDictionary<string, string> Partials { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, object?> Input { get; init; } = PromptValue.EmptyObject;

    public IReadOnlyDictionary<string, object?> Context { get; init; } = PromptValue.EmptyObject;

    /// <summary>The conversation so far: roles and texts.</summary>
    public IReadOnlyList<(string Role, string Text)> History { get; init; } = [];

    /// <summary>What PromptLsp makes of it.</summary>
    public string Ours(out RenderedPrompt rendered)
    {
        rendered = Renderer.Render(Prompt(), new()
        {
            Values = Input,
            Context = Context,
            History = [.. History.Select(m => new RenderedMessage(m.Role, [new TextPart(m.Text, [])]))],
        }, RenderLimits.Command, CancellationToken.None);
        if (rendered.Failure is not null)
            return Rejected;
        return string.Join(" ", rendered.Messages.Select(m => $"[{m.Role}] {string.Concat(m.Parts.Select(Shown))}"));
    }

    /// <summary>The prompt, with its partials around it.</summary>
    public PromptModel Prompt()
    {
        PromptEnvironment environment = PromptEnvironment.None with { DefaultDialect = KnownDialects.Handlebars };
        Dictionary<string, Partial> partials = Partials.ToDictionary(
            p => p.Key,
            p => new Partial(p.Key, () => new(PromptDocument.Parse(new(p.Value), KnownDialects.Handlebars), environment with { Path = p.Key })),
            StringComparer.Ordinal
        );
        environment = environment with
        {
            Path = "the prompt",
            Include = name => partials.TryGetValue(name, out Partial? found) ? new(IncludeStatus.Found, found, []) : new(IncludeStatus.Missing, null, []),
        };
        return new PromptModel(PromptDocument.Parse(new(Template), KnownDialects.Handlebars), environment);
    }

    private static string Shown(MessagePart part) => part switch
    {
        TextPart text => Quoted(text.Text),
        MediaPart media => $"<media {Quoted(media.Url)} {Quoted(media.ContentType ?? "")}>",
        SectionPart section => $"<section {Quoted(section.Name)}>",
        _ => "",
    };

    /// <summary>What the engine's answer says. To us, `assistant` is another name for `model`.</summary>
    public static string Theirs(string answer) => answer.StartsWith('=') ? answer[1..].Replace("[assistant]", "[model]", StringComparison.Ordinal) : Rejected;

    /// <summary>What the messages of Dotprompt's own suite say.</summary>
    public static string Expected(IReadOnlyList<object?> messages) => string.Join(" ", messages.Cast<IReadOnlyDictionary<string, object?>>().Select(m =>
        $"[{m["role"]}] {string.Concat(((IReadOnlyList<object?>)m["content"]!).Select(p => Shown((IReadOnlyDictionary<string, object?>)p!)))}"));

    private static string Shown(IReadOnlyDictionary<string, object?> part) =>
        part.GetValueOrDefault("media") is IReadOnlyDictionary<string, object?> media
            ? Shown(new MediaPart((string)media["url"]!, media.GetValueOrDefault("contentType") as string))
        : part.GetValueOrDefault("metadata") is IReadOnlyDictionary<string, object?> pending ? Shown(new SectionPart((string)pending["purpose"]!))
        : Shown(new TextPart((string)part["text"]!, []));

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder();
        Write(quoted, text);
        return quoted.ToString();
    }

    /// <summary>The case on one line, as the engine's program reads it.</summary>
    public string ToJson()
    {
        var json = new StringBuilder();
        Write(json, new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["template"] = Template,
            ["partials"] = Partials.ToDictionary(p => p.Key, p => (object?)p.Value, StringComparer.Ordinal),
            ["input"] = Input,
            ["context"] = Context,
            ["messages"] = History.Select(m => (object?)new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["role"] = m.Role,
                ["content"] = new object?[] { new Dictionary<string, object?>(StringComparer.Ordinal) { ["text"] = m.Text } },
            }).ToArray(),
        });
        return json.ToString();
    }

    // Lone surrogates are written as they are, which no JSON writer of the framework does.
    private static void Write(StringBuilder json, object? value)
    {
        switch (value)
        {
            case null:
                json.Append("null");
                break;
            case bool truth:
                json.Append(truth ? "true" : "false");
                break;
            case string text:
                json.Append('"');
                foreach (char c in text)
                    json.Append(c is '"' or '\\' || c < ' ' || c > '~' ? $"\\u{(int)c:x4}" : c.ToString());
                json.Append('"');
                break;
            case IReadOnlyDictionary<string, object?> map:
                Write(json, '{', map, '}', e =>
                {
                    Write(json, e.Key);
                    json.Append(':');
                    Write(json, e.Value);
                });
                break;
            case IReadOnlyList<object?> items:
                Write(json, '[', items, ']', i => Write(json, i));
                break;
            default:
                json.Append(((IFormattable)value).ToString("R", System.Globalization.CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void Write<T>(StringBuilder json, char open, IEnumerable<T> items, char close, Action<T> write)
    {
        json.Append(open);
        bool isFirst = true;
        foreach (T item in items)
        {
            if (!isFirst)
                json.Append(',');
            isFirst = false;
            write(item);
        }
        json.Append(close);
    }
}
