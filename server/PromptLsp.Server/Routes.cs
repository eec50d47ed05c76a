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
        var routes = new Dispatcher(session);
        var completion = new Completion(session);

        routes.Lifecycle("initialize", Lifecycle.Initialize);
        routes.Lifecycle("initialized", Lifecycle.Initialized);
        routes.Lifecycle("$/setTrace", Lifecycle.SetTrace);
        routes.Lifecycle("shutdown", Lifecycle.Shutdown);
        routes.Lifecycle("exit", Lifecycle.Exit);

        routes.Change("textDocument/didOpen", DidOpenTextDocumentParams.Read, Synchronization.Open);
        routes.Change(
            "textDocument/didChange",
            DidChangeTextDocumentParams.Read,
            (now, said) => session.HasClosed(said.TextDocument.Uri) ? now : Synchronization.Change(now, said)
        );
        routes.Change("textDocument/didClose", DidCloseTextDocumentParams.Read, Synchronization.Close);
        routes.Command("textDocument/didSave", DidSaveTextDocumentParams.Read, Files.Saved);
        routes.Command("workspace/didChangeWatchedFiles", DidChangeWatchedFilesParams.Read, Files.Changed);
        routes.Command("workspace/didCreateFiles", CreateFilesParams.Read, Files.Created);
        routes.Command("workspace/didRenameFiles", RenameFilesParams.Read, Files.Renamed);
        routes.Command("workspace/didChangeConfiguration", DidChangeConfigurationParams.Read, Files.Configured);
        routes.Command("workspace/didChangeWorkspaceFolders", DidChangeWorkspaceFoldersParams.Read, Files.ChangeFolders);

        routes.Read("textDocument/diagnostic", DocumentDiagnosticParams.Read, session.Diagnostics.PullAsync);
        routes.Read("workspace/diagnostic", WorkspaceDiagnosticParams.Read, (_, asked, cancel) => session.Diagnostics.Workspace.PullAsync(asked, cancel));
        routes.Read("textDocument/completion", CompletionParams.Read, completion.Answer);
        routes.Read("completionItem/resolve", CompletionItem.Read, completion.Resolve);
        routes.Read("textDocument/hover", TextDocumentPositionParams.Read, (now, asked, cancel) => Handlers.Hover.Answer(session, now, asked, cancel));
        routes.Read("textDocument/signatureHelp", TextDocumentPositionParams.Read, Handlers.SignatureHelp.Answer);
        routes.Read("textDocument/definition", TextDocumentPositionParams.Read, Navigation.Definition);
        routes.Read("textDocument/references", ReferenceParams.Read, Navigation.References);
        routes.Read("textDocument/documentHighlight", TextDocumentPositionParams.Read, Navigation.Highlight);
        routes.Read(
            "textDocument/prepareRename",
            TextDocumentPositionParams.Read,
            (now, asked, cancel) => Navigation.PrepareRename(session.Flags, now, asked, cancel)
        );
        routes.Read("textDocument/rename", RenameParams.Read, (now, asked, cancel) => Navigation.Rename(session.Flags, now, asked, cancel));
        routes.Read("workspace/willRenameFiles", RenameFilesParams.Read, (now, asked, cancel) => Navigation.Moving(session.Flags, now, asked, cancel));
        routes.Read("textDocument/documentSymbol", DocumentSymbolParams.Read, Structure.Symbols);
        routes.Read("textDocument/foldingRange", FoldingRangeParams.Read, Structure.Folding);
        routes.Read("textDocument/formatting", DocumentFormattingParams.Read, Formatting.Document);
        routes.Read("textDocument/rangeFormatting", DocumentRangeFormattingParams.Read, Formatting.Range);
        routes.Read("textDocument/documentLink", DocumentLinkParams.Read, Structure.Links);
        routes.Read("textDocument/semanticTokens/full", SemanticTokensParams.Read, Handlers.SemanticTokens.Full);
        routes.Read("textDocument/semanticTokens/range", SemanticTokensRangeParams.Read, Handlers.SemanticTokens.Range);
        routes.Read("textDocument/codeAction", CodeActionParams.Read, (now, asked, cancel) => CodeActions.Answer(session, now, asked, cancel));
        routes.Read("workspace/symbol", WorkspaceSymbolParams.Read, Structure.WorkspaceSymbols);

        routes.Read("textDocument/codeLens", CodeLensParams.Read, (now, asked, cancel) => CodeLenses.Answer(session, now, asked, cancel));
        routes.Read("workspace/textDocumentContent", TextDocumentContentParams.Read, (_, asked, _) => Handlers.Commands.Content(session, asked));
        routes.Command("workspace/executeCommand", ExecuteCommandParams.Read, Handlers.Commands.Execute);

        // docs/protocol.md
        routes.Read("promptlsp/status", StatusParams.Read, (now, asked, cancel) => Statuses.Answer(session, now, asked, cancel));
        routes.Read("promptlsp/preview", PreviewParams.Read, (now, asked, cancel) => Previews.Answer(session, now, asked, cancel));
        routes.Read("promptlsp/history", HistoryParams.Read, (_, asked, _) => HistoryRequests.History(session, asked));
        routes.Read("promptlsp/deleted", DeletedParams.Read, (_, asked, _) => HistoryRequests.Deleted(session, asked));
        routes.Read("promptlsp/lineHistory", LineHistoryParams.Read, (now, asked, cancel) => HistoryRequests.LineHistory(session, now, asked, cancel));
        routes.Read("promptlsp/toggleComment", ToggleCommentParams.Read, Formatting.ToggleComment);
        routes.Read("promptlsp/templates", TemplatesParams.Read, static (now, asked, cancel) => TemplatesResult.For(now, asked, cancel));
        routes.Read("promptlsp/search", SearchParams.Read, (now, asked, cancel) => session.Searches.FindAsync(now, asked, cancel));
        routes.Read("promptlsp/run", RunParams.Read, (now, asked, cancel) => Runs.Answer(session, now, asked, cancel));
        routes.Read("promptlsp/providers", NoParams.Read, static (_, _, _) => Runs.Providers());
        routes.Read("promptlsp/tests", TestsParams.Read, Tests.Find);
        routes.Read("promptlsp/runTests", RunTestsParams.Read, (now, asked, cancel) => Tests.Run(now, asked, cancel));
        routes.Read("promptlsp/evaluate", EvaluateParams.Read, (now, asked, cancel) => EvaluationRuns.Answer(session, now, asked, cancel));
        routes.Read("promptlsp/environments", NoParams.Read, (_, _, cancel) => EnvironmentRequests.All(session, cancel));
        routes.Read("promptlsp/promotion", PromotionParams.Read, (now, asked, cancel) => EnvironmentRequests.Promotion(session, now, asked, cancel));
        routes.Read("promptlsp/checkTag", CheckTagParams.Read, (_, asked, _) => HistoryRequests.CheckTag(session, asked));
    }
}
