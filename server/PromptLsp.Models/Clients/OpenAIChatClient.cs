using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace PromptLsp.Models.Clients;

/// <summary>Chat completions, the protocol of OpenAI and of all who follow it (<see href="https://platform.openai.com/docs/api-reference/chat"/>).</summary>
internal sealed class OpenAIChatClient(Connection connection) : ProviderChatClient(connection)
{
    protected override string Path => "chat/completions";

    protected override AnswerReader Read(HttpResponseMessage response) => new Reader(Connection, response);

    protected override void WriteRequest(Utf8JsonWriter writer, IReadOnlyList<ChatMessage> messages, ChatOptions options)
    {
        HashSet<string> written = ["model", "messages", "stream", "stream_options", "n", "tools"];
        writer.WriteStartObject();
        writer.WriteString("model", options.ModelId);
        writer.WriteStartArray("messages");
        foreach (ChatMessage message in messages)
            WriteMessage(writer, message);
        writer.WriteEndArray();
        writer.WriteBoolean("stream", true);
        writer.WriteStartObject("stream_options");
        writer.WriteBoolean("include_usage", true);
        writer.WriteEndObject();
        Setting("temperature", options.Temperature);
        Setting("top_p", options.TopP);
        Setting(LongestAnswer, options.MaxOutputTokens);
        Setting("stop", options.StopSequences is { Count: > 0 } stop ? stop.ToArray<object?>() : null);
        WriteFormat(writer, options.ResponseFormat, written);
        WriteTools(writer, options, tool =>
        {
            writer.WriteStartObject();
            writer.WriteString("type", "function");
            writer.WriteStartObject("function");
            writer.WriteString("name", tool.Name);
            if (tool.Description.Length > 0)
                writer.WriteString("description", tool.Description);
            PlainJson.Member(writer, "parameters", tool.JsonSchema);
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
        Setting("tool_choice", options.ToolMode switch { RequiredChatToolMode => "required", NoneChatToolMode => "none", _ => null });
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

    // OpenAI itself has given up the older word, which all others know.
    private string LongestAnswer =>
        Connection.Provider.Endpoint.Host is var host && (host == "api.openai.com" || host.EndsWith(".openai.azure.com", StringComparison.Ordinal))
            ? "max_completion_tokens"
            : "max_tokens";

    private static void WriteFormat(Utf8JsonWriter writer, ChatResponseFormat? format, HashSet<string> written)
    {
        if (format is not ChatResponseFormatJson json)
            return;
        written.Add("response_format");
        writer.WriteStartObject("response_format");
        writer.WriteString("type", json.Schema is null ? "json_object" : "json_schema");
        if (json.Schema is { } schema)
        {
            writer.WriteStartObject("json_schema");
            writer.WriteString("name", json.SchemaName ?? "answer");
            PlainJson.Member(writer, "schema", schema);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter writer, ChatMessage message)
    {
        writer.WriteStartObject();
        writer.WriteString("role", message.Role.Value);
        if (message.Contents.All(c => c is TextContent))
        {
            writer.WriteString("content", message.Text);
        }
        else
        {
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
                    writer.WriteString("type", "image_url");
                    writer.WriteStartObject("image_url");
                    writer.WriteString("url", content switch { UriContent link => link.Uri.OriginalString, DataContent data => data.Uri, _ => "" });
                    writer.WriteEndObject();
                }
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    private sealed class Reader(Connection connection, HttpResponseMessage response) : AnswerReader(connection)
    {
        private readonly SortedDictionary<long, (string? Id, StringBuilder Name, StringBuilder Arguments)> _calls = [];
        private bool _isFinished;

        protected override bool IsEnd(string data) => data == "[DONE]";

        public override IEnumerable<ChatResponseUpdate> ReadWhole(JsonElement answer)
        {
            if (answer.Member("error") is not null)
                throw Connection.Complaint(StatusOf(answer), answer.GetRawText(), null);
            if (answer.Member("choices") is null)
                throw Connection.Unreadable();
            return [.. Read(answer, "message"), .. End()];
        }

        protected override IEnumerable<ChatResponseUpdate> ReadEvent(JsonElement data) =>
            data.ValueKind == JsonValueKind.Object ? Read(data, "delta") : throw Connection.Unreadable();

        public override IEnumerable<ChatResponseUpdate> End()
        {
            if (!_isFinished)
                throw Cut();
            if (_calls.Count > 0)
                yield return new()
                {
                    Role = ChatRole.Assistant,
                    Contents = [.. _calls.Values.Select(c => Call(c.Id, c.Name.ToString(), c.Arguments.ToString()))],
                };
        }

        protected override HttpStatusCode StatusOf(JsonElement data) =>
            data.Member("error").Member("code").Count() is >= 400 and < 600 and var code ? (HttpStatusCode)code
            : data.Member("error").Member("type").Text() is "rate_limit_error" or "requests" or "tokens"
            || data.Member("error").Member("code").Text() == "rate_limit_exceeded"
                ? HttpStatusCode.TooManyRequests
            : HttpStatusCode.InternalServerError;

        private IEnumerable<ChatResponseUpdate> Read(JsonElement data, string part)
        {
            var update = new ChatResponseUpdate { Role = ChatRole.Assistant, ModelId = data.Member("model").Text(), AdditionalProperties = Identity(data) };
            // One answer was asked for.
            if (data.Member("choices").Items().FirstOrDefault() is { ValueKind: JsonValueKind.Object } choice)
            {
                JsonElement? message = choice.Member(part);
                if ((message.Member("content").Text() ?? message.Member("refusal").Text()) is { Length: > 0 } text)
                    update.Contents.Add(new TextContent(text));
                foreach (JsonElement call in message.Member("tool_calls").Items())
                    Add(call);
                if (choice.Member("finish_reason").Text() is { } reason)
                {
                    _isFinished = true;
                    update.FinishReason = new ChatFinishReason(reason);
                }
            }
            if (data.Member("usage") is { } usage)
                update.Contents.Add(
                    new UsageContent(
                        new() { InputTokenCount = usage.Member("prompt_tokens").Count(), OutputTokenCount = usage.Member("completion_tokens").Count() }
                    )
                );
            yield return update;
        }

        private void Add(JsonElement call)
        {
            long index = call.Member("index").Count() ?? _calls.Count;
            if (!_calls.TryGetValue(index, out (string? Id, StringBuilder Name, StringBuilder Arguments) known))
                known = (call.Member("id").Text(), new(), new());
            known.Name.Append(call.Member("function").Member("name").Text());
            known.Arguments.Append(call.Member("function").Member("arguments").Text());
            _calls[index] = known;
        }

        private AdditionalPropertiesDictionary? Identity(JsonElement data)
        {
            string? fingerprint = data.Member("system_fingerprint").Text(), region = Header("x-ms-region") ?? Header("openai-version");
            if (fingerprint is null && region is null)
                return null;
            return new() { ["system_fingerprint"] = fingerprint, ["region"] = region };
        }

        private string? Header(string name) => response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(' ', values) : null;
    }
}
