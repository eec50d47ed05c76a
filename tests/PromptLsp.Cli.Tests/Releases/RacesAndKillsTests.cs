using System.Diagnostics;
using PromptLsp.Releases;
using PromptLsp.Releases.Folder;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Cli.Tests.Releases;

/// <summary>Many who promote at once, and processes that are ended on the way.</summary>
public sealed class RacesAndKillsTests
{
    private const string Prompt = ReleaseShell.Prompt;

    // The native program starts fast enough for as many as are promised.
    private static readonly bool IsNative = Environment.GetEnvironmentVariable("PROMPTLSP_SERVER") is { Length: > 0 };

    [Fact]
    public async Task Of_sixteen_promotions_of_one_prompt_one_wins()
    {
        using ReleaseShell shell = await ReleaseShell.Begin();
        string text = shell.Shell.Read(Prompt);
        string? before = null;
        for (int round = 0; round < 50; round++)
        {
            shell.Shell.With(Prompt, text + $"Round {round}.\n");
            Shell[] racers = [.. Enumerable.Range(0, 16).Select(_ => new Shell(shell.Shell.Folder))];
            int[] statuses = await Task.WhenAll(racers.Select(r => r.Run($"promote {Prompt} --to dev --yes -m race")));
            int winners = racers.Count(r => r.Out.Contains("promoted: dev holds", StringComparison.Ordinal));
            Assert.True(winners == 1, $"round {round}: {winners} winners");
            for (int i = 0; i < racers.Length; i++)
            {
                Assert.True(
                    (
                        statuses[i] == 0
                        && (
                            racers[i].Out.Contains("promoted: dev holds", StringComparison.Ordinal)
                            || racers[i].Out.Contains(" already", StringComparison.Ordinal)
                        )
                    ) || (statuses[i] == 2 && racers[i].Error.Contains("somebody was faster: ada <ada@example.com> put", StringComparison.Ordinal)),
                    $"round {round}: {statuses[i]}\n{racers[i].Out}\n{racers[i].Error}"
                );
                racers[i].Dispose();
            }
            ReleaseRecord record = Folder(shell).Record("dev", Prompt)!;
            Assert.Equal(before, record.Replaces);
            before = record.Id;
        }
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(shell.Shell.Folder, ".promptlsp/releases"), "draft-*"));
    }

    [Fact]
    public async Task An_ended_process_leaves_the_old_release_or_the_new_one_and_the_next_completes_it()
    {
        using ReleaseShell shell = await ReleaseShell.Begin();
        string[] prompts = [.. Enumerable.Range(0, 5).Select(i => $"many/p{i}.prompt")];
        foreach (string prompt in prompts)
            shell.Shell.With(prompt, "Begin {{ include \"voice\" }}\n");
        string all = string.Join(' ', prompts);
        var watch = Stopwatch.StartNew();
        await Promote(shell, all, TimeSpan.FromMinutes(1));
        TimeSpan whole = watch.Elapsed;
        await shell.Commit("Begin");
        var chance = new Random(20261130);
        int killed = 0;
        for (int round = 0; round < (IsNative ? 200 : 12); round++)
        {
            foreach (string prompt in prompts)
                shell.Shell.With(prompt, $"Round {round} {{{{ include \"voice\" }}}}\n");
            // Whoever comes next completes what was interrupted.
            await shell.Do("env");
            Dictionary<string, string> before = prompts.ToDictionary(p => p, p => Folder(shell).Record("dev", p)!.Id);
            // Most of the time goes by before anything is written: what matters is near the end.
            killed += await Promote(shell, all, whole * (0.3 + 0.7 * chance.NextDouble())) ? 0 : 1;
            foreach (string prompt in prompts)
            {
                ReleaseFolder folder = Folder(shell);
                ReleaseRecord record = folder.Record("dev", prompt) ?? throw new InvalidOperationException($"round {round}: nothing is left of {prompt}");
                string text = folder.Content(record).Text;
                Assert.True(record.Id == before[prompt] ? record.Replaces != before[prompt] : record.Replaces == before[prompt], $"round {round}");
                Assert.Contains("include \"voice\"", text, StringComparison.Ordinal);
            }
        }
        await shell.Do($"promote {all} --to dev --yes -m last");
        await shell.Do("env");
        Assert.DoesNotContain(
            Directory.EnumerateDirectories(Path.Combine(shell.Shell.Folder, ".promptlsp/releases"), "draft-*"),
            d => File.Exists(Path.Combine(d, "journal"))
        );
        string @base = await shell.Git("rev-parse HEAD");
        // What was begun and given up in between is gone from the record: the chain of one move is what a change brings.
        await shell.Git($"checkout -q {@base} -- releases");
        await shell.Do($"promote {all} --to dev --yes -m once");
        await shell.Commit("Once");
        await shell.Do($"env verify --base {@base}");
        Assert.True(killed > 0, "nobody was ended");
    }

    [Fact]
    public async Task What_was_begun_is_completed_with_two_renames_where_there_is_no_exchange()
    {
        using ReleaseShell shell = await ReleaseShell.Begin();
        await shell.Do($"promote {Prompt} --to dev --yes");
        string place = Path.Combine(shell.Shell.Folder, "releases/dev", Prompt),
            work = Path.Combine(shell.Shell.Folder, ".promptlsp/releases"),
            draft = Path.Combine(work, "draft-ended");
        ReleaseRecord old = Folder(shell).Record("dev", Prompt)!;
        shell.Shell.With(Prompt, shell.Shell.Read(Prompt) + "More.\n");
        await shell.Do($"promote {Prompt} --to dev --yes");
        ReleaseRecord now = Folder(shell).Record("dev", Prompt)!;
        // As a process leaves it that was ended between two renames: the new folder is in the draft, the old one beside it, and nothing in the place.
        Directory.CreateDirectory(draft);
        Directory.Move(place, Path.Combine(draft, "0"));
        Directory.Move(Directory.EnumerateDirectories(Path.Combine(work, "kept/dev", Prompt)).Single(), Path.Combine(draft, "0.old"));
        File.WriteAllText(Path.Combine(draft, "journal"), $"promptlsp journal 1\n{now.Id} 0 dev/{Prompt}\n");
        await shell.Do("env");
        Assert.Equal(now.Id, Folder(shell).Record("dev", Prompt)!.Id);
        await shell.Do($"rollback {Prompt} --env dev -m back");
        Assert.Equal(old.Name, Folder(shell).Record("dev", Prompt)!.Name);
    }

    [Fact]
    public async Task Nothing_is_written_through_a_link()
    {
        using ReleaseShell shell = await ReleaseShell.Begin();
        string elsewhere = Directory.CreateTempSubdirectory("promptlsp-elsewhere-").FullName;
        Directory.CreateSymbolicLink(Path.Combine(shell.Shell.Folder, "releases"), elsewhere);
        Assert.Contains(
            "is a link; releases are written into folders of the workspace alone",
            await shell.Refused($"promote {Prompt} --to dev --yes"),
            StringComparison.Ordinal
        );
        Directory.Delete(Path.Combine(shell.Shell.Folder, "releases"));
        Directory.CreateDirectory(Path.Combine(shell.Shell.Folder, "releases"));
        Directory.CreateSymbolicLink(Path.Combine(shell.Shell.Folder, "releases/dev"), elsewhere);
        Assert.Contains(
            "is a link; releases are written into folders of the workspace alone",
            await shell.Refused($"promote {Prompt} --to dev --yes"),
            StringComparison.Ordinal
        );
        Assert.Empty(Directory.EnumerateFileSystemEntries(elsewhere));
        Directory.Delete(elsewhere);
    }

    private static ReleaseFolder Folder(ReleaseShell shell)
    {
        var snapshot = Snapshot.Empty(new Disk(), [shell.Shell.Folder]);
        Root root = snapshot.Roots.OfFolder(shell.Shell.Folder);
        return new(root, snapshot.SettingsOf(root).Releases);
    }

    // True where it came to its end before it was ended.
    private static async Task<bool> Promote(ReleaseShell shell, string prompts, TimeSpan time)
    {
        var start = new ProcessStartInfo(
            Path.Join(OtherProcess.ProgramFolder, "promptlsp"),
            ["promote", .. prompts.Split(' '), "--to", "dev", "--yes", "-m", "kill"]
        )
        {
            WorkingDirectory = shell.Shell.Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        CancellationToken cancel = TestContext.Current.CancellationToken;
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancel),
            error = process.StandardError.ReadToEndAsync(cancel);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        late.CancelAfter(time);
        try
        {
            await process.WaitForExitAsync(late.Token);
            Assert.True(process.ExitCode == 0, await output + await error);
            return true;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            process.Kill();
            await process.WaitForExitAsync(cancel);
            return false;
        }
    }
}
