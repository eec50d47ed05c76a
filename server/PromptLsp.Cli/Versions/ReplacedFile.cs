using System.Text;
using PromptLsp.History.Files;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Cli.Versions;

/// <summary>Replaces a file in one step: a reader, also after a crash, finds either all of the old bytes or all of the new ones.</summary>
internal static class ReplacedFile
{
    /// <param name="path">Absolute. A link stays one; what it leads to is replaced.</param>
    public static void Write(string path, byte[] bytes) => Write(path, () => bytes);

    /// <summary>Puts text in the place of a file's, in UTF-8, behind a byte order mark where there was one.</summary>
    /// <param name="before">What was read there; where another program has written something else since, that stays.</param>
    public static void WriteText(string path, string before, string text) =>
        Write(
            path,
            () =>
            {
                ReadOnlySpan<byte> now = (RegularFile.Read(path, Disk.LargestFile).Bytes ?? throw new IOException()).Span,
                    mark = now.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble : [];
                if (!now[mark.Length..].SequenceEqual(Encoding.UTF8.GetBytes(before)))
                    throw new CommandFailure($"`{path}` has been changed meanwhile, and stays as it is; run the command again");
                return [.. mark, .. Encoding.UTF8.GetBytes(text)];
            }
        );

    private static void Write(string path, Func<byte[]> bytes)
    {
        try
        {
            byte[] content = bytes();
            string target = new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : path;
            if (RegularFile.IsSpecial(target))
                throw new CommandFailure($"`{path}` is a pipe or a device and no file, and stays as it is; name a file");
            WrittenFile.Replace(target, content);
        }
        catch (Exception failure) when (FileFailure.Is(failure))
        {
            throw new CommandFailure($"`{path}` cannot be written ({FileFailure.Reason(failure)}); check its permissions and the disk");
        }
    }
}
