using System.Text;
using PromptLsp.History.Files;

namespace PromptLsp.Cli;

/// <summary>A stream that the program was started with: what fails in it is told apart from every other file.</summary>
internal sealed class AnswerWriter : TextWriter
{
    private readonly TextWriter _to;

    public AnswerWriter(TextWriter to)
    {
        _to = to;
        CoreNewLine = to.NewLine.ToCharArray();
    }

    public override Encoding Encoding => _to.Encoding;

    public override void Write(char value) => Guarded(() => _to.Write(value));

    public override void Write(char[] buffer, int index, int count) => Guarded(() => _to.Write(buffer, index, count));

    public override void Write(string? value) => Guarded(() => _to.Write(value));

    public override void Flush() => Guarded(_to.Flush);

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _to.FlushAsync(cancellationToken);
        }
        catch (Exception failure) when (FileFailure.Is(failure))
        {
            throw new AnswerNotWritten(failure);
        }
    }

    private static void Guarded(Action write)
    {
        try
        {
            write();
        }
        catch (Exception failure) when (FileFailure.Is(failure))
        {
            throw new AnswerNotWritten(failure);
        }
    }
}

/// <summary>Standard output or standard error takes nothing more.</summary>
internal sealed class AnswerNotWritten(Exception cause) : Exception(null, cause)
{
    /// <summary>What the system said; some streams wrap it once more.</summary>
    public Exception Cause => InnerException!.InnerException ?? InnerException;
}
