using System.Text;
using PromptLsp.Evaluation.Files;
using PromptLsp.History.Files;
using PromptLsp.History.Store;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;
using PromptLsp.Releases.Content;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Releases.Verifying;

/// <summary>An evaluation as it was trusted before, laid out with its data and its judges in a folder of its own.</summary>
/// <param name="bytes">What base has of a file, by its path from the root; null where it has none.</param>
internal sealed class EvaluationOfBase(Func<string, byte[]?> bytes, string folder)
{
    /// <param name="content">The release that is measured: its inputs, not those of base, are what the rows must fit.</param>
    /// <returns>The evaluation, and the path of the prompt that it measures, from the root; empty where it names none.</returns>
    public (EvaluationFile File, string Prompt) Read(string evaluation, ReleaseContent content)
    {
        Directory.CreateDirectory(folder);
        // Before base's own, which then stays away.
        WrittenFile.Create(Path.Join(folder, content.Prompt), content.Files[content.Prompt]);
        Lay(Roots.SettingsFile);
        Lay(evaluation);
        Root root = Snapshot.Empty(new Disk(), [folder]).Roots.OfFolder(folder);
        string path = Path.GetFullPath(evaluation, root.Folder);
        foreach (string named in Named(bytes(evaluation) ?? []))
        {
            string from = named.StartsWith("./", StringComparison.Ordinal) || named.StartsWith("../", StringComparison.Ordinal)
                ? Path.GetDirectoryName(path)!
                : root.Folder;
            if (root.Resolve(from, named) is (not PathStatus.Outside, { Length: > 0 } full))
                Lay(root.Relative(full));
        }
        EvaluationFile file = EvaluationReader.Read(path, root, root.Relative);
        return (file, file.Prompt.Length == 0 ? "" : root.Relative(file.Prompt));
    }

    private void Lay(string file)
    {
        if (HistoryStore.CanKeep(file) && bytes(file) is { } content)
            WrittenFile.Create(Path.Join(folder, file), content);
    }

    // Whatever it says could be a path.
    private static IEnumerable<string> Named(byte[] evaluation)
    {
        var text = new SourceText(Encoding.UTF8.GetString(evaluation));
        var open = new Stack<object?>([Language.Semantics.PromptValue.Of(YamlTree.Parse(text, new(0, text.Length)).Root)]);
        while (open.TryPop(out object? value))
        {
            switch (value)
            {
                case string said:
                    yield return said;
                    break;
                case IReadOnlyDictionary<string, object?> map:
                    foreach (object? member in map.Values)
                        open.Push(member);
                    break;
                case IReadOnlyList<object?> list:
                    foreach (object? item in list)
                        open.Push(item);
                    break;
            }
        }
    }
}
