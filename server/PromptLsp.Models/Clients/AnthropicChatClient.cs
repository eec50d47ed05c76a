using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace PromptLsp.Models.Clients;

/// <summary>Anthropic's messages (<see href="https://docs.anthropic.com/en/api/messages"/>).</summary>
internal sealed class AnthropicChatClient(Connection connection) : ProviderChatClient(connection)
{
    /// <summary>The protocol wants a limit; this one stands where the prompt says none.</summary>
    public const int UsualLimit = 4096;

    protected override string Path => "messages";

    protected override AnswerReader Read(HttpResponseMessage response) => new Reader(Connection);

    protected override void WriteRequest(Utf8JsonWriter writer, IReadOnlyList<ChatMessage> messages, ChatOptions options)
    {
        HashSet<string> written = ["model", "messages", "system", "stream", "max_tokens", "tools"];
        writer.WriteStartObject();
        writer.WriteString("model", options.ModelId);
        writer.WriteNumber("max_tokens", options.MaxOutputTokens ?? UsualLimit);
        if (messages.Any(m => m.Role == ChatRole.System))
            writer.WriteString("system", string.Join("\n\n", messages.Where(m => m.Role == ChatRole.System).Select(m => m.Text)));
        writer.WriteStartArray("messages");
        foreach (ChatMessage message in messages.Where(m => m.Role != ChatRole.System))
            WriteMessage(writer, message);
        writer.WriteEndArray();
        writer.WriteBoolean("stream", true);
        Setting("temperature", options.Temperature);
        Setting("top_p", options.TopP);
        Setting("top_k", options.TopK);
        Setting("stop_sequences", options.StopSequences is { Count: > 0 } stop ? stop.ToArray<object?>() : null);
        WriteTools(
            writer,
            options,
            tool =>
            {
                writer.WriteStartObject();
                writer.WriteString("name", tool.Name);
                if (tool.Description.Length > 0)
                    writer.WriteString("description", tool.Description);
                PlainJson.Member(writer, "input_schema", tool.JsonSchema);
                writer.WriteEndObject();
            }
        );
        if (options.ToolMode is RequiredChatToolMode or NoneChatToolMode)
            Setting(
                "tool_choice",
                new Dictionary<string, object?>(StringComparer.Ordinal) { ["type"] = options.ToolMode is NoneChatToolMode ? "none" : "any" }
            );
        WriteOthers(writer, options, written);
        writer.WriteEndObject();

        void Setting(string name, object? value)
        {
            if (value is null)
                return;
            written.Add(name);
            PlainJson.Member(writer, name, value);
        }
    }

