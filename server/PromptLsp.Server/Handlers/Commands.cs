using System.Text.Json;
using PromptLsp.Server.Extensions;
using PromptLsp.Server.Protocol;

namespace PromptLsp.Server.Handlers;

/// <summary>The commands of <c>workspace/executeCommand</c>, and the documents that are in no file.</summary>
internal static class Commands
{
    public static string[] All { get; } =
    [
        .. HistoryCommands.All,
        RulePages.Show,
        SampleCommand.Save,
        Runs.Command,
        ExpectedAnswers.Save,
        .. EnvironmentCommands.All,
        .. EnvironmentDocuments.All,
    ];

    public static Task<object?> Execute(Session session, ExecuteCommandParams asked, CancellationToken cancel)
    {
        JsonElement? argument = asked.Arguments is [var first, ..] ? first : null;
        return asked.Command switch
        {
            RulePages.Show => RulePages.ShowAsync(session, Dispatcher.Read(argument, HistoryArgument.Read).Uri, cancel),
            SampleCommand.Save => SampleCommand.SaveAsync(session, Dispatcher.Read(argument, SampleArgument.Read), cancel),
            Runs.Command => Runs.ShowAsync(session, argument, cancel),
            ExpectedAnswers.Save => ExpectedAnswers.SaveAsync(session, Dispatcher.Read(argument, ExpectedArgument.Read), cancel),
            _ when Array.IndexOf(EnvironmentCommands.All, asked.Command) >= 0 => EnvironmentCommands.Execute(
                session,
                asked.Command,
                Dispatcher.Read(argument, EnvironmentArgument.Read),
                cancel
            ),
            _ when Array.IndexOf(EnvironmentDocuments.All, asked.Command) >= 0 => EnvironmentDocuments.Execute(
                session,
                asked.Command,
                Dispatcher.Read(argument, EnvironmentArgument.Read),
                cancel
            ),
            _ => HistoryCommands.Execute(session, asked, cancel),
        };
    }

    /// <summary>The text of a version's document, or of a rule's page.</summary>
    public static async Task<object?> Content(Session session, TextDocumentContentParams asked) =>
        new TextDocumentContentResult(RulePages.TextOf(asked.Uri) ?? await HistoryRequests.TextOf(session, asked.Uri));
}
