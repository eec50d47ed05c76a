using System.Collections.Immutable;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Formats;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Workspace.Navigation;

/// <summary>What files and folders that are about to move do to the paths that lead to them: includes, and those of <c>promptlsp.yaml</c>.</summary>
public static class Moves
{
    /// <param name="moves">Files or folders, absolute; they have not moved yet.</param>
    public static ImmutableArray<EditedFile> Edits(Snapshot now, IReadOnlyList<(string Old, string New)> moves, CancellationToken cancel)
    {
        var edited = ImmutableArray.CreateBuilder<EditedFile>();
        // A file that gets into another root is another root's.
        foreach (
            var inRoot in moves
                .Where(m => now.Roots.Of(m.Old).Folder == now.Roots.Of(m.New).Folder)
                .GroupBy(m => now.Roots.Of(m.Old).Folder, StringComparer.Ordinal)
        )
        {
            Root root = now.Roots.Of(inRoot.First().Old);
            (string Old, string New)[] here = [.. inRoot];
            var files = new RootFiles(now, root);
            string[] moved = [.. files.Prompts(cancel).Where(p => After(p, here) != p)];
            string[] names = [.. moved.Select(p => KnownFormats.WithoutEnding(Path.GetFileName(p)).TrimStart('_'))];
            foreach (string path in files.PromptsAround(moved, cancel))
            {
                cancel.ThrowIfCancellationRequested();
                string[] words = After(path, here) == path ? names : [];
                if (files.Prompt(path, words) is { Prompt: { } prompt } file && IncludesOf(now, root, prompt, path, here) is { IsEmpty: false } edits)
                    edited.Add(new(file, edits));
            }
            if (files.Settings is { } settings && PathsOf(settings.Text, root, here) is { IsEmpty: false } paths)
                edited.Add(new(settings, paths));
        }
        return edited.ToImmutable();
    }

    private static ImmutableArray<TextEdit> IncludesOf(Snapshot now, Root root, PromptModel prompt, string path, (string Old, string New)[] moves)
    {
        var edits = ImmutableArray.CreateBuilder<TextEdit>();
        string folder = Path.GetDirectoryName(path)!,
            folderAfter = Path.GetDirectoryName(After(path, moves))!;
        foreach (Inclusion include in IncludeGraph.From(prompt))
        {
            if (include is not { Written: { } written, Partial: { } partial, Use.Path: { } literal })
                continue;
            string target = Path.GetFullPath(partial.Path, root.Folder),
                targetAfter = After(target, moves);
            bool isBeside =
                Path.GetFullPath(written, folder) is var plain
                && KnownFormats.WithoutEnding(target) is var found
                && (plain == found || Path.Join(Path.GetDirectoryName(plain), "_" + Path.GetFileName(plain)) == found);
            // What is no prompt any more cannot be included, nor include.
            if (!PartialLookup.CanBeWritten(targetAfter) || !PartialLookup.CanBeWritten(After(path, moves)))
                continue;
            if (target == targetAfter && (folder == folderAfter || !isBeside))
                continue;
            if (IsFoundByName(prompt, written, target, [folder, .. now.SettingsOf(root).Partials]))
            {
                if (PartialLookup.AsWritten(Path.GetDirectoryName(targetAfter)!, targetAfter) is var name && name != written)
                    edits.Add(new(literal.Content, name));
                continue;
            }
            string[] others = [.. now.SettingsOf(root).Partials.Select(f => After(f, moves))];
            string[] from = isBeside ? [folderAfter, .. others] : [.. others, folderAfter];
            string after = from.Where(f => Root.IsInside(targetAfter, f)).Append(folderAfter).Select(f => PartialLookup.AsWritten(f, targetAfter)).First();
            if (after != written)
                edits.Add(new(literal.Content, after));
        }
        return edits.ToImmutable();
    }

    // By the name of its file alone, in whichever folder that is.
    private static bool IsFoundByName(PromptModel prompt, string written, string target, string[] folders) =>
        prompt.Meaning.FindsPartialsByName && !written.Contains('/', StringComparison.Ordinal)
        && !folders.Any(f => Root.IsInside(target, f) && PartialLookup.AsWritten(f, target) == written);

    // The files of context variables and the folders of partials.
    private static ImmutableArray<TextEdit> PathsOf(SourceText text, Root root, (string Old, string New)[] moves)
    {
        if (YamlTree.Parse(text, new(0, text.Length)).Root is not YamlMapping keys)
            return [];
        IEnumerable<YamlNode> files = keys.Find("context")?.Value.Resolved() is YamlMapping context ? context.Entries.Select(e => e.Value) : [];
        IEnumerable<YamlNode> folders = keys.Find("partials")?.Value.Resolved() switch { YamlSequence list => list.Items, { } one => [one], null => [] };
        var edits = ImmutableArray.CreateBuilder<TextEdit>();
        foreach (YamlScalar path in files.Concat(folders).OfType<YamlScalar>().OrderBy(p => p.Span.Start))
        {
            if (root.Resolve(root.Folder, path.Value) is not (PathStatus.Inside, { } full))
                continue;
            string after = After(full, moves);
            if (after == full)
                continue;
            TextSpan span = path.IsPlain ? path.Span : new(path.Span.Start + 1, path.Span.Length - 2);
            if (text.Slice(span).SequenceEqual(path.Value))
                edits.Add(new(span, root.Relative(after)));
        }
        return edits.ToImmutable();
    }

    private static string After(string path, (string Old, string New)[] moves)
    {
        foreach ((string old, string target) in moves)
        {
            if (Root.IsInside(path, old))
                return target + path[old.Length..];
        }
        return path;
    }
}
