using System.Collections.Immutable;
using System.Globalization;
using PromptLsp.Workspace.Settings;

namespace PromptLsp.Releases.Signing;

/// <summary>Whether an approval was signed by the person that it names, and if not, why: <c>ssh-keygen</c> only says that something is wrong.</summary>
/// <param name="revoked">The file of keys that count no more, absolute; null for none.</param>
/// <param name="now">New signatures must be by keys that are valid at this moment.</param>
internal sealed class SignatureCheck(Signers signers, string signersFile, string? revoked, Func<SshKeygen> keygen, DateTimeOffset now)
{
    /// <summary>The key that signed it, or the reason why it counts for nothing.</summary>
    /// <param name="isKnown">It was there before, so that it stays right when its key expires.</param>
    public (string? Key, string? Problem) Of(Approval approval, bool isKnown)
    {
        if (approval.Signature is not { } armoured)
            return (null, "it is not signed");
        if (SshSignature.Parse(armoured) is not { } signature)
            return (null, "its signature cannot be read");
        if (signature.Namespace != Approval.Namespace)
            return (null, $"it was signed for `{History.Store.Plain.Line(signature.Namespace, 40)}`, not for `{Approval.Namespace}`");
        ImmutableArray<Signer> withKey = [.. signers.Lines.Where(l => l.Key == signature.Key)];
        if (withKey.IsEmpty)
            return (null, $"its key is not in `{signersFile}`");
        if (withKey.FirstOrDefault(l => l.Names(approval.By)) is not { } signer)
        {
            return (
                null,
                withKey.Any(l => l.IsPattern || l.IsAuthority)
                    ? $"`{signersFile}` names its key for a pattern or an authority, which do not count; write a line with `{approval.By}` itself"
                    : $"its key belongs to {string.Join(", ", withKey.SelectMany(l => l.Principals).Distinct(StringComparer.Ordinal))} by "
                        + $"`{signersFile}`, not to {approval.By}"
            );
        }
        if (!signer.AllowsUs)
            return (null, $"the line of {approval.By} in `{signersFile}` lacks `namespaces=\"{Approval.Namespace}\"`");
        if (!isKnown && Signers.Moment(signer.ValidBefore) is { } end && end <= now)
            return (null, $"its key was valid until {end.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC");
        if (!isKnown && Signers.Moment(signer.ValidAfter) is { } begin && begin > now)
            return (null, $"its key is not valid before {begin.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC");
        string file = Signers.FileFor(approval.By, signer, isKnown);
        if (!keygen().Verify(approval.Statement, armoured, approval.By, file, null, now))
            return (null, "its signature does not fit what it says");
        return revoked is not null && !keygen().Verify(approval.Statement, armoured, approval.By, file, revoked, now)
            ? (null, "its key is revoked")
            : (signature.Key, null);
    }
}
