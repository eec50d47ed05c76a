using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace PromptLsp.History.Git;

/// <summary>
/// What git has done to a working tree, by a look at its index: no program is started. Where git puts a file in place (a switch, a stash, a
/// rebase, a pull), it notes the file's time and size; what somebody wrote there has others. Source: gitformat-index(5).
/// </summary>
public static class GitTree
{
    private const int HeaderLength = 12, StatLength = 40, LongestPath = 4_096;
    private const long LargestIndex = 64 * 1024 * 1024;

    /// <summary>Git is at work: what is in the folder now will not be there for long.</summary>
    /// <param name="folder">Absolute.</param>
    public static bool IsChanging(string folder) => GitFolder.Of(folder) is { } git && File.Exists(Path.Join(git.Own, "index.lock"));

    /// <summary>The file is just as git put it in place, or as it was added.</summary>
    /// <param name="file">Absolute.</param>
    public static bool Put(string file) => Has(file, stat => new FileInfo(file) is { Exists: true } there && IsSame(stat, there));

    /// <summary>Git knows the file: it may have a past there.</summary>
    /// <param name="file">Absolute.</param>
    public static bool Knows(string file) => Has(file, static _ => true);

    private static bool Has(string file, Func<ReadOnlySpan<byte>, bool> isMeant)
    {
        try
        {
            if (GitFolder.Of(Path.GetDirectoryName(file)!) is not { } git)
                return false;
            var index = new FileInfo(Path.Join(git.Own, "index"));
            if (index is not { Exists: true, LinkTarget: null, Length: > HeaderLength and <= LargestIndex })
                return false;
            byte[] wanted = Encoding.UTF8.GetBytes(Path.GetRelativePath(git.Work, file).Replace(Path.DirectorySeparatorChar, '/'));
            byte[] bytes = File.ReadAllBytes(index.FullName);
            return (Find(bytes, wanted, 20) ?? Find(bytes, wanted, 32)) is { } stat && isMeant(bytes.AsSpan(stat, StatLength));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsSame(ReadOnlySpan<byte> stat, FileInfo file)
    {
        uint seconds = BinaryPrimitives.ReadUInt32BigEndian(stat[8..]), nanoseconds = BinaryPrimitives.ReadUInt32BigEndian(stat[12..]);
        long ticks = (file.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks;
        return BinaryPrimitives.ReadUInt32BigEndian(stat[36..]) == (uint)file.Length
            && seconds == (uint)(ticks / TimeSpan.TicksPerSecond)
            // Where the file system or git keeps no more than seconds.
            && (nanoseconds == 0 || nanoseconds / 100 == (uint)(ticks % TimeSpan.TicksPerSecond));
    }

    // Where the path's entry begins; null where it is not there, or the hashes are of another length.
    private static int? Find(ReadOnlySpan<byte> index, ReadOnlySpan<byte> wanted, int hashLength)
    {
        int version = BinaryPrimitives.ReadInt32BigEndian(index[4..]);
        uint entries = BinaryPrimitives.ReadUInt32BigEndian(index[8..]);
        int fixedLength = StatLength + hashLength + 2;
        var path = new List<byte>();
        int at = HeaderLength;
        for (uint i = 0; i < entries; i++)
        {
            if (at + fixedLength + 4 >= index.Length)
                return null;
            int flags = BinaryPrimitives.ReadUInt16BigEndian(index[(at + fixedLength - 2)..]);
            int name = at + fixedLength + ((flags & 0x4000) != 0 ? 2 : 0);
            int kept = 0;
            if (version == 4 && (Offset(index, ref name) is not { } dropped || (kept = path.Count - dropped) < 0))
                return null;
            int length = index[name..].IndexOf((byte)0);
            if (length is < 0 or > LongestPath)
                return null;
            path.RemoveRange(kept, path.Count - kept);
            path.AddRange(index.Slice(name, length));
            // Of a file in conflict there are several entries, none of which is what it holds.
            if ((flags & 0x3000) == 0 && CollectionsMarshal.AsSpan(path).SequenceEqual(wanted))
                return at;
            at = version == 4 ? name + length + 1 : at + ((name - at + length + 8) & ~7);
        }
        return null;
    }

    // Seven bits a byte, the highest first, each further byte counting from one.
    private static int? Offset(ReadOnlySpan<byte> index, ref int at)
    {
        int next = index[at++], value = next & 0x7F;
        while (next >= 0x80)
        {
            if (at >= index.Length || value > LongestPath)
                return null;
            next = index[at++];
            value = ((value + 1) << 7) | (next & 0x7F);
        }
        return value;
    }
}
