using System.Collections.Immutable;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Text;

namespace PromptLsp.Cli.Checking;

/// <summary>Applies the fixes that are surely right, round by round, for one mend may show the next.</summary>
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
        var edits = new List<TextEdit>();
        int mended = 0;
        foreach (Finding finding in file.Findings)
        {
            if (finding.Fixes.FirstOrDefault(f => f is { IsSafe: true, NewFile: null }) is not { } fix || fix.Edits.Any(e => edits.Exists(other => Collide(e.Span, other.Span))))
                continue;
            edits.AddRange(fix.Edits);
            mended++;
        }
        if (edits.Count > 0)
            ReplacedFile.WriteText(terminal.Absolute(file.Path), file.Text.With(edits).Content);
        return mended;
    }

    private static bool Collide(TextSpan a, TextSpan b) => a.Overlaps(b) || a.Start == b.Start;
}
