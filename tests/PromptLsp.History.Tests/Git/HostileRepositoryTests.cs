using PromptLsp.History.Git;
using Xunit;

namespace PromptLsp.History.Tests.Git;

/// <summary>A repository in which everything that can run a program does: each leaves a file of its own in <c>marks</c>.</summary>
public sealed class HostileRepositoryTests : IDisposable
{
    private readonly GitFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Nothing_in_a_repository_runs()
    {
        if (OperatingSystem.IsWindows())
            return;
        Prepare();

        // Other uses of git do leave marks here, so that their absence means something.
        _files.TryGit("-c", "diff.orderFile=/dev/null", "-c", "filter.evil.process=", "log", "-p", "--ext-diff", "HEAD~1");
        _files.TryGit("-c", "diff.orderFile=/dev/null", "-c", "filter.evil.process=", "log", "-p", "--no-ext-diff", "HEAD~1");
        _files.TryGit("log", "HEAD~2");
        _files.TryGit("status");
        _files.TryGit("cat-file", "-p", Missing);
        Assert.Superset(new HashSet<string> { "signature", "difference", "conversion", "fsmonitor", "fetch" }, Marks());
        foreach (string mark in Directory.GetFiles(_files.At("marks")))
            File.Delete(mark);

        List<GitVersion> versions = [.. GitImport.NewestFirst(_files.At("a.prompt"), _files.Folder, GitLimits.Unasked, TestContext.Current.CancellationToken)];
        Assert.Equal(["second", "signed"], versions.Select(v => v.Subject));
        Assert.Empty(Marks());
    }

    private const string Missing = "0123456789abcdef0123456789abcdef01234567";

    private void Prepare()
    {
        Directory.CreateDirectory(_files.At("marks"));
        _files.Git("init", "-q");
        _files.With("a.prompt", "1\n").With(".gitattributes", "*.prompt diff=evil filter=evil\n").Commit("unsigned", 1);
        Sign();
        _files.With("a.prompt", "2\n").Commit("second", 2);
        _files.With("a.prompt", "3\n").Commit("third, whose content is missing", 3);
        string blob = _files.Git("rev-parse", "HEAD:a.prompt"), kept = _files.At($".git/objects/{blob[..2]}/{blob[2..]}");
        File.SetAttributes(kept, FileAttributes.Normal);
        File.Delete(kept);
        foreach (string hook in (string[])["post-index-change", "reference-transaction", "pre-auto-gc", "post-checkout", "fsmonitor-watchman"])
            Script($".git/hooks/{hook}", hook);
        Config("core.fsmonitor", Script("tools/fsmonitor", "fsmonitor"));
        Config("core.hooksPath", _files.At(".git/hooks"));
        Config("core.pager", Script("tools/pager", "pager"));
        Config("pager.log", _files.At("tools/pager"));
        Config("core.editor", Script("tools/editor", "editor"));
        Config("core.askPass", Script("tools/askpass", "askpass"));
        Config("core.sshCommand", Script("tools/ssh", "ssh"));
        Config("core.gitProxy", Script("tools/proxy", "proxy"));
        Config("core.alternateRefsCommand", Script("tools/alternate", "alternate"));
        Config("credential.helper", Script("tools/credential", "credential"));
        Config("gpg.program", Script("tools/gpg", "signature"));
        Config("log.showSignature", "true");
        Config("log.diffMerges", "on");
        Config("diff.external", Script("tools/difference", "difference"));
        Config("diff.evil.textconv", Script("tools/conversion", "conversion"));
        Config("diff.orderFile", _files.At("none"));
        Config("filter.evil.clean", Script("tools/clean", "clean"));
        Config("filter.evil.smudge", Script("tools/smudge", "smudge"));
        Config("filter.evil.process", Script("tools/process", "process"));
        Config("alias.log", "!" + Script("tools/alias", "alias"));
        Config("log.showRoot", "false");
        Config("core.repositoryFormatVersion", "1");
        Config("extensions.partialClone", "origin");
        Config("remote.origin.promisor", "true");
        Config("remote.origin.url", "ext::" + Script("tools/fetch", "fetch"));
        Config("protocol.allow", "always");
        Config("protocol.ext.allow", "always");
    }

    private HashSet<string> Marks() => [.. Directory.GetFiles(_files.At("marks")).Select(f => Path.GetFileName(f)!)];

    private void Config(string key, string value) => _files.Git("config", key, value);

    private string Script(string path, string mark)
    {
        string full = _files.With(path, $"#!/bin/sh\ntouch '{_files.At("marks")}/{mark}'\nexit 1\n").At(path);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(full, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return full;
    }

    // Puts a signature that somebody would have to check on the first commit.
    private void Sign()
    {
        string[] lines = _files.Git("cat-file", "commit", "HEAD").Split('\n');
        int end = Array.IndexOf(lines, "");
        string signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ==\n -----END PGP SIGNATURE-----";
        _files.With("marks.commit", string.Join('\n', lines[..end]) + "\n" + signature + "\n\nsigned\n");
        string commit = _files.Git("hash-object", "-t", "commit", "-w", _files.At("marks.commit"));
        File.Delete(_files.At("marks.commit"));
        _files.Git("update-ref", "refs/heads/main", commit);
    }
}
