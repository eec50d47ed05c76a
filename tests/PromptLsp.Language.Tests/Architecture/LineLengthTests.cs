using PromptLsp.Testing;

namespace PromptLsp.Language.Tests.Architecture;

public sealed class LineLengthTests
{
    private const int Most = 160;

    [Fact]
    public void Lines_of_the_program_are_as_tooLongas_a_window_is_wide()
    {
        string server = Path.Join(Corpus.Root, "server");
        string[] tooLong =
        [
            .. from file in Directory.EnumerateFiles(server, "*.cs", SearchOption.AllDirectories)
            where !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin")
            from line in File.ReadLines(file).Select((text, i) => (Text: text, Number: i + 1))
            where line.Text.Length > Most
            select $"{Path.GetRelativePath(server, file)}:{line.Number}",
        ];
        Assert.True(tooLong is [], $"Over {Most} characters; make named steps of them:\n{string.Join('\n', tooLong)}");
    }
}
