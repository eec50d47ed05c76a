using PromptLsp.Server.Protocol;

namespace PromptLsp.Server.Handlers;

/// <summary>Edits that the editor makes for a command, so that its own undo takes them back.</summary>
internal static class ClientEdits
{
    /// <summary>Null where the edit was made; else that it was not, in words that go on with what that means.</summary>
    public static async Task<string?> RefusalAsync(Session session, string label, WorkspaceEdit edit, CancellationToken cancel)
    {
        ApplyWorkspaceEditResult answer = Dispatcher.Read(
            await session.Client.AskAsync("workspace/applyEdit", [("label", label), ("edit", edit)], cancel),
            ApplyWorkspaceEditResult.Read
        );
        return answer.Applied ? null : $"The editor refused the edit{(answer.FailureReason is { } reason ? $": {reason}" : "")}";
    }

    /// <exception cref="RequestFailed">The editor did not make the edit; nothing was saved.</exception>
    public static async Task SaveAsync(Session session, string label, WorkspaceEdit edit, CancellationToken cancel)
    {
        if (await RefusalAsync(session, label, edit, cancel) is { } refusal)
            throw RequestFailed.With($"{refusal}; nothing was saved.");
    }
}
