using System.Buffers;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace PromptLsp.Server.Rpc;

/// <summary>
/// LSP's framing: header lines, an empty line, a JSON body. What is malformed is answered and passed over; the connection ends only with its
/// stream, because editors do not restart a server that hangs up.
/// </summary>
internal sealed class Framing(Stream output, Stream input, IJsonRpcMessageTextFormatter formatter, Unanswered unanswered, Action ended, Action lost)
    : PipeMessageHandler(PipeWriter.Create(output), PipeReader.Create(input, new StreamPipeReaderOptions(bufferSize: 64 * 1024)), formatter)
{
    private const int LongestBody = 64 * 1024 * 1024, LongestHeader = 16 * 1024;

    private readonly ArrayBufferWriter<byte> _body = new();
    private readonly ConcurrentDictionary<RequestId, bool> _asked = new(), _open = new();
    private bool _writesAnswer;

    // With the end of the stream the connection ends, and with it every request: the end is told only when all are answered.
    protected override async ValueTask<JsonRpcMessage?> ReadCoreAsync(CancellationToken cancellationToken)
    {
        if (await ReadMessageAsync(cancellationToken) is { } message)
        {
            if (message is JsonRpcRequest { IsResponseExpected: true })
                unanswered.Add();
            return message;
        }
        ended();
        await unanswered.NoneAsync();
        return null;
    }

    private async ValueTask<JsonRpcMessage?> ReadMessageAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await ReadHeadersAsync(cancellationToken) is not { } length)
                return null;
            if (length < 0)
                continue;
            if (length > LongestBody)
            {
                await SkipAsync(length, cancellationToken);
                await RefuseAsync(RequestId.Null, JsonRpcErrorCode.InvalidRequest, "The message is over 64 MB.", cancellationToken);
                continue;
            }
            ReadResult read = await Reader!.ReadAtLeastAsync((int)length, cancellationToken);
            if (read.Buffer.Length < length)
                return null;
            ReadOnlySequence<byte> body = read.Buffer.Slice(0, length);
            JsonRpcMessage? message = null;
            RequestId id = RequestId.Null;
            JsonRpcErrorCode wrong = JsonRpcErrorCode.ParseError;
            try
            {
                message = formatter.Deserialize(body, Encoding.UTF8);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                (wrong, id) = Diagnose(body);
            }
            // The message reads its arguments later, but from a document of its own.
            Reader.AdvanceTo(body.End);
            // The library would hang up on a call of nothing, and on an answer to what was not asked.
            if (message is JsonRpcRequest { Method: null } nothing)
                (message, wrong, id) = (null, JsonRpcErrorCode.InvalidRequest, nothing.RequestId.IsEmpty ? RequestId.Null : nothing.RequestId);
            else if (message is JsonRpcResult or JsonRpcError && !_asked.TryRemove(((IJsonRpcMessageWithId)message).RequestId, out _))
                continue;
            // Nobody could tell the two answers apart.
            if (message is JsonRpcRequest { IsResponseExpected: true, RequestId: var asked } && !_open.TryAdd(asked, true))
            {
                await RefuseAsync(asked, JsonRpcErrorCode.InvalidRequest, "A request with this id waits for its answer.", cancellationToken);
                continue;
            }
            if (message is not null)
                return message;
            await RefuseAsync(
                id,
                wrong,
                wrong == JsonRpcErrorCode.ParseError ? "The message is not JSON." : "The message is not a JSON-RPC message.",
                cancellationToken
            );
        }
    }

    protected override void Write(JsonRpcMessage content, CancellationToken cancellationToken)
    {
        _writesAnswer = content is JsonRpcResult or JsonRpcError;
        if (content is JsonRpcRequest { IsResponseExpected: true } question)
            _asked.TryAdd(question.RequestId, true);
        if (content is JsonRpcResult or JsonRpcError and not Refusal)
            _open.TryRemove(((IJsonRpcMessageWithId)content).RequestId, out _);
        _body.ResetWrittenCount();
        Formatter.Serialize(_body, content);
        Span<byte> header = Writer!.GetSpan(64);
        "Content-Length: "u8.CopyTo(header);
        int at = "Content-Length: "u8.Length;
        Utf8Formatter.TryFormat(_body.WrittenCount, header[at..], out int digits);
        at += digits;
        "\r\n\r\n"u8.CopyTo(header[at..]);
        Writer.Advance(at + 4);
        Writer.Write(_body.WrittenSpan);
        if (_body.Capacity > 1024 * 1024)
            _body.Clear();
    }

    // Follows each `Write`, before the next one.
    protected override async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        bool wasAnswer = _writesAnswer;
        try
        {
            await base.FlushAsync(cancellationToken);
        }
        catch (IOException)
        {
            lost();
            throw;
        }
        finally
        {
            if (wasAnswer)
                unanswered.Remove();
        }
    }

    // The body's length; -1 for a block that names no usable one, null at the end of the stream.
    private async ValueTask<long?> ReadHeadersAsync(CancellationToken cancel)
    {
        long length = -1;
        while (true)
        {
            ReadResult read = await Reader!.ReadAsync(cancel);
            ReadOnlySequence<byte> buffer = read.Buffer;
            bool isBlock = false;
            while (NextLine(ref buffer) is { } line)
            {
                if (line.IsEmpty)
                {
                    isBlock = true;
                    break;
                }
                length = LengthIn(line) ?? length;
            }
            if (!isBlock && buffer.Length > LongestHeader)
                buffer = buffer.Slice(LongestHeader);
            Reader.AdvanceTo(buffer.Start, isBlock ? buffer.Start : read.Buffer.End);
            if (isBlock)
                return length;
            if (read.IsCompleted)
                return null;
        }
    }

    private static ReadOnlySequence<byte>? NextLine(ref ReadOnlySequence<byte> buffer)
    {
        if (buffer.PositionOf((byte)'\n') is not { } end)
            return null;
        ReadOnlySequence<byte> line = buffer.Slice(0, end);
        buffer = buffer.Slice(buffer.GetPosition(1, end));
        return line.Length > 0 && line.Slice(line.Length - 1).FirstSpan[0] == '\r' ? line.Slice(0, line.Length - 1) : line;
    }

    private static long? LengthIn(ReadOnlySequence<byte> line)
    {
        if (line.Length > 256)
            return null;
        string header = Encoding.ASCII.GetString(line);
        int colon = header.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && header.AsSpan(0, colon).Trim().Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
            ? long.TryParse(header.AsSpan(colon + 1).Trim(), System.Globalization.NumberStyles.None, null, out long length) ? length : -1
            : null;
    }

    private async ValueTask SkipAsync(long length, CancellationToken cancel)
    {
        while (length > 0)
        {
            ReadResult read = await Reader!.ReadAsync(cancel);
            long taken = Math.Min(length, read.Buffer.Length);
            Reader.AdvanceTo(read.Buffer.GetPosition(taken));
            length -= taken;
            if (read.IsCompleted)
                return;
        }
    }

    // What is JSON but no message is answered under its id, so that nobody waits for it.
    private static (JsonRpcErrorCode Code, RequestId Id) Diagnose(ReadOnlySequence<byte> body)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("id", out JsonElement id))
                return (JsonRpcErrorCode.InvalidRequest, RequestId.Null);
            return (JsonRpcErrorCode.InvalidRequest, id.ValueKind switch
            {
                JsonValueKind.Number when id.TryGetInt64(out long number) => new RequestId(number),
                JsonValueKind.String => new RequestId(id.GetString()),
                _ => RequestId.Null,
            });
        }
        catch (JsonException)
        {
            return (JsonRpcErrorCode.ParseError, RequestId.Null);
        }
    }

    private ValueTask RefuseAsync(RequestId id, JsonRpcErrorCode code, string message, CancellationToken cancel)
    {
        unanswered.Add();
        return WriteAsync(new Refusal { RequestId = id, Error = new JsonRpcError.ErrorDetail { Code = code, Message = message } }, cancel);
    }

    /// <summary>Answers what was never handed on.</summary>
    private sealed class Refusal : JsonRpcError;
}
