using System.Globalization;
using System.Text;
using PromptLsp.History;
using PromptLsp.History.Store;

// Another process on the same store, for the tests: it does one thing as often as it is told, and acknowledges each on a line of its own.
string root = args[1];
var by = new Origin(args[2], "writer");
using HistoryStore store = HistoryStore.Open(root, StoreAccess.CreateIfMissing, new() { BusyTimeout = TimeSpan.FromSeconds(30) });
using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true, NewLine = "\n" };
switch (args[0])
{
    case "save":
        int count = int.Parse(args[3], CultureInfo.InvariantCulture);
        for (int i = 0; i < count; i++)
        {
            string text = $"{by.Author} {i}\n{string.Join('\n', Enumerable.Range(0, i % 50).Select(line => $"line {line} of {i}"))}\n";
            PromptVersion version = store.Record(new("support.prompt", Encoding.UTF8.GetBytes(text), EventKind.Saved, by)).Version;
            output.WriteLine($"{version.Name} {version.Fingerprint}");
        }
        break;

    case "import":
        output.WriteLine("ready");
        Console.In.ReadLine();
        var claims = Enumerable
            .Range(0, int.Parse(args[3], CultureInfo.InvariantCulture))
            .Select(i => new EnvironmentClaim(EventKind.Promoted, new("production", Fingerprint.Of($"record {i}")) { Release = Fingerprint.Of($"{i}") }, "Ada")
            {
                Path = "support.prompt",
                At = DateTimeOffset.UnixEpoch.AddHours(i),
            });
        // Each by itself, so that the processes meet in the middle.
        output.WriteLine($"made {claims.Sum(claim => store.Import([claim], by))}");
        break;

    case "move-tag":
        int seen = store.Tags("support.prompt").Single(tag => tag.Name == "stable").Number;
        output.WriteLine("ready");
        Console.In.ReadLine();
        try
        {
            output.WriteLine($"won v{store.Tag("support.prompt", args[3], "stable", "mine", seen, by).Number}");
        }
        catch (TagConflictException conflict)
        {
            output.WriteLine(conflict.Message);
        }
        break;
}
