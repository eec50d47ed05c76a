using System.Runtime.CompilerServices;
using PromptLsp.Language.Completion;
using PromptLsp.Language.Hover;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Navigation;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Text;
using Xunit;

namespace PromptLsp.Testing;

/// <summary>What tests do with a prompt, as a person in an editor would. The only caller of the language's API in tests.</summary>
public static class Editor
{
    private const string Cursor = "$$";

    /// <summary>Holds all findings against those drawn under the lines.</summary>
    public static void Lint(string annotated, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Lint(annotated, PromptEnvironment.None, file, line);

    /// <summary>The same in a workspace.</summary>
    public static void Lint(string annotated, PromptEnvironment environment, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        PromptModel prompt = Model(Annotated.Strip(annotated), environment);
        Expect.InSource(annotated, Annotated.Draw(prompt.Document.Text, Findings(prompt)), file, line);
    }

    /// <summary>All findings, the slow ones as well.</summary>
    public static IEnumerable<Finding> Findings(PromptModel prompt) =>
        Linter.Quick(prompt, CancellationToken.None).Concat(Linter.Slow(prompt, CancellationToken.None)).OrderBy(f => f.Span.Start).ThenBy(f => f.Span.End);

    /// <summary>Applies the first fix of a title.</summary>
    public static Edited Fix(string text, string title) => Fix(text, title, PromptEnvironment.None);

    public static Edited Fix(string text, string title, PromptEnvironment environment)
    {
        PromptModel prompt = Model(text, environment);
        Finding[] findings = [.. Findings(prompt)];
        Fix fix =
            findings.SelectMany(f => f.Fixes).FirstOrDefault(f => f.Title == title)
            ?? throw new Xunit.Sdk.XunitException(
                $"No fix `{title}`; there are: {string.Join(", ", findings.SelectMany(f => f.Fixes).Select(f => $"`{f.Title}`"))}"
            );
        return new(Applied(prompt, findings.First(f => f.Fixes.Contains(fix)), fix));
    }

    /// <summary>The text after a fix of a finding.</summary>
    public static string Applied(PromptModel prompt, Finding finding, Fix fix) =>
        prompt.Document.Text.With(fix.NewName is { } name ? Renamed(prompt, finding, name) : fix.Edits).Content;

    private static IEnumerable<TextEdit> Renamed(PromptModel prompt, Finding finding, NewName name) =>
        from place in Mentions.Of(prompt, Mentions.At(prompt, finding.Span.Start)!.Subject).Select(m => m.Span).Except(name.Except).Concat(name.Also)
        orderby place.Start
        select new TextEdit(place, name.Name);

    /// <summary>Asks for completions at <c>$$</c>.</summary>
    public static Offers Complete(string text) => Complete(text, PromptEnvironment.None);

    public static Offers Complete(string text, PromptEnvironment environment)
    {
        (PromptModel prompt, int offset) = AtCursor(text, environment);
        return new(prompt.Document.Text, Completions.At(prompt, offset));
    }

    /// <summary>Hovers at <c>$$</c>.</summary>
    public static Hovered HoverAt(string text) => HoverAt(text, PromptEnvironment.None);

    public static Hovered HoverAt(string text, PromptEnvironment environment)
    {
        (PromptModel prompt, int offset) = AtCursor(text, environment);
        return new(prompt.Document.Text, Hovers.At(prompt, offset, CancellationToken.None));
    }

    /// <summary>Asks for completions at <c>$$</c> in <c>promptlsp.yaml</c>.</summary>
    public static Offers CompleteSettings(string text)
    {
        (SourceText settings, int offset) = Cut(text);
        return new(settings, Completions.InSettings(settings, offset));
    }

    /// <summary>Hovers at <c>$$</c> in <c>promptlsp.yaml</c>.</summary>
    public static Hovered HoverSettings(string text)
    {
        (SourceText settings, int offset) = Cut(text);
        return new(settings, Hovers.InSettings(settings, offset));
    }

    public static PromptModel Model(string text) => Model(text, PromptEnvironment.None);

    public static PromptModel Model(string text, PromptEnvironment environment) =>
        new(
            PromptDocument.Parse(new(text), environment.DefaultDialect),
            environment with
            {
                ReportRuleFailure = static (rule, failure) => throw new InvalidOperationException($"The rule {rule} threw.", failure),
            }
        );

    private static (PromptModel, int) AtCursor(string text, PromptEnvironment environment)
    {
        (SourceText prompt, int offset) = Cut(text);
        return (Model(prompt.Content, environment), offset);
    }

    private static (SourceText, int) Cut(string text)
    {
        int offset = text.IndexOf(Cursor, StringComparison.Ordinal);
        Assert.True(offset >= 0, $"The text needs a {Cursor}.");
        return (new(text.Remove(offset, Cursor.Length)), offset);
    }
}

/// <summary>A text after an edit.</summary>
public sealed record Edited(string Text)
{
    public void ShouldBe(string expected, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => Expect.InSource(expected, Text, file, line);
}

/// <summary>What a hover shows.</summary>
public sealed record Hovered(SourceText Text, HoverText? Hover)
{
    public void ShouldBe(string expected, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Expect.InSource(expected, Hover?.Markdown.TrimEnd() ?? "nothing", file, line);

    /// <summary>The words that the hover is about.</summary>
    public Hovered On(string words)
    {
        Assert.NotNull(Hover);
        Assert.Equal(words, Text[Hover.Span]);
        return this;
    }
}

/// <summary>What completion offers, in the order in which an editor shows it.</summary>
public sealed record Offers(SourceText Text, CompletionList List)
{
    /// <summary>One line an offer: kind, label, and behind two blanks the detail.</summary>
    public void ShouldBe(string expected, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Expect.InSource(expected, List.Items.IsEmpty ? "nothing" : string.Join('\n', List.Items.Select(Line)), file, line);

    /// <summary>These lines in this order are among the offers.</summary>
    public void ShouldHave(params string[] lines) => Assert.Equal(lines, List.Items.Select(Line).Where(lines.Contains));

    public void ShouldNotHave(params string[] labels) => Assert.DoesNotContain(List.Items, i => labels.Contains(i.Label));

    /// <summary>The text after an offer is accepted.</summary>
    public Edited Accept(string label)
    {
        CompletionItem item = Assert.Single(List.Items, i => i.Label == label);
        return new(Text.With([new(item.Replace, item.InsertText ?? item.Label), .. item.AlsoEdit]).Content);
    }

    private static string Line(CompletionItem item) =>
        $"{item.Kind.ToString().ToLowerInvariant()} {item.Label}" + (item.Detail is null ? "" : "  " + item.Detail);
}
