using System.Collections.Immutable;
using System.Globalization;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Text;

namespace PromptLsp.Server.Diagnostics;

/// <summary>Names an answer by what it says, so that the same answer has the same name, whenever and for whatever version it was made.</summary>
internal static class ResultId
{
    public static string Of(ImmutableArray<Finding> findings, SourceText text)
    {
        // FNV-1a: the same in every process, so that a restarted server does not call an old answer its own by chance.
        ulong hash = 14695981039346656037;
        foreach (Finding finding in findings)
        {
            LinePosition start = text.PositionAt(finding.Span.Start), end = text.PositionAt(finding.Span.End);
            Add(start.Line);
            Add(start.Character);
            Add(end.Line);
            Add(end.Character);
            Add((int)finding.Severity);
            foreach (char c in finding.Rule)
                Add(c);
            foreach (char c in finding.Message)
                Add(c);
        }
        return hash.ToString("x16", CultureInfo.InvariantCulture);

        void Add(int value)
        {
            hash ^= (uint)value;
            hash *= 1099511628211;
        }
    }
}
