using System.Text;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Macs;
using Org.BouncyCastle.Crypto.Parameters;
using Scriban.Runtime;
using Scriban.Syntax;

namespace PromptLsp.Language.Rendering.Engines.Scriban;

/// <summary><c>string.sha256</c> and its like: what Scriban's own give, which on Linux need OpenSSL and end the program where there is none.</summary>
internal sealed class HashFunction(Func<IDigest> algorithm) : ScribanFunction(1, "text")
{
    protected override object? Invoke(ScribanContext context, ScriptNode? caller, ScriptArray arguments)
    {
        IDigest digest = algorithm();
        digest.BlockUpdate(Encoding.UTF8.GetBytes(TextOf(context, arguments, 0)));
        byte[] hash = new byte[digest.GetDigestSize()];
        digest.DoFinal(hash);
        return Convert.ToHexStringLower(hash);
    }
}

/// <summary><c>string.hmac_sha256</c> and its like (RFC 2104).</summary>
internal sealed class KeyedHashFunction(Func<IDigest> algorithm) : ScribanFunction(2, "text", "secretKey")
{
    protected override object? Invoke(ScribanContext context, ScriptNode? caller, ScriptArray arguments)
    {
        var code = new HMac(algorithm());
        code.Init(new KeyParameter(Encoding.UTF8.GetBytes(TextOf(context, arguments, 1))));
        code.BlockUpdate(Encoding.UTF8.GetBytes(TextOf(context, arguments, 0)));
        byte[] hash = new byte[code.GetMacSize()];
        code.DoFinal(hash);
        return Convert.ToHexStringLower(hash);
    }
}

/// <summary>The algorithms by the names of Scriban's functions.</summary>
internal static class HashAlgorithms
{
    public static readonly (string Name, Func<IDigest> Algorithm)[] All =
    [
        ("md5", static () => new MD5Digest()),
        ("sha1", static () => new Sha1Digest()),
        ("sha256", static () => new Sha256Digest()),
        ("sha512", static () => new Sha512Digest()),
    ];

    public static readonly (string Name, Func<IDigest> Algorithm)[] Keyed = [.. All.Skip(1).Select(a => ("hmac_" + a.Name, a.Algorithm))];
}
