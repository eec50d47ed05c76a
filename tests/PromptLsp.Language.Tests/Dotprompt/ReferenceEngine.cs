using System.Diagnostics;
using System.Text;
using PromptLsp.Testing;

namespace PromptLsp.Language.Tests.Dotprompt;

/// <summary>The reference engine, npm's <c>dotprompt</c>, in a process that lives as long as its tests.</summary>
internal sealed class ReferenceEngine : IDisposable
{
    private static readonly string Folder = Path.Combine(Corpus.Root, "tests", "dotprompt");

    private readonly Process _process;

    public ReferenceEngine()
    {
        _process = Process.Start(new ProcessStartInfo("node", ["--stack-size=4000", "render.mjs"])
        {
            UseShellExecute = false,
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        })!;
    }

    /// <summary>True where `npm ci` has been run in <c>tests/dotprompt</c>.</summary>
    public static bool IsInstalled => Directory.Exists(Path.Combine(Folder, "node_modules", "dotprompt"));

    /// <summary>What the engine makes of each case, in their order.</summary>
    public async Task<string[]> Render(IReadOnlyList<DotpromptCase> cases)
    {
        Task writing = Task.Run(async () =>
        {
            foreach (DotpromptCase one in cases)
                await _process.StandardInput.WriteLineAsync(one.ToJson());
            await _process.StandardInput.FlushAsync();
        });
        var answers = new string[cases.Count];
        for (int i = 0; i < answers.Length; i++)
            answers[i] = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The reference engine has ended.");
        await writing;
        return answers;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(5000))
            _process.Kill();
        _process.Dispose();
    }
}
