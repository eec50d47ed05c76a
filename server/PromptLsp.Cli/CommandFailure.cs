namespace PromptLsp.Cli;

/// <summary>Ends a command with one line on standard error (what, where, what to do) and status 2: wrong usage or unreadable input.</summary>
internal sealed class CommandFailure(string message) : Exception(message);

/// <summary>How a command ends.</summary>
internal static class ExitStatus
{
    public const int Clean = 0;

    /// <summary>Findings, a difference, or a failed test.</summary>
    public const int Findings = 1;

    /// <summary>Wrong usage or unreadable input.</summary>
    public const int Usage = 2;
    public const int Internal = 3;

    /// <summary>What was asked of a model could not be measured.</summary>
    public const int NotMeasured = 5;

    /// <summary>Ended by the user, as shells count it.</summary>
    public const int Cancelled = 130;
}
