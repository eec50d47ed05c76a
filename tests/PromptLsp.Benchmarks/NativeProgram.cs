using System.Diagnostics;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;

namespace PromptLsp.Benchmarks;

/// <summary>The published program as a whole: how long until it has started, and until it has checked a folder of ten thousand prompts.</summary>
/// <remarks><c>dotnet publish server/PromptLsp.Cli -c Release -r linux-x64 -o artifacts/linux-x64</c> makes it; <c>PROMPTLSP_SERVER</c> names one elsewhere.</remarks>
[SimpleJob(launchCount: 1, warmupCount: 2, iterationCount: 15, invocationCount: 1)]
public class NativeProgram
{
    private static readonly string[] Subjects = ["refund", "welcome", "invoice", "summary", "translation", "complaint", "review", "offer"];
    private static readonly string[] Tones = ["short", "friendly", "formal", "detailed", "cautious"];
    private string _program = "", _folder = "", _one = "";

    [GlobalSetup]
    public void SetUp()
    {
        _program = Environment.GetEnvironmentVariable("PROMPTLSP_SERVER") ?? Published();
        _folder = Directory.CreateTempSubdirectory("promptlsp-bench-").FullName;
        string text = Prompts.Typical(50);
        for (int i = 0; i < 10_000; i++)
        {
            string name = $"{Tones[i / 8 % 5]}-{Subjects[i % 8]}-{i}";
            string team = Directory.CreateDirectory(Path.Combine(_folder, $"team-{i / 250}", Subjects[i % 8])).FullName;
            File.WriteAllText(_one = Path.Combine(team, name + ".prompt"), text.Replace("name: recommend", "name: " + name, StringComparison.Ordinal));
        }
    }

    [GlobalCleanup]
    public void CleanUp() => Directory.Delete(_folder, recursive: true);

    [Benchmark]
    public int Version() => Run("--version");

    [Benchmark]
    public int CheckOneFile() => Run("check", _one);

    [Benchmark]
    public int CheckTenThousandFiles() => Run("check", "--format", "json", _folder);

    private static string Published()
    {
        DirectoryInfo? repository = new(AppContext.BaseDirectory);
        while (repository is not null && !File.Exists(Path.Combine(repository.FullName, "PromptLsp.sln")))
            repository = repository.Parent;
        string program = Path.Combine(
            repository?.FullName ?? "",
            "artifacts",
            RuntimeInformation.RuntimeIdentifier,
            OperatingSystem.IsWindows() ? "promptlsp.exe" : "promptlsp"
        );
        return File.Exists(program)
            ? program
            : throw new InvalidOperationException($"{program} does not exist: publish it, or let PROMPTLSP_SERVER name the executable");
    }

    private int Run(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(_program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        // 1 says that there are findings; above, that nothing was checked.
        return process.ExitCode <= 1 ? process.ExitCode : throw new InvalidOperationException($"{_program} ended with {process.ExitCode}");
    }
}
