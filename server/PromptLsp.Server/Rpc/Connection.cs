using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace PromptLsp.Server.Rpc;

/// <summary>JSON-RPC over one pair of streams: methods are delegates over raw parameters, errors tell a client nothing private.</summary>
internal sealed class Connection : JsonRpc
{
    private readonly Action<string, Exception> _reportFailure;
    private readonly Unanswered _unanswered;

    /// <param name="ended">The client will say nothing more: it is told as soon as its last word is read, the answers come after.</param>
    /// <param name="lost">The client does not read any more.</param>
    public Connection(Stream input, Stream output, Action<string, Exception> reportFailure, Action ended, Action lost)
        : this(input, output, reportFailure, ended, lost, new())
    {
    }

    private Connection(Stream input, Stream output, Action<string, Exception> reportFailure, Action ended, Action lost, Unanswered unanswered)
        : base(new Framing(output, input, Formatter(), unanswered, ended, lost))
    {
        _reportFailure = reportFailure;
        _unanswered = unanswered;
        // The library's own traces quote what clients send, and the runtime takes them to the system's log.
        TraceSource = new(nameof(JsonRpc), SourceLevels.Off);
        TraceSource.Listeners.Clear();
    }

    /// <summary>Waits until what was asked is answered, for two seconds at most.</summary>
    public Task AnsweredAsync() => _unanswered.NoneAsync();

    /// <summary>Adds a method. It is called in the order of arrival; what it does before its first await is done before the next message.</summary>
    public void Add(string method, Func<JsonElement?, CancellationToken, Task<object?>> handler) =>
        AddLocalRpcMethod(Invoke, new Entry(handler), new JsonRpcMethodAttribute(method) { UseSingleObjectParameterDeserialization = true });

    /// <summary>Sends a notification; the names and values of its parameters.</summary>
    public Task TellAsync(string method, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        NotifyWithParameterObjectAsync(method, Named(parameters), null);

    /// <summary>Sends a request and waits for its answer.</summary>
    public Task<JsonElement?> AskAsync(string method, ReadOnlySpan<(string Name, object? Value)> parameters, CancellationToken cancel) =>
        InvokeWithParameterObjectAsync<JsonElement?>(method, Named(parameters), null, cancel);

    // An exception's message and stack may hold a prompt's text or a path: the client gets one line, the log the rest.
    protected override JsonRpcError.ErrorDetail CreateErrorDetails(JsonRpcRequest request, Exception exception)
    {
        if (exception is LocalRpcException known)
            return new() { Code = (JsonRpcErrorCode)known.ErrorCode, Message = known.Message };
        if (exception is OperationCanceledException)
            return new() { Code = JsonRpcErrorCode.RequestCanceled, Message = "The request was cancelled." };
        _reportFailure(request.Method ?? "", exception);
        return new() { Code = JsonRpcErrorCode.InternalError, Message = $"{request.Method} failed; the server's log says more." };
    }

    private static Dictionary<string, object?> Named(ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var named = new Dictionary<string, object?>(parameters.Length, StringComparer.Ordinal);
        foreach ((string name, object? value) in parameters)
        {
            if (value is not null)
                named.Add(name, new Sent(value));
        }
        return named;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Wire lists every type that the serializer meets.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Wire lists every type that the serializer meets.")]
    private static SystemTextJsonFormatter Formatter() => new() { JsonSerializerOptions = new(Wire.Default.Options) };

    // Found by its name: to ask a delegate for its method makes the native runtime index every method there is, at every start.
    private static readonly MethodInfo Invoke = typeof(Entry).GetMethod(nameof(Entry.Invoke))!;

    private sealed class Entry(Func<JsonElement?, CancellationToken, Task<object?>> handler)
    {
        public async Task<object?> Invoke(JsonElement? parameters = null, CancellationToken cancel = default) => Sent.Of(await handler(parameters, cancel));
    }
}
