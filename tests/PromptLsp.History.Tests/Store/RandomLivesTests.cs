using System.Text;
using CsCheck;
using PromptLsp.History.Store;
using static PromptLsp.History.Tests.Store.HistoryFolder;

namespace PromptLsp.History.Tests.Store;

/// <summary>Whatever is done to prompts, in whatever order: each version says what was saved, and what follows from the log is what is written.</summary>
public sealed class RandomLivesTests
{
    private static readonly string[] Paths = ["a.prompt", "b.prompt", "c.prompt"];

    private static readonly Gen<(int Act, int Path, int Other, int Number)[]> Lives =
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[1, 4]).Array[1, 40];

    [Fact]
    public void Every_life_can_be_told_from_its_log() => Lives.Sample(life =>
    {
        using var folder = new HistoryFolder();
        var saved = new Dictionary<(string Path, int Number), string>();
        foreach ((int act, int path, int other, int number) in life)
        {
            try
            {
                Do(folder, saved, act, Paths[path], Paths[other], number);
            }
            catch (HistoryException refused) when (refused is not HistoryUnavailableException)
            {
                // No such version, or a tag that is elsewhere.
            }
        }
        foreach (((string path, int number), string text) in saved)
            Assert.Equal(text, folder.Store.Text(folder.Store.Resolve(path, $"v{number}")));
        Assert.Equal("", folder.Verify());
    }, seed: "0N0XIzNsQ0O2", iter: 60, threads: 1);

    private static void Do(HistoryFolder folder, Dictionary<(string Path, int Number), string> saved, int act, string path, string other, int number)
    {
        switch (act)
        {
            case 0 or 1 or 2 or 3:
                string text = $"text {number}\n";
                Recorded recorded = folder.Record(text, number == 1 ? "why" : null, path);
                // Another prompt where one was deleted: the older one's versions are asked for by its name.
                if (recorded is { IsNew: true, Version.Number: 1 })
                    Forget(saved, path);
                saved[(path, recorded.Version.Number)] = text;
                break;
            case 4:
                folder.Store.Tag(path, $"v{number}", "stable", null, folder.Store.Tags(path).FirstOrDefault()?.Number, Ada);
                break;
            case 5:
                folder.Store.Untag(path, "stable", "no more", Ada);
                break;
            case 6:
                folder.Store.Describe(path, "head", $"note {number}", Grace);
                break;
            case 7 when folder.Store.Rename(path, other, Ada):
                // What was there counts as deleted; its versions cannot be asked for by that path any more.
                Forget(saved, other);
                foreach (var moved in saved.Keys.Where(key => key.Path == path).ToList())
                {
                    saved.Remove(moved, out string? kept);
                    saved[(other, moved.Number)] = kept!;
                }
                break;
            case 8:
                folder.Store.Delete(path, null, Ada);
                break;
            case 9:
                folder.Close();
                break;
        }
    }

    private static void Forget(Dictionary<(string Path, int Number), string> saved, string path)
    {
        foreach (var gone in saved.Keys.Where(key => key.Path == path).ToList())
            saved.Remove(gone);
    }
}
