using System.Diagnostics;

namespace PromptLsp.History.Tests.Git;

/// <summary>A folder for as long as a test runs, and git in it.</summary>
internal sealed class GitFiles : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("promptlsp-git-").FullName;

    public string At(string path) => Path.Combine(Folder, path);

    public GitFiles With(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
        return this;
    }

    /// <summary>Runs git here with nobody's configuration but the repository's, and gives what it wrote.</summary>
    public string Git(params string[] arguments) => Run(arguments, mustSucceed: true);

    /// <summary>As <see cref="Git"/>, where it does not matter what comes of it.</summary>
    public void TryGit(params string[] arguments) => Run(arguments, mustSucceed: false);

    /// <summary>A commit of everything there is, by Ada at a minute of a day in 2026.</summary>
    public GitFiles Commit(string subject, int minute)
    {
        Git("add", "-A");
        Git("-c", "user.name=Ada", "-c", "user.email=ada@example.com", "commit", "-q", "-m", subject, "--date", $"2026-03-01T12:{minute:00}:00Z");
        return this;
    }

    public void Dispose()
    {
        // What git keeps cannot be deleted on Windows as it is.
        foreach (string file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
            File.SetAttributes(file, FileAttributes.Normal);
        Directory.Delete(Folder, recursive: true);
    }

    private string Run(string[] arguments, bool mustSucceed)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["GIT_CONFIG_GLOBAL"] = At("nobody");
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_CONFIG_COUNT"] = "1";
        start.Environment["GIT_CONFIG_KEY_0"] = "init.defaultBranch";
        start.Environment["GIT_CONFIG_VALUE_0"] = "main";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (mustSucceed && process.ExitCode != 0)
            throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {error.GetAwaiter().GetResult()}");
        return output.TrimEnd();
    }
}
