using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using PromptLsp.Testing;

namespace PromptLsp.Language.Tests.Architecture;

/// <summary>The project's own sources, read as C# reads them.</summary>
internal static class LanguageSources
{
    private static readonly Lazy<(string Path, SyntaxNode Root)[]> Read = new(ReadAll);

    /// <summary>Every file of the project <c>PromptLsp.Language</c>, by its path in there.</summary>
    public static (string Path, SyntaxNode Root)[] All => Read.Value;

    /// <summary>What a list of exceptions beside these tests says, without its comments.</summary>
    public static string[] Exceptions(string list) =>
        [.. File.ReadAllLines(Path.Combine(Corpus.Root, "tests", "PromptLsp.Language.Tests", "Architecture", list)).Where(l => l.Length > 0 && l[0] != '#')];

    public static SyntaxNode Parse(string code) => CSharpSyntaxTree.ParseText(code).GetRoot();

    private static (string Path, SyntaxNode Root)[] ReadAll()
    {
        string project = Path.Combine(Corpus.Root, "server", "PromptLsp.Language");
        return
        [
            .. from file in Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
               let path = Path.GetRelativePath(project, file).Replace('\\', '/')
               where !path.StartsWith("obj/", StringComparison.Ordinal) && !path.StartsWith("bin/", StringComparison.Ordinal)
               select (path, Parse(File.ReadAllText(file))),
        ];
    }
}
