using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace PromptLsp.Server.Tests.Client;

/// <summary>
/// An editor, as the server sees one. Its disposal shuts the server down as LSP says, and fails where the server exits with an error, or
/// sent something that no test waited for.
/// </summary>
internal sealed class Editor : IAsyncDisposable
{
    private readonly Wire _wire = new();
    private readonly Dictionary<int, TaskCompletionSource<JsonObject>> _asked = [];
    private readonly Dictionary<string, Channel<JsonNode?>> _told = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<JsonNode?, JsonNode?>> _answers = new(StringComparer.Ordinal)
    {
        ["client/registerCapability"] = static _ => null,
        ["window/workDoneProgress/create"] = static _ => null,
        ["workspace/diagnostic/refresh"] = static _ => null,
    };

    // Sent without being asked for, as often as the server likes.
    private readonly HashSet<string> _expected = new(StringComparer.Ordinal) { "textDocument/publishDiagnostics" };
    private readonly List<JsonObject> _unexpected = [];
    private Task _listening = Task.CompletedTask;
    private int _lastId;
    private bool _hasEnded;

    public Wire Wire => _wire;

    public JsonNode Capabilities { get; private set; } = null!;

    /// <summary>Starts a server and greets it.</summary>
    public static async Task<Editor> StartAsync(object? capabilities = null, string? root = null, object? options = null)
    {
        var editor = new Editor();
        editor._listening = Task.Run(editor.ListenAsync);
        JsonNode? answer = await editor.AskAsync("initialize", new
        {
            processId = Environment.ProcessId,
            rootUri = root is null ? null : new Uri(root).AbsoluteUri,
            capabilities = capabilities ?? new { },
            initializationOptions = options,
        });
        editor.Capabilities = answer!["capabilities"]!;
        await editor.TellAsync("initialized", new { });
        return editor;
    }

    /// <summary>Starts a server and does not greet it.</summary>
    public static Editor StartSilently()
    {
        var editor = new Editor();
        editor._listening = Task.Run(editor.ListenAsync);
        return editor;
    }

    public async Task<OpenFile> OpenAsync(string text, string uri = "file:///work/main.prompt")
    {
        await TellAsync("textDocument/didOpen", new { textDocument = new { uri, languageId = "prompt", version = 1, text } });
        return new OpenFile(this, uri);
    }

    /// <summary>The result of a request; an error fails the test.</summary>
    public async Task<JsonNode?> AskAsync(string method, object? parameters)
    {
        JsonObject answer = await AnswerAsync(method, parameters);
        return answer["error"] is { } error ? throw new InvalidOperationException($"{method}: {error.ToJsonString()}") : answer["result"];
    }

    /// <summary>The error of a request: its code and message.</summary>
    public async Task<(int Code, string Message)> FailAsync(string method, object? parameters)
    {
        JsonObject answer = await AnswerAsync(method, parameters);
        JsonNode error = answer["error"] ?? throw new InvalidOperationException($"{method} was answered: {answer.ToJsonString()}");
        return ((int)error["code"]!, (string)error["message"]!);
    }

    public async Task<JsonObject> AnswerAsync(string method, object? parameters) =>
        await (await BeginAsync(method, parameters)).Answer.WaitAsync(Wire.Patience);

