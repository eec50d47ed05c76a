using System.Buffers;
using System.IO.Compression;

namespace PromptLsp.History.Store;

/// <summary>Contents compressed whole, as they lie in the store.</summary>
internal static class Packed
{
    /// <summary>Bytes. Nothing larger is packed, and nothing expands to more.</summary>
    public const int Largest = 5 * 1024 * 1024;

    // On prompts of 20 KB, 5 packs as well as 9 within a few percent, and 50 KB in a millisecond.
    private const int Quality = 5;
    private const int Window = 22;

    public static byte[] Pack(ReadOnlySpan<byte> bytes)
    {
        byte[] packed = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
        if (!BrotliEncoder.TryCompress(bytes, packed, out int written, Quality, Window))
            throw new InvalidOperationException("Brotli needs more room than it says.");
        return packed[..written];
    }

    /// <summary>The bytes, if they are the ones that the hash was made of; null otherwise.</summary>
    public static byte[]? Unpack(ReadOnlySpan<byte> packed, long size, ReadOnlySpan<byte> hash)
    {
        if (size is < 0 or > Largest)
            return null;
        byte[] bytes = new byte[size];
        using var decoder = new BrotliDecoder();
        // Without any room it reads nothing, not even that there is nothing. Nothing may stand behind it.
        bool isWhole =
            decoder.Decompress(packed, size == 0 ? new byte[1] : bytes, out int read, out int written) == OperationStatus.Done
            && read == packed.Length
            && written == size;
        return isWhole && Sha256.Hash(bytes).AsSpan().SequenceEqual(hash) ? bytes : null;
    }
}
