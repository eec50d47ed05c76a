using PromptLsp.Testing;

namespace PromptLsp.Language.Tests.Properties;

/// <summary>Texts on which a property once failed, one a file.</summary>
internal static class Regressions
{
    private static string Folder => Path.Combine(Corpus.Root, "tests", "corpus", "regressions");

    public static IEnumerable<string> Texts =>
        Directory.Exists(Folder) ? Directory.EnumerateFiles(Folder).Order(StringComparer.Ordinal).Select(File.ReadAllText) : [];
}
