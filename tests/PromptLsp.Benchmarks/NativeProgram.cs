using System.Diagnostics;
using BenchmarkDotNet.Attributes;

namespace PromptLsp.Benchmarks;

/// <summary>The published program as a whole: how long until it has started, and until it has checked a folder of ten thousand prompts.</summary>
/// <remarks><c>PROMPTLSP_SERVER</c> names the executable; <c>dotnet publish server/PromptLsp.Cli -c Release -r linux-x64 -o artifacts/linux-x64</c> makes it.</remarks>
[SimpleJob(launchCount: 1, warmupCount: 2, iterationCount: 15, invocationCount: 1)]
public class NativeProgram
{
    private string _program = "", _folder = "";

    [GlobalSetup]
    public void SetUp()
    {
        _program = Environment.GetEnvironmentVariable("PROMPTLSP_SERVER") ?? throw new InvalidOperationException("PROMPTLSP_SERVER must name the published executable");
        _folder = Directory.CreateTempSubdirectory("promptlsp-bench-").FullName;
        string text = Prompts.Typical(50);
        for (int i = 0; i < 10_000; i++)
            File.WriteAllText(Path.Combine(_folder, $"p{i}.prompt"), text.Replace("name: recommend", $"name: recommend{i}", StringComparison.Ordinal));
    }

    [GlobalCleanup]
    public void CleanUp() => Directory.Delete(_folder, recursive: true);

    [Benchmark]
    public int Version() => Run("--version");

    [Benchmark]
    public int CheckOneFile() => Run("check", Path.Combine(_folder, "p0.prompt"));

    [Benchmark]
    public int CheckTenThousandFiles() => Run("check", "--format", "json", _folder);

    private int Run(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(_program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
