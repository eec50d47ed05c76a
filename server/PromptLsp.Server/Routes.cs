using PromptLsp.Server.Handlers;

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

        session.Change("textDocument/didOpen", w => w.DidOpenTextDocumentParams, Synchronization.Open);
        session.Change("textDocument/didChange", w => w.DidChangeTextDocumentParams, Synchronization.Change);
        session.Change("textDocument/didClose", w => w.DidCloseTextDocumentParams, Synchronization.Close);
        session.Command("textDocument/didSave", w => w.DidSaveTextDocumentParams, Files.Saved);
        session.Command("workspace/didChangeWatchedFiles", w => w.DidChangeWatchedFilesParams, Files.Changed);
        session.Command("workspace/didRenameFiles", w => w.RenameFilesParams, Files.Renamed);
        session.Command("workspace/didChangeConfiguration", w => w.DidChangeConfigurationParams, Files.Configured);
        session.Change("workspace/didChangeWorkspaceFolders", w => w.DidChangeWorkspaceFoldersParams, Files.ChangeFolders);

        session.Read("textDocument/diagnostic", w => w.DocumentDiagnosticParams, session.Diagnostics.PullAsync);
        session.Read("workspace/diagnostic", w => w.WorkspaceDiagnosticParams, (_, asked, cancel) => session.Diagnostics.Workspace.PullAsync(asked, cancel));
        session.Read("textDocument/completion", w => w.CompletionParams, completion.Answer);
        session.Read("completionItem/resolve", w => w.CompletionItem, completion.Resolve);
        session.Read("textDocument/hover", w => w.TextDocumentPositionParams, (now, asked, cancel) => Hover.Answer(session.Flags, now, asked, cancel));
        session.Read("textDocument/signatureHelp", w => w.TextDocumentPositionParams, SignatureHelp.Answer);
        session.Read("textDocument/definition", w => w.TextDocumentPositionParams, Navigation.Definition);
        session.Read("textDocument/references", w => w.ReferenceParams, Navigation.References);
        session.Read("textDocument/documentHighlight", w => w.TextDocumentPositionParams, Navigation.Highlight);
        session.Read("textDocument/prepareRename", w => w.TextDocumentPositionParams, Navigation.PrepareRename);
        session.Read("textDocument/rename", w => w.RenameParams, Navigation.Rename);
        session.Read("textDocument/documentSymbol", w => w.DocumentSymbolParams, Structure.Symbols);
        session.Read("textDocument/foldingRange", w => w.FoldingRangeParams, Structure.Folding);
        session.Read("textDocument/documentLink", w => w.DocumentLinkParams, Structure.Links);
        session.Read("textDocument/semanticTokens/full", w => w.SemanticTokensParams, SemanticTokens.Full);
        session.Read("textDocument/semanticTokens/range", w => w.SemanticTokensRangeParams, SemanticTokens.Range);
        session.Read("textDocument/codeAction", w => w.CodeActionParams, (now, asked, cancel) => CodeActions.Answer(session, now, asked, cancel));
        session.Read("workspace/symbol", w => w.WorkspaceSymbolParams, Structure.WorkspaceSymbols);

        session.Read("textDocument/codeLens", w => w.CodeLensParams, (now, asked, _) => CodeLenses.Answer(session, now, asked));
        session.Read("workspace/textDocumentContent", w => w.TextDocumentContentParams, (_, asked, _) => HistoryRequests.Content(session, asked));
        session.Command("workspace/executeCommand", w => w.ExecuteCommandParams, HistoryCommands.Execute);

        // docs/protocol.md
        session.Read("promptlsp/status", w => w.StatusParams, (now, asked, cancel) => Statuses.Answer(session, now, asked, cancel));
        session.Read("promptlsp/preview", w => w.PreviewParams, (now, asked, cancel) => Previews.Answer(session, now, asked, cancel));
        session.Read("promptlsp/history", w => w.HistoryParams, (_, asked, _) => HistoryRequests.History(session, asked));
        session.Read("promptlsp/lineHistory", w => w.LineHistoryParams, (now, asked, cancel) => HistoryRequests.LineHistory(session, now, asked, cancel));
        session.Read("promptlsp/checkTag", w => w.CheckTagParams, (_, asked, _) => HistoryRequests.CheckTag(session, asked));
    }
}
