using System.Diagnostics;

namespace PromptLsp.History.Tests.Store;

/// <summary>Another process on the same store: an editor's server, or the command line.</summary>
internal sealed class Writer : IDisposable
{
    private readonly Process _process;

    public Writer(params string[] arguments)
    {
        string program = Path.Join(AppContext.BaseDirectory, "PromptLsp.History.Writer" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        _process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
    }

    /// <summary>The next line that it acknowledged; null at the end.</summary>
    public Task<string?> Line() => _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask();

    public void Tell(string line) => _process.StandardInput.WriteLine(line);

    /// <summary>All that it acknowledges until it ends. A line that has no end was not acknowledged.</summary>
    public async Task<string[]> Rest() => (await _process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n')[..^1];

    /// <summary>At once, without a chance to finish anything.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
