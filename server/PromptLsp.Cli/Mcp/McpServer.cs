using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using PromptLsp.Cli.Reports;

namespace PromptLsp.Cli.Mcp;

/// <summary>
/// The Model Context Protocol over standard input and output: a message of JSON-RPC on each line. The protocol's own package would make the
/// extension larger than it may be; its client holds us to the protocol in the tests.
/// </summary>
/// <param name="methods">What is answered, by the method's name; a refusal is an <see cref="McpRefusal"/>.</param>
internal sealed class McpServer(IReadOnlyDictionary<string, McpMethod> methods, TextReader input, TextWriter output)
{
    // Of the JSON-RPC specification.
    private const int ParseError = -32700, InvalidRequest = -32600, MethodNotFound = -32601, InvalidParams = -32602, InternalError = -32603;

    private const int LongestMessage = 16 * 1024 * 1024;

    private readonly ConcurrentDictionary<string, CancellationTokenSource> _running = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _writing = new(1);

    /// <summary>Answers until nothing more comes, and then what is still asked.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var tasks = new List<Task>();
        while (await input.ReadLineAsync(cancel) is { } line)
        {
            tasks.RemoveAll(t => t.IsCompleted);
            if (!string.IsNullOrWhiteSpace(line))
                tasks.Add(Handle(line, cancel));
        }
        await Task.WhenAll(tasks);
    }

    private async Task Handle(string line, CancellationToken cancel)
    {
        if (Parsed(line) is not { } message)
            await Send(Failure(null, ParseError, "this is no JSON"));
        else if (
            message.ValueKind != JsonValueKind.Object
            || !message.TryGetProperty("method", out JsonElement method)
            || method.ValueKind != JsonValueKind.String
        )
            await Send(Failure(null, InvalidRequest, "a message names its method"));
        else if (!message.TryGetProperty("id", out JsonElement id))
            Notice(method.GetString()!, message);
        else
            await Answer(id, method.GetString()!, message.TryGetProperty("params", out JsonElement given) ? given : default, cancel);
    }

    private static JsonElement? Parsed(string line)
    {
        try
        {
            return line.Length > LongestMessage ? null : JsonElement.Parse(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // All else that a client tells of itself changes nothing here.
    private void Notice(string method, JsonElement message)
    {
        if (method == "notifications/cancelled" && message.TryGetProperty("params", out JsonElement given) && given.ValueKind == JsonValueKind.Object
            && given.TryGetProperty("requestId", out JsonElement id) && _running.TryGetValue(id.GetRawText(), out CancellationTokenSource? running))
            running.Cancel();
    }

    private async Task Answer(JsonElement id, string method, JsonElement given, CancellationToken cancel)
    {
        if (!methods.TryGetValue(method, out McpMethod? answer))
        {
            await Send(Failure(id, MethodNotFound, $"there is no method `{method}`"));
            return;
        }
        using var mine = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _running[id.GetRawText()] = mine;
        try
        {
            object? result = await Task.Run(() => answer(given, mine.Token), mine.Token);
            await Send(Message(id, "result", result));
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for it.
        }
        catch (McpRefusal refused)
        {
            await Send(Failure(id, InvalidParams, refused.Message));
        }
        catch (Exception failure)
        {
            await Send(Failure(id, InternalError, $"internal error, please report it: {failure.GetType().Name}"));
        }
        finally
        {
            _running.TryRemove(id.GetRawText(), out _);
        }
    }

    private static string Failure(JsonElement? id, int code, string why) => Message(id, "error", PromptJson.Object(("code", (long)code), ("message", why)));

    private static string Message(JsonElement? id, string member, object? value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("jsonrpc", "2.0");
            writer.WritePropertyName("id");
            if (id is { } known)
                known.WriteTo(writer);
            else
                writer.WriteNullValue();
            writer.Member(member, value);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private async Task Send(string message)
    {
        await _writing.WaitAsync(CancellationToken.None);
        try
        {
            await output.WriteAsync(message + "\n");
            await output.FlushAsync(CancellationToken.None);
        }
        finally
        {
            _writing.Release();
        }
    }
}

/// <summary>Answers a request with a plain value, as <c>PromptValue</c> describes them.</summary>
internal delegate Task<object?> McpMethod(JsonElement given, CancellationToken cancel);

/// <summary>What is asked cannot be answered. The message is one line.</summary>
internal sealed class McpRefusal(string message) : Exception(message);

/// <summary>Reads what a client has sent: what is not of the kind that the protocol says is as good as missing.</summary>
internal static class McpGiven
{
    public static string? Text(this JsonElement given, string name) =>
        given.ValueKind == JsonValueKind.Object && given.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    public static IEnumerable<KeyValuePair<string, JsonElement>> Members(this JsonElement given, string name) =>
        given.ValueKind == JsonValueKind.Object && given.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Object
            ? value.EnumerateObject().DistinctBy(p => p.Name, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Name, p.Value))
            : [];
}
