using PromptLsp.History.Store;
using PromptLsp.Testing;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.History;
using Xunit;

namespace PromptLsp.Cli.Tests.Docs;

/// <summary>
/// The hour that docs/history.md tells of, lived through: its pictures are what the commands show. With <c>UPDATE_EXPECT=1</c> this test
/// draws them; else it fails where one is stale.
/// </summary>
public sealed class HistoryStoryTests : IDisposable
{
    private const string Prompt = "prompts/reply.prompt";

    private const string First = """
        ---
        model: openai/gpt-4o-mini
        input: { schema: { customer: string, ticket: string } }
        samples:
          flat tyre: { customer: Ada, ticket: The tyre is flat again. }
        ---
        {{ role "system" }}
        You answer support tickets.
        Be friendly and answer in full sentences.
        {{ include "sign_off" }}
        {{ role "user" }}
        {{ customer }} writes: {{ ticket }}

        """;

    private readonly Shell _shell = new();
    private readonly Clock _clock = new();
    private readonly StringWriter _screen = new() { NewLine = "\n" };

    public HistoryStoryTests() => _shell
        .With(".git/HEAD", "ref: refs/heads/main\n").With(".git/config", "[user]\nname = Ada Lovelace\nemail = ada@example.com\n")
        .With("prompts/_sign_off.prompt", "Sign as the support team.\n");

    public void Dispose()
    {
        _screen.Dispose();
        _shell.Dispose();
    }

    [Fact]
    public async Task The_pictures_show_what_the_commands_show()
    {
        string second = First.Replace("You answer support tickets.", "You answer support tickets. Ask for the order number first.", StringComparison.Ordinal);
        Save("9:00", First, "first draft");
        Save("9:20", second.Replace(" first.", "", StringComparison.Ordinal));
        Save("9:21", second.Replace("Ask", "Please ask", StringComparison.Ordinal));
        Save("9:22", second);
        At("9:25");
        await Show($"promptlsp describe {Prompt} -m \"asks for the order number first\"");
        await Show($"promptlsp tag {Prompt} support-v2-stable -m \"passed the review\"");
        Save("9:40", second.Replace("Be friendly and answer in full sentences.", "Be brief and answer in bullet points.", StringComparison.Ordinal));
        At("9:50");
        Draw("tag");

        await Show($"promptlsp log {Prompt}");
        Draw("log");

        await Show($"promptlsp diff {Prompt}@support-v2-stable");
        Draw("diff");

        await Show($"promptlsp diff {Prompt}@support-v2-stable --side-by-side");
        Draw("side-by-side");

        await Show($"promptlsp blame {Prompt}");
        Draw("blame");

        _shell.With("prompts/_sign_off.prompt", "Sign as the support team.\nNever promise a refund.\n");
        await Show($"promptlsp diff {Prompt}");
        await Show($"promptlsp diff {Prompt} --rendered --sample \"flat tyre\"");
        Draw("rendered");

        At("10:00");
        await Show($"promptlsp rollback {Prompt} --to support-v2-stable -m \"bullet points read cold\"");
        await Show($"promptlsp log {Prompt} --limit 3");
        Draw("rollback");
        Assert.Equal(second, _shell.Read(Prompt));
    }

    // What an editor does when it saves.
    private void Save(string time, string text, string? note = null)
    {
        At(time);
        _shell.With(Prompt, text);
        var snapshot = Snapshot.Empty(new Disk(), [_shell.Folder]);
        string path = Path.Combine(_shell.Folder, Prompt);
        Root root = snapshot.Roots.Of(path);
        using HistoryStore store = HistoryStore.Open(root.Folder, options: new() { Clock = _clock });
        store.Record(new Recorder("promptlsp (an editor)").Recording(snapshot, root, path, File.ReadAllBytes(path), EventKind.Saved) with { Note = note });
    }

    private void At(string time) =>
        _clock.Now = DateTimeOffset.Parse($"2026-03-02T{time.PadLeft(5, '0')}:00Z", System.Globalization.CultureInfo.InvariantCulture);

    private async Task Show(string command)
    {
        _screen.WriteLine("$ " + command);
        var terminal = new Terminal
        {
            Out = _screen,
            Error = _screen,
            In = () => TextReader.Null,
            Folder = _shell.Folder,
            HasColours = true,
            IsInteractive = true,
            Width = 124,
            Clock = _clock,
        };
        int status = await CommandLine.RunAsync([.. Shell.Split(command).Skip(1)], terminal, TestContext.Current.CancellationToken);
        Assert.True(status < 2, _screen.ToString());
        _screen.WriteLine();
    }

    private void Draw(string picture)
    {
        string drawn = TerminalPicture.Svg(_screen.ToString());
        _screen.GetStringBuilder().Clear();
        Expect.InFile($"docs/pictures/history-{picture}.svg", drawn);
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
