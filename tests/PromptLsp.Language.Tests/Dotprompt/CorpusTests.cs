using PromptLsp.Language.Catalog;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Dialects;
using PromptLsp.Testing;

namespace PromptLsp.Language.Tests.Dotprompt;

/// <summary>
/// Prompts of others with Handlebars bodies, where they are present: no finding weighs as an error where the reference engine takes the file, and
/// every warning has been looked at and is on a list.
/// </summary>
public sealed class CorpusTests
{
    private const string List = "tests/PromptLsp.Language.Tests/Dotprompt/corpus-warnings.txt";

    // What the reference engine rejects as well, or loses text of.
    private static readonly string[] Refused = ["/error-", "/06-partials.prompt", "/valid-blog-generator.prompt"];

    [Fact]
    public void Every_warning_has_been_looked_at()
    {
        string[] known = [.. File.ReadLines(Path.Combine(Corpus.Root, List)).Where(l => l.Length > 0 && l[0] != '#')];
        foreach ((string path, string text) in Corpus.Prompts())
        {
            PromptModel prompt = Model(text, new PromptEnvironment { Path = path });
            if (prompt.Document.Dialect != KnownDialects.Handlebars || Refused.Any(r => path.Contains(r, StringComparison.Ordinal)))
                continue;
            Finding[] found = [.. Findings(prompt).Where(f => f.Severity is Severity.Warning or Severity.Error)];
            Assert.DoesNotContain(found, f => f.Severity == Severity.Error);
            Assert.Equal(
                known.Where(k => k.StartsWith(path + ":", StringComparison.Ordinal)),
                found.Select(f => $"{path}:{prompt.Document.Text.LineAt(f.Span.Start) + 1} {f.Rule}")
            );
        }
    }
}
