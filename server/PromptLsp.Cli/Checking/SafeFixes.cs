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
    /// <returns>How many findings were mended, and the files after that.</returns>
    public static (int Mended, ImmutableArray<CheckedFile> Files) Apply(Func<ImmutableArray<CheckedFile>> check, Terminal terminal)
    {
        ImmutableArray<CheckedFile> files = check();
        int mended = 0;
        for (int round = 0; round < MostRounds; round++)
        {
            int before = mended;
            foreach (CheckedFile file in files)
                mended += Apply(file, terminal);
            if (mended == before)
                break;
            files = check();
        }
        return (mended, files);
    }

    private static int Apply(CheckedFile file, Terminal terminal)
    {
        ImmutableArray<Fix> fixes = FixAll.Of(file.Findings);
        if (!fixes.IsEmpty)
            ReplacedFile.WriteText(terminal.Absolute(file.Path), file.Text.With(fixes.SelectMany(f => f.Edits)).Content);
        return fixes.Length;
    }
}
