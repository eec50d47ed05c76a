using System.Diagnostics;
using System.Text;
using PromptLsp.History.Files;

namespace PromptLsp.Releases.Signing;

/// <summary>Signs and checks signatures by OpenSSH's own program, on a command of the user's.</summary>
internal sealed class SshKeygen
{
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(60);

    private readonly string _path;
    private readonly string? _apart;

    private SshKeygen(string path, string? apart) => (_path, _apart) = (path, apart);

    /// <param name="root">The absolute folder in which no program may lie that is run.</param>
    /// <exception cref="ReleaseException">There is none.</exception>
    public static SshKeygen Find(string root) =>
        new(
            ProgramPath.Find("ssh-keygen", root)
                ?? throw new ReleaseException("there is no ssh-keygen on the PATH, which signs approvals and checks them; install OpenSSH 8.9 or newer"),
            ProgramPath.Find("setsid", root)
        );

    /// <summary>A signature of a text.</summary>
    /// <param name="key">A private key's file, or a public one's whose private half an agent has.</param>
    /// <param name="mayAsk">Somebody sits before the terminal, who can be asked for a passphrase.</param>
    /// <exception cref="ReleaseException">It could not be made.</exception>
    public string Sign(string text, string key, bool mayAsk, CancellationToken cancel)
    {
        (int status, string output, string error) = Run(["-Y", "sign", "-q", "-n", Approval.Namespace, "-f", key], text, mayAsk, cancel);
        cancel.ThrowIfCancellationRequested();
        if (status == 0 && SshSignature.Parse(output) is not null)
            return output.ReplaceLineEndings("\n");
        throw new ReleaseException(
            $"ssh-keygen cannot sign with `{key}`: {Reason(error)}; if the key has a passphrase, `ssh-add {key}` gives it to your agent"
        );
    }

    /// <summary>True where a signature is right.</summary>
    /// <param name="signers">The file of those who may sign.</param>
    /// <param name="revoked">The file of keys that count no more, absolute; null for none.</param>
    /// <param name="at">The moment for which it must be.</param>
    public bool Verify(string text, string signature, string mail, string signers, string? revoked, DateTimeOffset at)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("promptlsp-");
        try
        {
            string signersFile = Path.Join(folder.FullName, "signers"),
                signatureFile = Path.Join(folder.FullName, "signature");
            File.WriteAllText(signersFile, signers);
            File.WriteAllText(signatureFile, signature);
            return Run(
                    [
                        "-Y",
                        "verify",
                        "-q",
                        "-n",
                        Approval.Namespace,
                        "-f",
                        signersFile,
                        "-I",
                        mail,
                        "-s",
                        signatureFile,
                        .. revoked is null ? Array.Empty<string>() : ["-r", revoked],
                        $"-Overify-time={at.UtcDateTime:yyyyMMddHHmmss}",
                    ],
                    text,
                    mayAsk: false,
                    CancellationToken.None
                ).Status == 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private (int Status, string Out, string Error) Run(string[] arguments, string input, bool mayAsk, CancellationToken cancel)
    {
        // In a session of its own it has no terminal that it could ask on.
        bool isApart = !mayAsk && _apart is not null;
        var start = new ProcessStartInfo(isApart ? _apart! : _path, isApart ? [_path, .. arguments] : arguments)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Without it, moments in the file of signers mean another time in every zone.
        start.Environment["TZ"] = "UTC";
        start.Environment["LC_ALL"] = "C";
        // It would ask on the terminal, whatever its standard input is.
        if (!mayAsk)
        {
            start.Environment["SSH_ASKPASS_REQUIRE"] = "force";
            if (Environment.GetEnvironmentVariable("SSH_ASKPASS") is null or "")
                start.Environment["SSH_ASKPASS"] = "/bin/false";
        }
        using Process process = Process.Start(start) ?? throw new ReleaseException("ssh-keygen does not start");
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        late.CancelAfter(mayAsk ? Timeout.InfiniteTimeSpan : MostTime);
        using CancellationTokenRegistration _ = late.Token.Register(() => End(process));
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None),
            error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            process.StandardInput.BaseStream.Write(Encoding.UTF8.GetBytes(input));
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended without reading, and says why.
        }
        process.WaitForExit();
        string complaint = error.GetAwaiter().GetResult();
        return (process.ExitCode, output.GetAwaiter().GetResult(), late.IsCancellationRequested ? "nobody answered for a minute" : complaint);
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception failure) when (failure is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended already.
        }
    }

    private static string Reason(string error) =>
        error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() is { } line
            ? History.Store.Plain.Line(line, 300).TrimEnd('.', ' ')
            : "it says nothing";
}
