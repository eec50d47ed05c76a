using PromptLsp.Evaluation.Files;
using PromptLsp.Evaluation.Running;
using PromptLsp.Language.Text;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Cli.Models;

/// <summary>The evaluation that a command names to ask for what is kept of it; its file may be gone by now.</summary>
internal static class NamedEvaluation
{
    /// <summary>Its name in the store; null where none is named.</summary>
    /// <param name="store">Null where nothing was run yet.</param>
    /// <exception cref="CommandFailure">There is no such file, and nothing is kept of one.</exception>
    public static string? Of(string? argument, Root root, RunStore? store, Terminal terminal)
    {
        if (argument is null)
            return null;
        string path = terminal.Absolute(argument),
            name = root.Relative(path);
        string[] kept = [.. store?.Evaluations() ?? []];
        if (File.Exists(path) || kept.Contains(name, StringComparer.Ordinal))
            return name;
        string advice = Meant(argument, Shown(kept, root, terminal)) is { } meant ? $"did you mean `{meant}`?" : "check the path";
        throw new CommandFailure($"there is no evaluation `{argument}`, and none of that name was run; {advice}");
    }

    private static string[] Shown(IEnumerable<string> kept, Root root, Terminal terminal) =>
    [
        .. kept.Select(k => Path.Join(root.Folder, k))
            .Concat(EvaluationFiles.In(root, Disk.Load))
            .Select(terminal.Display)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    // The whole path, or the name alone.
    private static string? Meant(string argument, string[] shown)
    {
        string name = Path.GetFileNameWithoutExtension(argument);
        return Spelling.Nearest(argument, shown)
            ?? Array.Find(shown, s => Path.GetFileNameWithoutExtension(s) == name)
            ?? (Spelling.Nearest(name, shown.Select(s => Path.GetFileNameWithoutExtension(s)!)) is { } near
                ? Array.Find(shown, s => Path.GetFileNameWithoutExtension(s) == near)
                : null);
    }
}
