using System.Buffers.Binary;
using System.Text;

namespace PromptLsp.Releases.Signing;

/// <summary>
/// What a signature of <c>ssh-keygen -Y sign</c> says of itself (OpenSSH, PROTOCOL.sshsig); whether it is right, only <c>ssh-keygen</c> tells.
/// </summary>
/// <param name="Key">The public key, as the file of signers has it.</param>
/// <param name="Namespace">What it was made for.</param>
internal sealed record SshSignature(string Key, string Namespace)
{
    private const string Begin = "-----BEGIN SSH SIGNATURE-----", End = "-----END SSH SIGNATURE-----";

    /// <summary>Null for what is no signature.</summary>
    public static SshSignature? Parse(string armoured)
    {
        string text = armoured.ReplaceLineEndings("\n").Trim();
        if (!text.StartsWith(Begin, StringComparison.Ordinal) || !text.EndsWith(End, StringComparison.Ordinal) || text.Length < Begin.Length + End.Length)
            return null;
        byte[] bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text[Begin.Length..^End.Length].Replace("\n", "", StringComparison.Ordinal), bytes, out int length))
            return null;
        ReadOnlySpan<byte> rest = bytes.AsSpan(0, length);
        if (!rest.StartsWith("SSHSIG\0\0\0\u0001"u8))
            return null;
        rest = rest[10..];
        return Take(ref rest, out ReadOnlySpan<byte> key) && Take(ref rest, out ReadOnlySpan<byte> space)
            ? new(Convert.ToBase64String(key), Encoding.UTF8.GetString(space))
            : null;
    }

    // Its length in four bytes, then so many.
    private static bool Take(ref ReadOnlySpan<byte> from, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (from.Length < 4 || BinaryPrimitives.ReadUInt32BigEndian(from) is var length && length > from.Length - 4)
            return false;
        value = from.Slice(4, (int)length);
        from = from[(4 + (int)length)..];
        return true;
    }
}
