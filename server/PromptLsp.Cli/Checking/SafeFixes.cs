using System.Collections.Immutable;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.Language.Linting;

namespace PromptLsp.Cli.Checking;

/// <summary>Applies the safe fixes to files, round by round: one mend may bring the next to light.</summary>
internal static class SafeFixes
{
    private const int MostRounds = 10;

    /// <param name="check">Checks the files as they are on disk now.</param>
    /// <returns>How many findings were mended, the files after that, and why others could not be written.</returns>
    public static (int Mended, ImmutableArray<CheckedFile> Files, IReadOnlyCollection<string> Refused) Apply(
        Func<ImmutableArray<CheckedFile>> check,
        Terminal terminal
    )
    {
        ImmutableArray<CheckedFile> files = check();
        var refused = new SortedDictionary<string, string>(StringComparer.Ordinal);
        int mended = 0;
        for (int round = 0; round < MostRounds; round++)
        {
            int before = mended;
            foreach (CheckedFile file in files)
                mended += Apply(file, refused, terminal);
            if (mended == before)
                break;
            files = check();
        }
        return (mended, files, refused.Values);
    }

    // One that cannot be written keeps the others from nothing.
    private static int Apply(CheckedFile file, SortedDictionary<string, string> refused, Terminal terminal)
    {
        ImmutableArray<Fix> fixes = FixAll.Of(file.Findings);
        if (fixes.IsEmpty || refused.ContainsKey(file.Path))
            return 0;
        try
        {
            ReplacedFile.WriteText(terminal.Absolute(file.Path), file.Text.Content, file.Text.With(fixes.SelectMany(f => f.Edits)).Content);
            return fixes.Length;
        }
        catch (CommandFailure failure)
        {
            refused[file.Path] = failure.Message;
            return 0;
        }
    }
}