    /// <summary>Sends a request whose answer is waited for later.</summary>
    public async Task<(int Id, Task<JsonObject> Answer)> BeginAsync(string method, object? parameters)
    {
        int id = Interlocked.Increment(ref _lastId);
        var answer = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_asked)
            _asked.Add(id, answer);
        await _wire.SendAsync(Message(method, parameters, id));
        return (id, answer.Task);
    }

    /// <summary>Sends parameters as they are written, and gives the whole answer.</summary>
    public async Task<JsonNode> AskRawAsync(string method, string parameters)
    {
        await _wire.SendRawAsync(Wire.Frame($$"""{"jsonrpc":"2.0","id":"raw","method":"{{method}}","params":{{parameters}}}"""));
        return (await HearAsync("answer raw"))!;
    }

    public Task TellAsync(string method, object? parameters) => _wire.SendAsync(Message(method, parameters, null));

    /// <summary>The next notification of this method, sent already or to come.</summary>
    public async Task<JsonNode?> HearAsync(string method)
    {
        using var patience = new CancellationTokenSource(Wire.Patience);
        JsonNode? said = await Told(method).Reader.ReadAsync(patience.Token);
        lock (_unexpected)
        {
            if (_unexpected.FindIndex(m => (string?)m["method"] == method) is >= 0 and var heard)
                _unexpected.RemoveAt(heard);
        }
        return said;
    }

    /// <summary>Whether the server has sent this by now.</summary>
    public bool HasHeard(string method) => Told(method).Reader.TryPeek(out _);

    /// <summary>Answers a request that the server will make.</summary>
    public void Answer(string method, Func<JsonNode?, JsonNode?> answer)
    {
        lock (_answers)
            _answers[method] = answer;
    }

    /// <summary>Says that the server may send this, whether or not a test waits for it.</summary>
    public void Expect(string method)
    {
        lock (_unexpected)
        {
            _expected.Add(method);
            _unexpected.RemoveAll(m => (string?)m["method"] == method);
        }
    }

    /// <summary>Ends the session without a goodbye, by <paramref name="end"/>; the exit status.</summary>
    public async Task<int> EndAsync(Func<Editor, Task> end)
    {
        _hasEnded = true;
        await end(this);
        return await _wire.ExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_hasEnded)
            {
                await AskAsync("shutdown", null);
                await TellAsync("exit", null);
                Assert.Equal(0, await _wire.ExitAsync());
            }
            lock (_unexpected)
                Assert.True(_unexpected.Count == 0, "Nobody waited for: " + string.Join("\n", _unexpected.Select(m => m.ToJsonString())));
        }
        finally
        {
            await _wire.DisposeAsync();
            await _listening.WaitAsync(Wire.Patience);
        }
    }

    private static JsonObject Message(string method, object? parameters, int? id)
    {
        var message = new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method };
        if (id is { } number)
            message["id"] = number;
        if (parameters is not null)
            message["params"] = parameters as JsonNode ?? JsonSerializer.SerializeToNode(parameters);
        return message;
    }

    private async Task ListenAsync()
    {
        while (await _wire.ReceiveAsync() is { } message)
        {
            if (message["method"] is null)
                Answered(message);
            else if (message["id"] is not null)
                await AnswerAsync(message);
            else
                Heard(message);
        }
    }

    private void Answered(JsonObject message)
    {
        TaskCompletionSource<JsonObject>? waiting = null;
        if (message["id"] is JsonValue text && text.TryGetValue(out string? named))
        {
            Told("answer " + named).Writer.TryWrite(message.DeepClone());
            return;
        }
        if (message["id"] is { } id)
        {
            lock (_asked)
                _asked.Remove((int)id, out waiting);
        }
        if (waiting is not null)
            waiting.SetResult(message);
        else if (message.ContainsKey("id"))
            Told("error without id").Writer.TryWrite(message["error"]?.DeepClone());
        else
            Unexpected(message);
    }

    private async Task AnswerAsync(JsonObject message)
    {
        string method = (string)message["method"]!;
        Func<JsonNode?, JsonNode?>? answer;
        lock (_answers)
            _answers.TryGetValue(method, out answer);
        if (answer is null)
            Unexpected(message);
        Told(method).Writer.TryWrite(message["params"]?.DeepClone());
        await _wire.SendAsync(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = message["id"]!.DeepClone(), ["result"] = answer?.Invoke(message["params"]) });
    }

    private void Heard(JsonObject message)
    {
        string method = (string)message["method"]!;
        // A request that the server made may be overtaken by the end of the session.
        bool isExpected = method == "$/cancelRequest";
        lock (_unexpected)
            isExpected |= _expected.Contains(method);
        if (!isExpected)
            Unexpected(message);
        Told(method).Writer.TryWrite(message["params"]?.DeepClone());
    }

    private void Unexpected(JsonObject message)
    {
        lock (_unexpected)
            _unexpected.Add(message);
    }

    private Channel<JsonNode?> Told(string method)
    {
        lock (_told)
        {
            if (!_told.TryGetValue(method, out Channel<JsonNode?>? channel))
                _told.Add(method, channel = Channel.CreateUnbounded<JsonNode?>());
            return channel;
        }
    }
}
