using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace PromptLsp.Testing;

/// <summary>
/// A provider of models on this machine, which speaks chat completions and Anthropic's messages as their providers do, streams and all, and fails
/// in whatever way it is told to.
/// </summary>
public sealed class ModelServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<ModelQuestion> _questions = new();
    private readonly Task _accepting;
    private int _count, _left;

    public ModelServer(Func<ModelQuestion, ModelReply> answer)
    {
        Answer = answer;
        _listener.Start();
        _accepting = Accept();
    }

    public ModelServer(string answer) : this(_ => new() { Text = answer })
    {
    }

    public Func<ModelQuestion, ModelReply> Answer { get; set; }

    /// <summary>How many went away before their answer was complete.</summary>
    public int Left => Volatile.Read(ref _left);

    public string Endpoint => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1";

    /// <summary>All that was asked, in the order in which it came.</summary>
    public IReadOnlyList<ModelQuestion> Questions => [.. _questions];

    /// <summary>The user's file for one provider that is this server, under a folder for <c>XDG_CONFIG_HOME</c>.</summary>
    /// <returns>That folder.</returns>
    public string Configure(string folder, string key, string name = "test", string kind = "openai")
    {
        string home = Path.Combine(folder, "home-config"), file = Path.Combine(home, "promptlsp", "providers.yaml");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.AppendAllText(file, $"{name}: {{ kind: {kind}, endpoint: \"{Endpoint}\", key: {key} }}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return home;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _accepting;
        _listener.Stop();
        _end.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
                _ = Serve(await _listener.AcceptTcpClientAsync(_end.Token));
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private async Task Serve(TcpClient client)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                await using NetworkStream stream = client.GetStream();
                ModelQuestion question = await ReadQuestion(stream);
                _questions.Enqueue(question);
                ModelReply reply = Answer(question);
                await new Reply(stream, question, reply, _end.Token).Write();
                if (reply.Fault == ModelFaultKind.Cut)
                    client.LingerState = new(true, 0);
            }
            catch (Exception failure) when (failure is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
            {
                if (!_end.IsCancellationRequested)
                    Interlocked.Increment(ref _left);
            }
        }
    }

    private async Task<ModelQuestion> ReadQuestion(NetworkStream stream)
    {
        using var bytes = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        int head;
        while ((head = bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf("\r\n\r\n"u8)) < 0)
            bytes.Write(buffer, 0, await Read());
        string[] lines = Encoding.ASCII.GetString(bytes.GetBuffer(), 0, head).Split("\r\n");
        var headers = lines.Skip(1).Select(l => l.Split(": ", 2)).ToDictionary(p => p[0], p => p[1], StringComparer.OrdinalIgnoreCase);
        int length = headers.TryGetValue("Content-Length", out string? said) ? int.Parse(said, CultureInfo.InvariantCulture) : 0;
        while (bytes.Length < head + 4 + length)
            bytes.Write(buffer, 0, await Read());
        string body = Encoding.UTF8.GetString(bytes.GetBuffer(), head + 4, length);
        return new(Interlocked.Increment(ref _count), lines[0].Split(' ')[1], headers, body);

        async Task<int> Read() => await stream.ReadAsync(buffer, _end.Token) is > 0 and var read ? read : throw new IOException("The question ended.");
    }

    /// <summary>Writes one reply.</summary>
    private sealed class Reply(Stream stream, ModelQuestion question, ModelReply reply, CancellationToken end)
    {
        public async Task Write()
        {
            if (reply.Fault == ModelFaultKind.Silence)
                await Task.Delay(Timeout.Infinite, end);
            if (reply.Delay > TimeSpan.Zero)
                await Task.Delay(reply.Delay, end);
            if (reply.Fault == ModelFaultKind.Page)
                await Plain(200, "text/html", "<html><body>Sign in</body></html>");
            else if (reply.Status != 200)
                await Plain(reply.Status, "application/json", Json(new { error = new { message = reply.Text, type = "error" } }));
            else if (question.Path.EndsWith("/models", StringComparison.Ordinal))
                await Plain(200, "application/json", Json(new { @object = "list", data = new[] { new { id = "a" }, new { id = "b" } } }));
            else if (reply.Fault == ModelFaultKind.NoStream)
                await Plain(
                    200,
                    "application/json",
                    Json(
                        new
                        {
                            model = reply.Model,
                            choices = new[] { new { message = new { role = "assistant", content = reply.Text }, finish_reason = "stop" } },
                            usage = Usage(),
                        }
                    )
                );
            else
                await Stream();
        }

        private async Task Plain(int status, string type, string body)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(body);
            string retry = reply.RetryAfter is null ? "" : $"Retry-After: {reply.RetryAfter}\r\n",
                elsewhere = status is >= 300 and < 400 ? "Location: http://127.0.0.1:9/elsewhere\r\n" : "";
            await Send(
                $"HTTP/1.1 {status} Status\r\nContent-Type: {type}\r\n{retry}{elsewhere}Content-Length: {bytes.Length}\r\nConnection: close\r\n\r\n{body}"
            );
        }

        private async Task Stream()
        {
            string region = reply.Region is null ? "" : $"x-ms-region: {reply.Region}\r\n";
            await Send($"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n{region}Connection: close\r\n\r\n");
            if (reply.Fault == ModelFaultKind.EndlessLine)
                await Forever("x");
            for (int i = 0; reply.Fault == ModelFaultKind.Endless; i++)
            {
                await Chunk(Event(new { model = reply.Model, choices = new[] { new { delta = new { content = $"{i} " } } } }));
                await Task.Delay(TimeSpan.FromMilliseconds(10), end);
            }
            if (reply.Fault == ModelFaultKind.EndlessComments)
                await Forever(": still here\n\n");
            foreach (string piece in question.IsAnthropic ? Anthropic() : OpenAI())
                await Chunk(piece);
            if (reply.Fault == ModelFaultKind.Cut)
                return;
            if (reply.Fault == ModelFaultKind.StallsInTheMiddle)
                await Task.Delay(Timeout.Infinite, end);
            await Send("0\r\n\r\n");
        }

        private async Task Forever(string text)
        {
            string much = string.Concat(Enumerable.Repeat(text, 64 * 1024 / text.Length));
            while (true)
                await Chunk(much);
        }

        private IEnumerable<string> OpenAI()
        {
            foreach (string piece in Pieces())
                yield return Event(
                    new
                    {
                        id = "c1",
                        model = reply.Model,
                        system_fingerprint = reply.Fingerprint,
                        choices = new[]
                        {
                            new
                            {
                                index = 0,
                                delta = new { content = piece },
                                finish_reason = (string?)null,
                            },
                        },
                    }
                );
            if (reply.Fault == ModelFaultKind.Malformed)
                yield return "data: {\"choices\": [{\n\n";
            if (reply.Fault == ModelFaultKind.ErrorInTheMiddle)
                yield return Event(new { error = new { message = "The engine is overloaded", code = 503 } });
            if (reply.Fault is ModelFaultKind.Cut or ModelFaultKind.EndsWithoutReason or ModelFaultKind.StallsInTheMiddle)
                yield break;
            int half = reply.ToolArguments.Length / 2;
            if (reply.Tool is not null)
            {
                yield return Event(
                    new
                    {
                        choices = new[]
                        {
                            new
                            {
                                delta = new
                                {
                                    tool_calls = new[]
                                    {
                                        new
                                        {
                                            index = 0,
                                            id = "t1",
                                            function = new { name = reply.Tool, arguments = reply.ToolArguments[..half] },
                                        },
                                    },
                                },
                            },
                        },
                    }
                );
                yield return Event(
                    new
                    {
                        choices = new[]
                        {
                            new { delta = new { tool_calls = new[] { new { index = 0, function = new { arguments = reply.ToolArguments[half..] } } } } },
                        },
                    }
                );
            }
            yield return Event(
                new { model = reply.Model, choices = new[] { new { delta = new { }, finish_reason = reply.Tool is null ? reply.FinishReason : "tool_calls" } } }
            );
            if (reply.InputTokens is not null)
                yield return Event(
                    new
                    {
                        model = reply.Model,
                        choices = Array.Empty<object>(),
                        usage = Usage(),
                    }
                );
            yield return "data: [DONE]\n\n";
        }

        private object Usage() => new { prompt_tokens = reply.InputTokens, completion_tokens = reply.OutputTokens };

        private IEnumerable<string> Anthropic()
        {
            yield return Typed(
                "message_start",
                new { type = "message_start", message = new { model = reply.Model, usage = new { input_tokens = reply.InputTokens, output_tokens = 1 } } }
            );
            yield return Typed(
                "content_block_start",
                new
                {
                    type = "content_block_start",
                    index = 0,
                    content_block = new { type = "text", text = "" },
                }
            );
            yield return Typed("ping", new { type = "ping" });
            foreach (string piece in Pieces())
                yield return Typed(
                    "content_block_delta",
                    new
                    {
                        type = "content_block_delta",
                        index = 0,
                        delta = new { type = "text_delta", text = piece },
                    }
                );
            if (reply.Fault == ModelFaultKind.Malformed)
                yield return "event: content_block_delta\ndata: {\"type\":\n\n";
            if (reply.Fault == ModelFaultKind.ErrorInTheMiddle)
                yield return Typed("error", new { type = "error", error = new { type = "overloaded_error", message = "Overloaded" } });
            if (reply.Fault is ModelFaultKind.Cut or ModelFaultKind.EndsWithoutReason or ModelFaultKind.StallsInTheMiddle)
                yield break;
            int half = reply.ToolArguments.Length / 2;
            if (reply.Tool is not null)
            {
                yield return Typed(
                    "content_block_start",
                    new
                    {
                        type = "content_block_start",
                        index = 1,
                        content_block = new
                        {
                            type = "tool_use",
                            id = "t1",
                            name = reply.Tool,
                            input = new { },
                        },
                    }
                );
                yield return Typed(
                    "content_block_delta",
                    new
                    {
                        type = "content_block_delta",
                        index = 1,
                        delta = new { type = "input_json_delta", partial_json = reply.ToolArguments[..half] },
                    }
                );
                yield return Typed(
                    "content_block_delta",
                    new
                    {
                        type = "content_block_delta",
                        index = 1,
                        delta = new { type = "input_json_delta", partial_json = reply.ToolArguments[half..] },
                    }
                );
            }
            yield return Typed(
                "message_delta",
                new
                {
                    type = "message_delta",
                    delta = new { stop_reason = reply.Tool is null ? "end_turn" : "tool_use" },
                    usage = new { output_tokens = reply.OutputTokens },
                }
            );
            yield return Typed("message_stop", new { type = "message_stop" });
        }

        // In a few pieces, none of them half a character.
        private IEnumerable<string> Pieces()
        {
            int size = Math.Max(1, Math.Min(reply.Text.Length / 3, 256 * 1024));
            for (int i = 0, next; i < reply.Text.Length; i = next)
            {
                next = Math.Min(i + size, reply.Text.Length);
                next += next < reply.Text.Length && char.IsLowSurrogate(reply.Text[next]) ? 1 : 0;
                yield return reply.Text[i..next];
            }
        }

        private static string Event(object data) => $"data: {Json(data)}\n\n";

        private static string Typed(string type, object data) => $"event: {type}\n{Event(data)}";

        private static string Json(object data) => JsonSerializer.Serialize(data);

        private Task Chunk(string text)
        {
            int length = Encoding.UTF8.GetByteCount(text);
            return Send(string.Create(CultureInfo.InvariantCulture, $"{length:x}\r\n{text}\r\n"));
        }

        private async Task Send(string text)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text), end);
            await stream.FlushAsync(end);
        }
    }
}

