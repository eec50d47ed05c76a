using PromptLsp.Language.Signatures;
using PromptLsp.Server.Protocol;
using PromptLsp.Workspace;

namespace PromptLsp.Server.Handlers;

/// <summary>The signature of the function whose arguments are typed.</summary>
internal static class SignatureHelp
{
    public static Protocol.SignatureHelp? Answer(Snapshot now, TextDocumentPositionParams asked, CancellationToken cancel)
    {
        if (now.Find(asked.TextDocument.Uri) is not { } open || Signatures.At(open.Prompt, open.Text.OffsetAt(asked.Position)) is not { } found)
            return null;
        ParameterInformation[] parameters = [.. found.Parameters.Select(p => new ParameterInformation(p.Label) { Documentation = p.Summary })];
        // A parameter past the last one marks none.
        return new([new(found.Label) { Parameters = parameters, Documentation = found.Summary, ActiveParameter = found.Active ?? parameters.Length }]);
    }
}
