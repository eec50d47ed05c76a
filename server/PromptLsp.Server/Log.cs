using System.Diagnostics;

namespace PromptLsp.Server;

/// <summary>
/// What the server tells of itself: to the client's log, and of failures to standard error too. Prompts are private: no text of theirs is told.
/// </summary>
internal sealed class Log(TextWriter stderr, Session session)
{
    /// <summary>The client asked for <c>$/logTrace</c>.</summary>
    public bool IsTracing { get; set; }

    /// <summary>A part of the server failed; an exception's message may quote a prompt, so that its type and stack must do.</summary>
    public void Failure(string what, Exception failure)
    {
        stderr.WriteLine($"promptlsp: {what} failed: {failure.GetType().Name}{Environment.NewLine}{failure.StackTrace}");
        Send("window/logMessage", MessageType.Error, $"{what} failed: {failure.GetType().Name}");
    }

    /// <summary>For the client's log alone: what comes by standard error is an error to most clients.</summary>
    public void Say(MessageType type, string message) => Send("window/logMessage", type, message);

    /// <summary>Shows a message to the user.</summary>
    public void Show(MessageType type, string message) => Send("window/showMessage", type, message);

    /// <summary>How long an answer took.</summary>
    public void Trace(string method, long start)
    {
        if (IsTracing)
            _ = session.Client.TellAsync("$/logTrace", ("message", $"{method}: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0.00} ms"));
    }

    // A client that is gone need not be told.
    private void Send(string method, MessageType type, string message) =>
        _ = session.Client.TellAsync(method, ("type", (int)type), ("message", message)).ContinueWith(static t => t.Exception, TaskScheduler.Default);
}

/// <summary>LSP's weights of a message.</summary>
internal enum MessageType
{
    Error = 1,
    Warning = 2,
    Info = 3,
    Log = 4,
}
