using PromptLsp.Server.Extensions;
using PromptLsp.Server.Handlers;
using PromptLsp.Server.Protocol;

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

        session.Change("textDocument/didOpen", DidOpenTextDocumentParams.Read, Synchronization.Open);
        session.Change(
            "textDocument/didChange",
            DidChangeTextDocumentParams.Read,
            (now, said) => session.HasClosed(said.TextDocument.Uri) ? now : Synchronization.Change(now, said)
        );
        session.Change("textDocument/didClose", DidCloseTextDocumentParams.Read, Synchronization.Close);
        session.Command("textDocument/didSave", DidSaveTextDocumentParams.Read, Files.Saved);
        session.Command("workspace/didChangeWatchedFiles", DidChangeWatchedFilesParams.Read, Files.Changed);
        session.Command("workspace/didCreateFiles", CreateFilesParams.Read, Files.Created);
        session.Command("workspace/didRenameFiles", RenameFilesParams.Read, Files.Renamed);
        session.Command("workspace/didChangeConfiguration", DidChangeConfigurationParams.Read, Files.Configured);
        session.Command("workspace/didChangeWorkspaceFolders", DidChangeWorkspaceFoldersParams.Read, Files.ChangeFolders);

        session.Read("textDocument/diagnostic", DocumentDiagnosticParams.Read, session.Diagnostics.PullAsync);
        session.Read("workspace/diagnostic", WorkspaceDiagnosticParams.Read, (_, asked, cancel) => session.Diagnostics.Workspace.PullAsync(asked, cancel));
        session.Read("textDocument/completion", CompletionParams.Read, completion.Answer);
        session.Read("completionItem/resolve", CompletionItem.Read, completion.Resolve);
        session.Read("textDocument/hover", TextDocumentPositionParams.Read, (now, asked, cancel) => Handlers.Hover.Answer(session, now, asked, cancel));
        session.Read("textDocument/signatureHelp", TextDocumentPositionParams.Read, Handlers.SignatureHelp.Answer);
        session.Read("textDocument/definition", TextDocumentPositionParams.Read, Navigation.Definition);
        session.Read("textDocument/references", ReferenceParams.Read, Navigation.References);
        session.Read("textDocument/documentHighlight", TextDocumentPositionParams.Read, Navigation.Highlight);
        session.Read(
            "textDocument/prepareRename",
            TextDocumentPositionParams.Read,
            (now, asked, cancel) => Navigation.PrepareRename(session.Flags, now, asked, cancel)
        );
        session.Read("textDocument/rename", RenameParams.Read, (now, asked, cancel) => Navigation.Rename(session.Flags, now, asked, cancel));
        session.Read("workspace/willRenameFiles", RenameFilesParams.Read, (now, asked, cancel) => Navigation.Moving(session.Flags, now, asked, cancel));
        session.Read("textDocument/documentSymbol", DocumentSymbolParams.Read, Structure.Symbols);
        session.Read("textDocument/foldingRange", FoldingRangeParams.Read, Structure.Folding);
        session.Read("textDocument/formatting", DocumentFormattingParams.Read, Formatting.Document);
        session.Read("textDocument/rangeFormatting", DocumentRangeFormattingParams.Read, Formatting.Range);
        session.Read("textDocument/documentLink", DocumentLinkParams.Read, Structure.Links);
        session.Read("textDocument/semanticTokens/full", SemanticTokensParams.Read, Handlers.SemanticTokens.Full);
        session.Read("textDocument/semanticTokens/range", SemanticTokensRangeParams.Read, Handlers.SemanticTokens.Range);
        session.Read("textDocument/codeAction", CodeActionParams.Read, (now, asked, cancel) => CodeActions.Answer(session, now, asked, cancel));
        session.Read("workspace/symbol", WorkspaceSymbolParams.Read, Structure.WorkspaceSymbols);

        session.Read("textDocument/codeLens", CodeLensParams.Read, (now, asked, cancel) => CodeLenses.Answer(session, now, asked, cancel));
        session.Read("workspace/textDocumentContent", TextDocumentContentParams.Read, (_, asked, _) => Handlers.Commands.Content(session, asked));
        session.Command("workspace/executeCommand", ExecuteCommandParams.Read, Handlers.Commands.Execute);

        // docs/protocol.md
        session.Read("promptlsp/status", StatusParams.Read, (now, asked, cancel) => Statuses.Answer(session, now, asked, cancel));
        session.Read("promptlsp/preview", PreviewParams.Read, (now, asked, cancel) => Previews.Answer(session, now, asked, cancel));
        session.Read("promptlsp/history", HistoryParams.Read, (_, asked, _) => HistoryRequests.History(session, asked));
        session.Read("promptlsp/deleted", DeletedParams.Read, (_, asked, _) => HistoryRequests.Deleted(session, asked));
        session.Read("promptlsp/lineHistory", LineHistoryParams.Read, (now, asked, cancel) => HistoryRequests.LineHistory(session, now, asked, cancel));
        session.Read("promptlsp/toggleComment", ToggleCommentParams.Read, Formatting.ToggleComment);
        session.Read("promptlsp/templates", TemplatesParams.Read, static (now, asked, cancel) => TemplatesResult.For(now, asked, cancel));
        session.Read("promptlsp/search", SearchParams.Read, (now, asked, cancel) => session.Searches.FindAsync(now, asked, cancel));
        session.Read("promptlsp/run", RunParams.Read, (now, asked, cancel) => Runs.Answer(session, now, asked, cancel));
        session.Read("promptlsp/providers", NoParams.Read, static (_, _, _) => Runs.Providers());
        session.Read("promptlsp/tests", TestsParams.Read, Tests.Find);
        session.Read("promptlsp/runTests", RunTestsParams.Read, (now, asked, cancel) => Tests.Run(now, asked, cancel));
        session.Read("promptlsp/evaluate", EvaluateParams.Read, (now, asked, cancel) => EvaluationRuns.Answer(session, now, asked, cancel));
        session.Read("promptlsp/environments", NoParams.Read, (_, _, cancel) => EnvironmentRequests.All(session, cancel));
        session.Read("promptlsp/promotion", PromotionParams.Read, (now, asked, cancel) => EnvironmentRequests.Promotion(session, now, asked, cancel));
        session.Read("promptlsp/checkTag", CheckTagParams.Read, (_, asked, _) => HistoryRequests.CheckTag(session, asked));
    }
}