    private static void WriteMessage(Utf8JsonWriter writer, ChatMessage message)
    {
        writer.WriteStartObject();
        writer.WriteString("role", message.Role == ChatRole.Assistant ? "assistant" : "user");
        writer.WriteStartArray("content");
        foreach (AIContent content in message.Contents)
        {
            writer.WriteStartObject();
            if (content is TextContent text)
            {
                writer.WriteString("type", "text");
                writer.WriteString("text", text.Text);
            }
            else
            {
                writer.WriteString("type", "image");
                writer.WriteStartObject("source");
                if (content is DataContent data)
                {
                    writer.WriteString("type", "base64");
                    writer.WriteString("media_type", data.MediaType);
                    writer.WriteString("data", data.Base64Data.Span);
                }
                else
                {
                    writer.WriteString("type", "url");
                    writer.WriteString("url", (content as UriContent)?.Uri.OriginalString);
                }
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private sealed class Reader(Connection connection) : AnswerReader(connection)
    {
        private readonly SortedDictionary<long, (string? Id, string Name, StringBuilder Arguments)> _calls = [];
        private long? _input, _output;
        private bool _isWhole;

        public override IEnumerable<ChatResponseUpdate> ReadWhole(JsonElement answer)
        {
            if (answer.Member("error") is not null)
                throw Connection.Complaint(StatusOf(answer), answer.GetRawText(), null);
            if (answer.Member("content") is null)
                throw Connection.Unreadable();
            _isWhole = true;
            Count(answer.Member("usage"));
            long index = 0;
            foreach (JsonElement block in answer.Member("content").Items())
                Begin(index++, block);
            var update = new ChatResponseUpdate
            {
                Role = ChatRole.Assistant,
                ModelId = answer.Member("model").Text(),
                FinishReason = Reason(answer.Member("stop_reason").Text()),
                Contents = [.. answer.Member("content").Items().Select(b => b.Member("text").Text()).OfType<string>().Select(t => new TextContent(t))],
            };
            return [update, .. End()];
        }

        protected override IEnumerable<ChatResponseUpdate> ReadEvent(JsonElement data)
        {
            switch (data.Member("type").Text())
            {
                case "message_start":
                    Count(data.Member("message").Member("usage"));
                    return [new() { Role = ChatRole.Assistant, ModelId = data.Member("message").Member("model").Text() }];
                case "content_block_start" when data.Member("content_block") is { } block:
                    Begin(data.Member("index").Count() ?? _calls.Count, block);
                    return [];
                case "content_block_delta":
                    if (_calls.TryGetValue(data.Member("index").Count() ?? -1, out var call))
                        call.Arguments.Append(data.Member("delta").Member("partial_json").Text());
                    return data.Member("delta").Member("text").Text() is { Length: > 0 } text
                        ? [new() { Role = ChatRole.Assistant, Contents = [new TextContent(text)] }]
                        : [];
                case "message_delta":
                    Count(data.Member("usage"));
                    return [new() { Role = ChatRole.Assistant, FinishReason = Reason(data.Member("delta").Member("stop_reason").Text()) }];
                case "message_stop":
                    _isWhole = IsDone = true;
                    return [];
                case null:
                    throw Connection.Unreadable();
                // More kinds come with time, and are to be passed over.
                default:
                    return [];
            }
        }

        public override IEnumerable<ChatResponseUpdate> End()
        {
            if (!_isWhole)
                throw Cut();
            List<AIContent> contents = [.. _calls.Values.Select(c => Call(c.Id, c.Name, c.Arguments.ToString()))];
            if (_input is not null || _output is not null)
                contents.Add(new UsageContent(new() { InputTokenCount = _input, OutputTokenCount = _output }));
            yield return new() { Role = ChatRole.Assistant, Contents = contents };
        }

        protected override HttpStatusCode StatusOf(JsonElement data) => data.Member("error").Member("type").Text() switch
        {
            "overloaded_error" => (HttpStatusCode)529,
            "rate_limit_error" => HttpStatusCode.TooManyRequests,
            "authentication_error" or "permission_error" => HttpStatusCode.Unauthorized,
            "invalid_request_error" => HttpStatusCode.BadRequest,
            _ => HttpStatusCode.InternalServerError,
        };

        private void Begin(long index, JsonElement block)
        {
            if (block.Member("type").Text() != "tool_use")
                return;
            // In a stream the arguments come later, and are an empty object here.
            string arguments = block.Member("input") is { ValueKind: JsonValueKind.Object } input && input.EnumerateObject().Any() ? input.GetRawText() : "";
            _calls[index] = (block.Member("id").Text(), block.Member("name").Text() ?? "", new(arguments));
        }

        // What was read from a cache was sent as well, and is priced as if it were not: the price is an upper bound.
        private void Count(JsonElement? usage)
        {
            if (usage.Member("input_tokens").Count() is { } input)
                _input = input + (usage.Member("cache_read_input_tokens").Count() ?? 0) + (usage.Member("cache_creation_input_tokens").Count() ?? 0);
            _output = usage.Member("output_tokens").Count() ?? _output;
        }

        // In the words that the other protocol has for the same.
        private static ChatFinishReason? Reason(string? reason) => reason switch
        {
            null => null,
            "end_turn" or "stop_sequence" => ChatFinishReason.Stop,
            "max_tokens" => ChatFinishReason.Length,
            "tool_use" => ChatFinishReason.ToolCalls,
            "refusal" => ChatFinishReason.ContentFilter,
            _ => new ChatFinishReason(reason),
        };
    }
}
