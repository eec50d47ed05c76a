using PromptLsp.Language.Tests.Dotprompt;
using PromptLsp.Testing;

namespace PromptLsp.Language.Tests.Properties;

/// <summary>Whatever is in the editor: nothing throws, every span lies in the text, every message is one line.</summary>
public sealed class AnyTextTests
{
    private const int Tries = 400;

    [Fact]
    public void Whole_prompts_are_read() => Assert.All(Texts.Prompts, text => Invariants.Hold(text, Enumerable.Range(0, text.Length / 16).Select(i => i * 16)));

    [Fact]
    public void Prompts_cut_short_are_read() => Texts.Prefix.Holds(Tries, text => Invariants.Hold(text, text.Length));

    [Fact]
    public void Prompts_with_holes_are_read() => Texts.Deletion.Holds(Tries, text => Invariants.Hold(text, text.Length / 2));

    [Fact]
    public void Prompts_with_something_else_in_them_are_read() => Texts.Insertion.Holds(Tries, text => Invariants.Hold(text, text.Length / 2));

    [Fact]
    public void Handlebars_prompts_are_read() => Assert.All(Enumerable.Range(0, Tries), i =>
    {
        string text = "---\ntemplate: handlebars\n---\n" + DotpromptTemplates.AnyBody(i) + DotpromptTemplates.AnyBody(-i);
        Invariants.Hold(text, text.Length, text.Length / 2);
    });

    [Fact]
    public void Anything_is_read_with_a_cursor_anywhere() => Texts.WithCursors.Holds(5 * Tries, t => Invariants.Hold(t.Text, t.Cursors));
}
