using PromptLsp.Language.Catalog;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Evaluation.Files;

/// <summary>Which files are evaluations: YAML in a folder <c>evaluations</c> that is not plainly somebody else's.</summary>
public static class EvaluationFiles
{
    public const string Folder = "evaluations";

    private static readonly string[] OurOwn = ["prompt", "rows", "must-pass", "expect"];

    /// <summary>A file of this path may be one.</summary>
    public static bool MayBe(string? path) =>
        path is not null
        && Path.GetExtension(path) is ".yaml" or ".yml"
        && Path.GetDirectoryName(path)!.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar).Contains(Folder, StringComparer.Ordinal);

    /// <summary>All evaluations below a root, absolute, by their paths.</summary>
    public static IEnumerable<string> In(Root root, Func<string, FileText> read) =>
        Discovery
            .Files(root.Folder, MayBe, CancellationToken.None)
            .Where(path => read(path) is { IsOk: true } file && Is(file.Text))
            .Order(StringComparer.Ordinal);

    /// <summary>The first evaluation of a prompt; null where it has none.</summary>
    public static string? Of(string prompt, Root root, Func<string, FileText> read) =>
        In(root, read).FirstOrDefault(path => string.Equals(PromptOf(path, root, read), prompt, StringComparison.Ordinal));

    /// <summary>The prompt that an evaluation names, absolute; null where there is none.</summary>
    public static string? PromptOf(string evaluation, Root root, Func<string, FileText> read) =>
        read(evaluation) is { IsOk: true, Text: var text } && YamlTree.Parse(text, new(0, text.Length)).Root?.Resolved() is YamlMapping keys
        && keys.Find("prompt")?.Value.Resolved() is YamlScalar { Value: { Length: > 0 } named } ? EvaluationReader.Resolve(named, evaluation, root) : null;

    /// <summary>What it says is an evaluation, or the beginning of one: it has a key of ours, or one that is nearly so, or none yet.</summary>
    public static bool Is(SourceText text) =>
        YamlTree.Parse(text, new(0, text.Length)).Root?.Resolved() switch
        {
            null => true,
            YamlScalar scalar => scalar.Value.Length == 0 || Keys.Evaluation.Members.Any(m => m.Name.StartsWith(scalar.Value.Trim(), StringComparison.Ordinal)),
            // `prompts`, `tests` and `providers` are another program's.
            YamlMapping keys => keys.Entries.Any(e => OurOwn.Contains(e.Key.Value, StringComparer.Ordinal))
                || keys.Entries.All(e =>
                    Keys.Evaluation.Find(e.Key.Value) is not null || Spelling.Distance(e.Key.Value, "prompt") == 1 && e.Key.Value != "prompts"
                ),
            _ => false,
        };
}
