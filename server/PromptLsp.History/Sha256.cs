using System.Text;
using Org.BouncyCastle.Crypto.Digests;

namespace PromptLsp.History;

/// <summary>
/// SHA-256 (FIPS 180-4), computed in the program itself: .NET's own asks OpenSSL on Linux, and ends the program where a machine has none,
/// as small containers do.
/// </summary>
public static class Sha256
{
    /// <summary>The 32 bytes of the hash.</summary>
    public static byte[] Hash(ReadOnlySpan<byte> bytes)
    {
        var digest = new Sha256Digest();
        digest.BlockUpdate(bytes);
        byte[] hash = new byte[digest.GetDigestSize()];
        digest.DoFinal(hash);
        return hash;
    }

    /// <summary>The hash as 64 small hexadecimal digits.</summary>
    public static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(Hash(bytes));

    /// <summary>The same, of a text's UTF-8.</summary>
    public static string Hex(string text) => Hex(Encoding.UTF8.GetBytes(text));
}
