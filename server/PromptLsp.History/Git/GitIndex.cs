using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using PromptLsp.History.Files;

namespace PromptLsp.History.Git;

/// <summary>Whether git has a file among those it tracks, by a look at its index: no program is started. Source: gitformat-index(5).</summary>
internal static class GitIndex
{
    private const int Step = 1 << 16;
    private const int HeaderLength = 12;
    private const int LongestPath = 4_096;

    // A file's times, numbers and size.
    private const int StatLength = 40;
    private const int Sha1Length = 20;
    private const int Sha256Length = 32;

    /// <param name="root">An absolute folder.</param>
    /// <param name="path">From the root with <c>/</c>. What only begins with it counts too.</param>
    public static bool Tracks(string root, string path)
    {
        if (GitFolder.Of(root) is not { } git)
            return false;
        string below = Path.GetRelativePath(git.Work, root);
        string prefix = below == "." ? "" : below.Replace(Path.DirectorySeparatorChar, '/') + "/";
        byte[] wanted = Encoding.UTF8.GetBytes(prefix + path);
        // A split index keeps most of itself beside.
        return Directory.EnumerateFiles(git.Own, "sharedindex.*").Prepend(Path.Join(git.Own, "index")).Any(file => Has(file, wanted));
    }

    private static bool Has(string file, byte[] wanted)
    {
        if (RegularFile.OpenUnlinked(file).Handle is not { } handle)
            return false;
        using var index = new FileStream(handle, FileAccess.Read, Step);
        if (index.Length <= HeaderLength)
            return false;
        byte[] header = new byte[HeaderLength];
        index.ReadExactly(header);
        if (BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)) != 4)
            return HasWhole(index, wanted);
        uint entries = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(8));
        return HasShortened(index, entries, Sha1Length, wanted) || HasShortened(index, entries, Sha256Length, wanted);
    }

    private static bool HasWhole(Stream index, byte[] wanted)
    {
        byte[] window = new byte[Step + wanted.Length];
        int kept = 0;
        for (int read; (read = index.Read(window, kept, window.Length - kept)) > 0;)
        {
            int filled = kept + read;
            if (window.AsSpan(0, filled).IndexOf(wanted) >= 0)
                return true;
            kept = Math.Min(filled, wanted.Length - 1);
            window.AsSpan(filled - kept, kept).CopyTo(window);
        }
        return false;
    }

    // In version 4 a path is written as how many bytes of the one before are dropped, and what follows them.
    private static bool HasShortened(Stream index, uint entries, int hashLength, byte[] wanted)
    {
        index.Position = HeaderLength;
        byte[] beginning = new byte[StatLength + hashLength + 2];
        var path = new List<byte>();
        for (uint i = 0; i < entries; i++)
        {
            if (index.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false) < beginning.Length)
                return false;
            bool isExtended = (beginning[^2] & 0x40) != 0;
            if (isExtended)
                index.Position += 2;
            if (Offset(index) is not { } dropped || dropped > path.Count)
                return false;
            path.RemoveRange(path.Count - dropped, dropped);
            for (int next; (next = index.ReadByte()) != 0;)
            {
                if (next < 0 || path.Count > LongestPath)
                    return false;
                path.Add((byte)next);
            }
            if (CollectionsMarshal.AsSpan(path).StartsWith(wanted))
                return true;
        }
        return false;
    }

    // Seven bits a byte, the highest first, each further byte counting from one.
    private static int? Offset(Stream index)
    {
        int next = index.ReadByte(), value = next & 0x7F;
        while (next >= 0x80)
        {
            next = index.ReadByte();
            value = ((value + 1) << 7) | (next & 0x7F);
            if (value > LongestPath)
                return null;
        }
        return next < 0 ? null : value;
    }
}
