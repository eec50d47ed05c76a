using PromptLsp.History.Store;
using static PromptLsp.History.Tests.Store.HistoryFolder;

namespace PromptLsp.History.Tests.Store;

/// <summary>Pages of the file copied over others, emptied, or cut off: each call answers as before or says that the store is damaged, and nothing else.</summary>
public sealed class DamagedPagesTests : IDisposable
{
    private const int PageSize = 4096;

    private readonly HistoryFolder _folder = new();
    private readonly byte[] _whole;

    public DamagedPagesTests()
    {
        for (int i = 0; i < 12; i++)
        {
            _folder.Record($"version {i} of it\n", $"note {i}", Prompt, EventKind.Saved, new PulledIn("brand.yaml", $"voice: {i / 4}\n"));
            _folder.Store.Tag(Prompt, "head", $"tag{i}", $"why {i}", null, Ada);
            _folder.Save($"other {i}\n", path: $"other{i % 3}.prompt");
        }
        _folder.Close();
        _whole = File.ReadAllBytes(_folder.File);
        Assert.InRange(_whole.Length / PageSize, 15, 60);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_page_copied_over_another() => Each(
        from to in Enumerable.Range(1, _whole.Length / PageSize - 1)
        from source in Enumerable.Range(0, _whole.Length / PageSize)
        where source != to && (source + 7 * to) % 17 == 0
        select ($"page {source} over {to}", new Action<byte[]>(bytes => _whole.AsSpan(source * PageSize, PageSize).CopyTo(bytes.AsSpan(to * PageSize)))));

    [Fact]
    public void An_emptied_page() => Each(
        from page in Enumerable.Range(0, _whole.Length / PageSize)
        select ($"page {page} emptied", new Action<byte[]>(bytes => bytes.AsSpan(page * PageSize, PageSize).Clear())));

    [Fact]
    public void A_file_that_ends_early()
    {
        Each(
            from pages in Enumerable.Range(1, _whole.Length / PageSize - 1)
            select ($"{pages} pages left", new Action<byte[]>(_ => { })),
            name => int.Parse(name.Split(' ')[0], null) * PageSize
        );
        Each([("half a page more", _ => { })], _ => _whole.Length - PageSize / 2);
    }

    private void Each(IEnumerable<(string Name, Action<byte[]> Damage)> damages, Func<string, int>? length = null)
    {
        string[] before = [.. Calls.Select(call => Said(call))];
        _folder.Close();
        var wrong = new List<string>();
        int told = 0, all = 0;
        foreach ((string name, Action<byte[]> damage) in damages)
        {
            for (int i = 0; i < Calls.Length; i++)
            {
                byte[] bytes = [.. _whole];
                damage(bytes);
                File.WriteAllBytes(_folder.File, length is null ? bytes : bytes[..length(name)]);
                string said = Said(Calls[i]);
                told += said == "damaged" ? 1 : 0;
                all++;
                // Fewer or other rows can look sound to a call that reads only those; a check of the whole must not be taken in.
                if (said != before[i] && said != "damaged" && (said.StartsWith("fault", StringComparison.Ordinal) || Said(Verified) != "damaged"))
                    wrong.Add($"{name}, call {i}: {said}");
                _folder.Close();
            }
        }
        Assert.Empty(wrong);
        Assert.InRange(told, 1, all);
    }

    private static string Verified(HistoryFolder folder) => folder.Verified() is { Flaw: null, Head: var head } ? head : "damaged";

    private static readonly Func<HistoryFolder, string>[] Calls =
    [
        Verified,
        folder => folder.Log(),
        folder => string.Join(',', folder.Store.Prompts()),
        folder => string.Join(',', folder.Store.Tags(Prompt)),
        folder => $"{folder.Store.Resolve(Prompt, "tag3")}",
        folder => string.Join(',', folder.Store.PulledIn(folder.Store.Resolve(Prompt, "v5"))),
        folder => folder.Export(),
        folder => folder.Save("another\n", "why").Name,
        folder => folder.Store.Tag(Prompt, "v2", "fresh", "why", null, Ada).Name,
        folder => folder.Store.Describe(Prompt, "v2", "in other words", Ada).Name,
    ];

    private string Said(Func<HistoryFolder, string> call)
    {
        try
        {
            return call(_folder);
        }
        catch (HistoryUnavailableException refused)
        {
            return refused.Reason is Unavailability.Corrupt or Unavailability.ForeignSchema ? "damaged" : $"fault: {refused.Reason}: {refused.Message}";
        }
        catch (HistoryException refused)
        {
            return refused.Message;
        }
        catch (Exception fault)
        {
            return $"fault: {fault.GetType().Name}: {fault.Message}";
        }
    }
}