/// <summary>One question to the server.</summary>
/// <param name="Number">From 1.</param>
public sealed record ModelQuestion(int Number, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public bool IsAnthropic => Path.EndsWith("/messages", StringComparison.Ordinal);

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Model => Json.GetProperty("model").GetString()!;

    /// <summary>All messages' texts, as they stand in the request.</summary>
    public string Messages => Json.GetProperty("messages").GetRawText();
}

/// <summary>What the server is to reply.</summary>
public sealed record ModelReply
{
    /// <summary>The answer; with another status than 200, the complaint.</summary>
    public string Text { get; init; } = "";

    public int Status { get; init; } = 200;

    public string? RetryAfter { get; init; }

    public int? InputTokens { get; init; } = 100;

    public int OutputTokens { get; init; } = 20;

    public string Model { get; init; } = "model-1";

    public string? Fingerprint { get; init; } = "fp-1";

    public string? Region { get; init; }

    public string FinishReason { get; init; } = "stop";

    public string? Tool { get; init; }

    public string ToolArguments { get; init; } = "";

    public TimeSpan Delay { get; init; }

    public ModelFaultKind Fault { get; init; }
}

/// <summary>What goes wrong with a reply.</summary>
public enum ModelFaultKind
{
    None,

    /// <summary>Nothing comes, ever.</summary>
    Silence,

    /// <summary>A page for people.</summary>
    Page,

    /// <summary>All in one piece, though a stream was asked for.</summary>
    NoStream,

    /// <summary>The connection breaks.</summary>
    Cut,

    /// <summary>The stream ends well, and the answer does not.</summary>
    EndsWithoutReason,

    StallsInTheMiddle,
    Malformed,
    ErrorInTheMiddle,
    EndlessLine,
    EndlessComments,

    /// <summary>Word after word, and no end.</summary>
    Endless,
}
