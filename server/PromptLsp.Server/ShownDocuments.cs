using PromptLsp.Workspace.Files;
using StreamJsonRpc;

namespace PromptLsp.Server;

/// <summary>Texts that a client without pictures of its own is shown: files in a folder that only this user can read and that goes with the session.</summary>
internal sealed class ShownDocuments(Session session) : IDisposable
{
    private DirectoryInfo? _folder;

    public async Task ShowAsync(string title, string extension, string text, CancellationToken cancel)
    {
        _folder ??= Directory.CreateTempSubdirectory("promptlsp-");
        string path = Path.Join(
            _folder.FullName,
            string.Concat(title.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or ' ' ? c : '_')) + extension
        );
        await File.WriteAllTextAsync(path, text, cancel);
        try
        {
            await session.Client.AskAsync("window/showDocument", [("uri", FileUri.FromPath(path)), ("takeFocus", true)], cancel);
        }
        catch (RemoteRpcException)
        {
            session.Log.Show(MessageType.Info, $"{title} is in {path}.");
        }
    }

    public void Dispose()
    {
        try
        {
            _folder?.Delete(recursive: true);
        }
        catch (IOException)
        {
            // The system's own cleaning takes it.
        }
    }
}
