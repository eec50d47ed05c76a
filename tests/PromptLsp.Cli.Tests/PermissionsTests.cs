using Xunit;

namespace PromptLsp.Cli.Tests;

/// <summary>What may not be read or written is named, by all commands alike, and never taken for something else.</summary>
public sealed class PermissionsTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose()
    {
        foreach (string folder in Directory.GetDirectories(_shell.Folder, "*", SearchOption.TopDirectoryOnly))
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        _shell.Dispose();
    }

    [Theory]
    [InlineData("check")]
    [InlineData("test")]
    [InlineData("format --check")]
    [InlineData("snapshot")]
    [InlineData("import-git")]
    public async Task A_folder_that_may_not_be_opened_is_named(string command)
    {
        if (OperatingSystem.IsWindows())
            return;
        _shell.With("promptlsp.yaml", "").With("a.prompt", "Hi\n").With("closed/b.prompt", "Hi\n");
        (int status, _, string error) = await AsNobody($"chmod 000 closed; $PROMPTLSP {command}");
        Assert.Equal(2, status);
        Assert.Contains("promptlsp: the folder `closed` cannot be opened; check its permissions\n", error, StringComparison.Ordinal);
        Assert.Equal(1, error.Split("`closed`").Length - 1);
    }

    // All that is there is theirs.
    private async Task<(int Status, string Out, string Error)> AsNobody(string script)
    {
        if (Environment.IsPrivilegedProcess)
            await OtherProcess.Run(_shell.Folder, "", "chown", "-R", "65534:65534", ".");
        return await OtherProcess.AsNobody(_shell.Folder, script);
    }
}
