namespace PromptLsp.Releases.Signing;

/// <summary>The file by which <c>ssh-keygen</c> finds a key to sign with, for as long as it is needed.</summary>
internal sealed class SigningKey : IDisposable
{
    private const string Literal = "key::";

    private readonly DirectoryInfo? _folder;

    private SigningKey(string file, DirectoryInfo? folder) => (File, _folder) = (file, folder);

    /// <summary>Absolute.</summary>
    public string File { get; }

    /// <param name="named">What git's <c>user.signingKey</c> says.</param>
    /// <exception cref="ReleaseException">There is no such file.</exception>
    public static SigningKey Of(string named)
    {
        bool isKey = named.StartsWith(Literal, StringComparison.Ordinal) || named.StartsWith("ssh-", StringComparison.Ordinal);
        if (isKey)
        {
            // An agent has its private half.
            DirectoryInfo folder = Directory.CreateTempSubdirectory("promptlsp-");
            string file = Path.Join(folder.FullName, "key.pub");
            System.IO.File.WriteAllText(file, (named.StartsWith(Literal, StringComparison.Ordinal) ? named[Literal.Length..] : named) + "\n");
            return new(file, folder);
        }
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string path = named.StartsWith("~/", StringComparison.Ordinal) ? Path.Join(home, named[2..]) : Path.GetFullPath(named, home);
        return System.IO.File.Exists(path)
            ? new(path, null)
            : throw new ReleaseException(
                $"git's `user.signingKey` names `{named}`, which is not there, or is no key of SSH; `git config --global user.signingKey "
                    + "~/.ssh/id_ed25519.pub` names one"
            );
    }

    public void Dispose() => _folder?.Delete(recursive: true);
}
