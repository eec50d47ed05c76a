using PromptLsp.Language.Syntax.Dialects;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Workspace;

/// <summary>What the prompts around a new one are written in.</summary>
public static class UsualDialect
{
    private const int MostLookedAt = 40, MostFolders = 100;

    /// <summary>That of the settings; else that of most prompts beside it, or where there are none, of its root.</summary>
    /// <param name="path">Of the new prompt, absolute.</param>
    public static Dialect Of(Snapshot now, string path, CancellationToken cancel)
    {
        Root root = now.Roots.Of(path);
        if (now.SettingsOf(root).Template is { } said)
            return said;
        string[] near =
        [
            .. Discovery
                .Prompts(root.Folder, MostFolders, cancel)
                .OrderByDescending(IsBeside)
                .Take(MostLookedAt),
        ];
        string[] beside = [.. near.TakeWhile(IsBeside)];
        Dialect[] written = [.. (beside.Length > 0 ? beside : near).Select(p => now.ReadOnce(p).Prompt?.Document.Dialect).OfType<Dialect>()];
        return written.Count(d => d == KnownDialects.Handlebars) * 2 > written.Length ? KnownDialects.Handlebars : KnownDialects.Scriban;

        bool IsBeside(string prompt) => Path.GetDirectoryName(prompt) == Path.GetDirectoryName(path);
    }
}
