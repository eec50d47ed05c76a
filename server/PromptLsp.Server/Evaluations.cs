using System.Collections.Immutable;
using PromptLsp.Evaluation.Files;
using PromptLsp.Language.Completion;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Server;

/// <summary>Evaluations that are open in the editor.</summary>
internal static class Evaluations
{
    /// <summary>An open evaluation; null for anything else, and for one that is out of step or too large.</summary>
    public static OpenDocument? Find(Snapshot now, string uri) => now.FindOpen(uri) is { } document && Is(document) ? document : null;

    public static bool Is(OpenDocument document) =>
        document is { IsOutOfStep: false, IsTooLarge: false } && EvaluationFiles.MayBe(document.Path) && EvaluationFiles.Is(document.Text);

    public static EvaluationFile Read(Snapshot now, OpenDocument document)
    {
        Root root = now.Roots.Of(document.Path!);
        return EvaluationReader.Read(document.Path!, root, root.Relative, path => TextOf(now, path));
    }

    public static ImmutableArray<Finding> Findings(Snapshot now, OpenDocument document) => Read(now, document).Findings;

    public static EvaluationNames NamesIn(Snapshot now, OpenDocument document)
    {
        Root root = now.Roots.Of(document.Path!);
        IEnumerable<string> prompts = (now.Index?.Paths ?? []).Where(p => Root.IsInside(p, root.Folder)).Select(root.Relative);
        return new([.. prompts.Order(StringComparer.Ordinal)], now.SettingsOf(root).Models, PromptOf(now, document));
    }

    /// <summary>The prompt that it evaluates; null where there is none yet.</summary>
    public static PromptModel? PromptOf(Snapshot now, OpenDocument document)
    {
        Root root = now.Roots.Of(document.Path!);
        return YamlTree.Parse(document.Text, new(0, document.Text.Length)).Root?.Resolved() is YamlMapping keys
            && keys.Find("prompt")?.Value.Resolved() is YamlScalar { Value: { Length: > 0 } named }
            && EvaluationReader.Resolve(named, document.Path!, root) is { } path ? now.ModelOf(path) : null;
    }

    /// <summary>A file as the person sees it: open, or on the disk, where nobody tells us of changes.</summary>
    public static FileText TextOf(Snapshot now, string path) =>
        now.OpenDocuments.FirstOrDefault(d => string.Equals(d.Path, path, StringComparison.Ordinal)) is { } open
            ? new(FileStatus.Ok, open.Text)
            : Disk.Load(path);
}
