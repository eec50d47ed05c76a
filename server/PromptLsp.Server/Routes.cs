using PromptLsp.Server.Handlers;
using static PromptLsp.Server.Protocol.Wire;

namespace PromptLsp.Server;

/// <summary>
/// Everything the server answers, and how. A <c>Change</c> makes the next state, in order, without work; a <c>Read</c> answers from the state
/// it met, on the pool, cancellable; a <c>Command</c> runs in order and may do I/O.
/// </summary>
internal static class Routes
{
    public static void Add(Session session)
    {
        var completion = new Completion(session);

        session.Lifecycle("initialize", Lifecycle.Initialize);
        session.Lifecycle("initialized", Lifecycle.Initialized);
        session.Lifecycle("$/setTrace", Lifecycle.SetTrace);
        session.Lifecycle("shutdown", Lifecycle.Shutdown);
        session.Lifecycle("exit", Lifecycle.Exit);

        session.Change("textDocument/didOpen", Default.DidOpenTextDocumentParams, Synchronization.Open);
        session.Change("textDocument/didChange", Default.DidChangeTextDocumentParams, Synchronization.Change);
        session.Change("textDocument/didClose", Default.DidCloseTextDocumentParams, Synchronization.Close);
        session.Command("textDocument/didSave", Default.DidSaveTextDocumentParams, Files.Saved);
        session.Command("workspace/didChangeWatchedFiles", Default.DidChangeWatchedFilesParams, Files.Changed);
        session.Command("workspace/didRenameFiles", Default.RenameFilesParams, Files.Renamed);
        session.Command("workspace/didChangeConfiguration", Default.DidChangeConfigurationParams, Files.Configured);
        session.Change("workspace/didChangeWorkspaceFolders", Default.DidChangeWorkspaceFoldersParams, Files.ChangeFolders);

        session.Read("textDocument/diagnostic", Default.DocumentDiagnosticParams, session.Diagnostics.PullAsync);
        session.Read("workspace/diagnostic", Default.WorkspaceDiagnosticParams, (_, asked, cancel) => session.Diagnostics.Workspace.PullAsync(asked, cancel));
        session.Read("textDocument/completion", Default.CompletionParams, completion.Answer);
        session.Read("completionItem/resolve", Default.CompletionItem, completion.Resolve);
        session.Read("textDocument/hover", Default.TextDocumentPositionParams, (now, asked, cancel) => Hover.Answer(session.Flags, now, asked, cancel));
        session.Read("textDocument/signatureHelp", Default.TextDocumentPositionParams, SignatureHelp.Answer);
        session.Read("textDocument/definition", Default.TextDocumentPositionParams, Navigation.Definition);
        session.Read("textDocument/references", Default.ReferenceParams, Navigation.References);
        session.Read("textDocument/documentHighlight", Default.TextDocumentPositionParams, Navigation.Highlight);
        session.Read("textDocument/prepareRename", Default.TextDocumentPositionParams, Navigation.PrepareRename);
        session.Read("textDocument/rename", Default.RenameParams, Navigation.Rename);
        session.Read("textDocument/documentSymbol", Default.DocumentSymbolParams, Structure.Symbols);
        session.Read("textDocument/foldingRange", Default.FoldingRangeParams, Structure.Folding);
        session.Read("textDocument/documentLink", Default.DocumentLinkParams, Structure.Links);
        session.Read("textDocument/semanticTokens/full", Default.SemanticTokensParams, SemanticTokens.Full);
        session.Read("textDocument/semanticTokens/range", Default.SemanticTokensRangeParams, SemanticTokens.Range);
        session.Read("textDocument/codeAction", Default.CodeActionParams, (now, asked, cancel) => CodeActions.Answer(session, now, asked, cancel));
        session.Read("workspace/symbol", Default.WorkspaceSymbolParams, Structure.WorkspaceSymbols);

        // docs/protocol.md
        session.Read("promptlsp/status", Default.StatusParams, (now, asked, cancel) => Statuses.Answer(session, now, asked, cancel));
        session.Read("promptlsp/preview", Default.PreviewParams, (now, asked, cancel) => Previews.Answer(session, now, asked, cancel));
    }
}
