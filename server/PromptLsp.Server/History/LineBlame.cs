using System.Collections.Concurrent;
using System.Collections.Immutable;
using PromptLsp.History.Lines;
using PromptLsp.History.Store;

namespace PromptLsp.Server.History;

/// <summary>Which version last changed each line of an open prompt: worked out once for a version, and from there for what is typed since.</summary>
internal sealed class LineBlame(Histories histories)
{
    private const int MostVersions = 2000;

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <returns>The version; none for a line changed since the version that the text was made from. Null where there is no history, or no such line.</returns>
    public Task<Line?> AtAsync(string path, string text, int line, CancellationToken cancel) =>
        histories.DoAsync<Line>(
            path,
            root =>
            {
                string relative = root.Root.Relative(path);
                if (
                    root.Existing is not { } store
                    || store.Head(relative) is not { Deleted: null }
                    || histories.VersionOf(store, relative, path, text) is not { } from
                )
                    return null;
                Known known =
                    _known.TryGetValue(path, out Known? found) && found.From == (from.Sequence, store.First(relative)!.Sequence)
                        ? found
                        : Find(store, relative, from, cancel);
                _known[path] = known = known.For(text);
                if (line < 0 || line >= known.Versions.Length)
                    return null;
                return new Line(
                    known.Versions[line] is not LineHistory.InNoVersion and var version ? store.Versions(relative, known.Numbers[version] + 1, 1)[0] : null
                );
            }
        );

    private static Known Find(HistoryStore store, string path, PromptVersion from, CancellationToken cancel)
    {
        ImmutableArray<PromptVersion> versions = store.Versions(path, from.Number + 1, MostVersions);
        string text = store.Texts(versions[..1])[0] ?? "";
        ImmutableArray<int> lines = LineHistory.Of(store, text, versions, cancel);
        return new((from.Sequence, store.First(path)!.Sequence), text, lines) { Numbers = [.. versions.Select(v => v.Number)] };
    }

    public sealed record Line(PromptVersion? Version);

    // The lines of the version that the text is or was made from, and those of the text that was asked about last.
    private sealed record Known((long Newest, long Oldest) From, string FromText, ImmutableArray<int> FromVersions)
    {
        /// <summary>Of the versions that <see cref="Versions"/> counts from 0, the newest, on.</summary>
        public required ImmutableArray<int> Numbers { get; init; }

        private string Text { get; init; } = FromText;

        public ImmutableArray<int> Versions { get; private init; } = FromVersions;

        public Known For(string text) =>
            string.Equals(text, Text, StringComparison.Ordinal) ? this : this with { Text = text, Versions = LineHistory.Edited(FromVersions, FromText, text) };
    }
}
