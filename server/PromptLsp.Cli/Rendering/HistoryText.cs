using System.Collections.Immutable;
using PromptLsp.Language.Rendering;

namespace PromptLsp.Cli.Rendering;

/// <summary>Reads a conversation so far: a list of messages in the shape that <c>render --format json</c> writes.</summary>
internal static class HistoryText
{
    public static IEnumerable<RenderedMessage> Read(string argument, Terminal terminal)
    {
        if (GivenText.Value(GivenText.Read(argument, "history", terminal), argument, "history") is not IReadOnlyList<object?> messages)
            throw Wrong(argument);
        foreach (object? message in messages)
        {
            if (message is not IReadOnlyDictionary<string, object?> members || members.GetValueOrDefault("role") is not string role)
                throw Wrong(argument);
            yield return new(role, [.. Parts(members.GetValueOrDefault("content"), argument)]);
        }
    }

    private static IEnumerable<MessagePart> Parts(object? content, string argument) => content switch
    {
        string text => [new TextPart(text, [])],
        IReadOnlyList<object?> parts => parts.Select(part => Part(part) ?? throw Wrong(argument)),
        _ => throw Wrong(argument),
    };

    private static MessagePart? Part(object? part) =>
        part is not IReadOnlyDictionary<string, object?> members ? null
        : members.GetValueOrDefault("text") is string text ? new TextPart(text, [])
        : members.GetValueOrDefault("media") is IReadOnlyDictionary<string, object?> media && media.GetValueOrDefault("url") is string url
            ? new MediaPart(url, media.GetValueOrDefault("contentType") as string)
        : null;

    private static CommandFailure Wrong(string argument) =>
        new($"the history `{argument}` must be a list of messages, each with a `role` and a `content`: [{{\"role\": \"user\", \"content\": \"Hello\"}}]");
}
