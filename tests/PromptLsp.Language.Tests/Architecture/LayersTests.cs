using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PromptLsp.Language.Tests.Architecture;

/// <summary>
/// The folders of the language are layers, and each knows those before it alone: Text, Syntax, Catalog, Semantics, Rendering, and the rules, which
/// some features tell of. The other features stand behind them all, and do not know one another.
/// </summary>
public sealed class LayersTests
{
    private const string Base = "PromptLsp.Language.";

    private static readonly string[] Layers = ["Text", "Syntax", "Catalog", "Semantics", "Rendering", "Linting"];

    [Fact]
    public void Every_folder_knows_those_before_it_alone()
    {
        string[] found = [.. LanguageSources.All.SelectMany(f => Upwards(f.Path, f.Root)).Distinct(StringComparer.Ordinal)];
        Assert.True(found is [], $"These know what stands behind them, or beside them; move what they need to an earlier layer:\n{string.Join('\n', found)}");
    }

    [Fact]
    public void Every_namespace_is_its_folder() => Assert.All(LanguageSources.All, file =>
    {
        string space = file.Root.DescendantNodes().OfType<FileScopedNamespaceDeclarationSyntax>().Single().Name.ToString();
        Assert.StartsWith(Base + FolderOf(file.Path), space);
    });

    private static IEnumerable<string> Upwards(string path, SyntaxNode root)
    {
        string own = FolderOf(path);
        return from other in Named(root)
               where other != own && IsKnownTooEarly(own, other)
               select $"{path} knows {other}";
    }

    private static bool IsKnownTooEarly(string own, string other)
    {
        int mine = Array.IndexOf(Layers, own), its = Array.IndexOf(Layers, other);
        return its < 0 || (mine >= 0 && its > mine);
    }

    // By what it imports, and by what it names through the namespace it shares with the others.
    private static IEnumerable<string> Named(SyntaxNode root)
    {
        HashSet<string> folders = [.. LanguageSources.All.Select(f => FolderOf(f.Path))];
        foreach (UsingDirectiveSyntax import in root.DescendantNodes().OfType<UsingDirectiveSyntax>())
        {
            if (import.NamespaceOrType.ToString() is var name && name.StartsWith(Base, StringComparison.Ordinal))
                yield return name[Base.Length..].Split('.')[0];
        }
        foreach (SyntaxNode node in root.DescendantNodes())
        {
            string? first = node switch
            {
                QualifiedNameSyntax { Left: IdentifierNameSyntax left } when node.Ancestors().All(a => a is not UsingDirectiveSyntax) => left.Identifier.Text,
                MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax left, Name: var member }
                    when folders.Contains(left.Identifier.Text) && IsType(left.Identifier.Text, member.Identifier.Text) => left.Identifier.Text,
                _ => null,
            };
            if (first is not null && folders.Contains(first))
                yield return first;
        }
    }

    // `Rendering.Renderer`, but not `Rendering.Failure` of a property.
    private static bool IsType(string folder, string name) =>
        LanguageSources.All.Any(f => FolderOf(f.Path) == folder && f.Path.EndsWith($"/{name}.cs", StringComparison.Ordinal));

    private static string FolderOf(string path) => path.Split('/')[0];
}
