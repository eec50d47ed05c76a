using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PromptLsp.Server.Tests.Client;

/// <summary>
/// A server and the bytes to and from it: in this process over pipes, or the published executable that <c>PROMPTLSP_SERVER</c> names.
/// </summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly Stream _toServer, _fromServer;
    private readonly Process? _process;
    private readonly Outlet? _outlet;
    private readonly CancellationTokenSource _end = new();
    private readonly StringWriter _log = new();
    private readonly Task<int> _exit;

    public Wire()
    {
        PromptLsp.Testing.OwnState.Begin();
        if (Environment.GetEnvironmentVariable("PROMPTLSP_SERVER") is { Length: > 0 } executable)
        {
            _process = Process.Start(
                new ProcessStartInfo(executable, ["serve", "--stdio"])
                {
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                    UseShellExecute = false,
                }
            )!;
            (_toServer, _fromServer) = (_process.StandardInput.BaseStream, _process.StandardOutput.BaseStream);
            _exit = ExitOf(_process);
        }
        else
        {
            var input = new Pipe();
            // A server that is ahead of its client must not stop.
            var output = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
            (_toServer, _fromServer) = (input.Writer.AsStream(), output.Reader.AsStream());
            _outlet = new(output.Writer);
            _exit = Task.Run(() => LanguageServer.RunAsync(input.Reader.AsStream(), _outlet, TextWriter.Synchronized(_log), _end.Token));
        }
    }

    public bool IsInProcess => _process is null;

    /// <summary>What the server logged; only of one in this process.</summary>
    public string Log => _log.ToString();

    public Task<int> ExitAsync() => _exit.WaitAsync(Patience);

    // Nothing takes this long; without it a message that never comes would hold the whole run.
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    public async Task SendAsync(JsonNode message) => await SendRawAsync(Frame(message.ToJsonString()));

    public async Task SendRawAsync(byte[] bytes)
    {
        await _toServer.WriteAsync(bytes);
        await _toServer.FlushAsync();
    }

    public void HangUp() => _toServer.Dispose();

    /// <summary>Closes the server's output, as a client that is gone does.</summary>
    public void StopReading()
    {
        _outlet?.Break();
        _fromServer.Dispose();
    }

    public static byte[] Frame(string body)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        return [.. Encoding.ASCII.GetBytes($"Content-Length: {bytes.Length}\r\n\r\n"), .. bytes];
    }

    /// <summary>The next message; null at the end of the stream.</summary>
    public async Task<JsonObject?> ReceiveAsync()
    {
        int length = -1;
        while (await LineAsync() is { } line)
        {
            if (line.Length == 0)
                break;
            if (line.StartsWith("Content-Length: ", StringComparison.Ordinal))
                length = int.Parse(line["Content-Length: ".Length..], null);
        }
        if (length < 0)
            return null;
        byte[] body = new byte[length];
        await _fromServer.ReadExactlyAsync(body);
        return JsonNode.Parse(body)!.AsObject();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        if (_process is { HasExited: false })
            _process.Kill();
        await _toServer.DisposeAsync();
        _process?.Dispose();
        _end.Dispose();
    }

    private async Task<string?> LineAsync()
    {
        var line = new StringBuilder();
        byte[] one = new byte[1];
        while (true)
        {
            try
            {
                if (await _fromServer.ReadAsync(one) == 0)
                    return null;
            }
            catch (Exception failure) when (failure is IOException or InvalidOperationException)
            {
                return null;
            }
            if (one[0] == '\n')
                return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }
    }

    private static async Task<int> ExitOf(Process process)
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
