using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using CsCheck;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Tests.Properties;

/// <summary>A prompt edited letter by letter is read as if it had been opened as it is: what is taken over from before an edit is right.</summary>
public sealed class EditTests
{
    private const int Tries = 300;

    private const string Plain = "Dear {{ user.name }},\n{{ for i in xs }}- {{ i.title | string.upcase }} ({{ for.index }})\n{{ end }}{{ # it's fine }}\n";

    // Long enough that there is something to take over; mostly in order, so that blocks end before the edits begin.
    private static readonly Gen<string> Text = Gen.Select(
        Gen.OneOf(Gen.Const(""), Gen.Const("---\ninput: { schema: { xs(array): string } }\n---\n"), Texts.Whole, Texts.Framed),
        Gen.Frequency((12, Gen.Const(Plain)), (4, ScribanTexts.Body), (1, Texts.CodeSoup), (1, Texts.Soup), (2, Gen.OneOf("it's {{ x }} \"\n", "{{ y = x }}", "{%{ {{", "{{ ## {{ x }}")))
            .Array[4, 30].Select(string.Concat),
        (front, body) => front + body);

    private static readonly Gen<(int At, int Length, string Text)[]> Edits =
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[0, 12], Gen.OneOf(Texts.Piece, Texts.Piece, Gen.Const(""), ScribanTexts.Body)).Array[1, 8];

    [Fact]
    public void An_edited_prompt_has_the_tree_that_it_has_when_opened()
    {
        int kept = 0;
        int tried = Gen.Select(Text, Edits).Holds(Tries, input =>
        {
            PromptDocument document = PromptDocument.Parse(new(input.Item1));
            foreach ((int at, int length, string replacement) in input.Item2)
            {
                SourceText now = document.Text.With(EditAt(document.Text, at, length, replacement));
                PromptDocument opened = PromptDocument.Parse(new(now.Content)), edited = PromptDocument.Parse(now, null, document);
                Assert.Equal(Shape(opened), Shape(edited));
                if (edited.Body.Nodes is [var first, ..] && document.Body.Nodes is [var before, ..] && first == before)
                    kept++;
                document = edited;
            }
        });
        Assert.True(kept > tried / 4, $"Of {tried} prompts only {kept} edits kept anything.");
    }

    // What stands before the edit is cut otherwise because of what the edit adds far behind it.
    [Theory]
    [InlineData("{{ x \n text ‸ {{ y }}", "}}")]
    [InlineData("{{ \"a }} text ‸ }} {{ y }}", "\"")]
    [InlineData("{%{ {{ x }} text ‸ {{ y }}", "}%}")]
    [InlineData("{{ ## {{ x }} text ‸ {{ y }}", "##")]
    [InlineData("{{ if x }}\n text ‸ {{ y }}", "{{ end }}")]
    [InlineData("{{ $'{ x }} text ‸ }} {{ y }}", "'")]
    [InlineData("{{ x ‸", "}}")]
    public void What_an_edit_changes_before_itself_is_read_again(string text, string added)
    {
        for (int padding = 0; padding < 300; padding += 7)
        {
            string padded = new string('a', padding) + "{{ z }}" + text;
            int at = padded.IndexOf('‸', StringComparison.Ordinal);
            PromptDocument before = PromptDocument.Parse(new(padded.Remove(at, 1)));
            SourceText now = before.Text.With(TextEdit.Insert(at, added));
            Assert.Equal(Shape(PromptDocument.Parse(new(now.Content))), Shape(PromptDocument.Parse(now, null, before)));
        }
    }

    private static TextEdit EditAt(SourceText text, int at, int length, string replacement)
    {
        int start = at % (text.Length + 1);
        return new(new TextSpan(start, Math.Min(length, text.Length - start)), replacement);
    }

    private static string Shape(PromptDocument document)
    {
        var shape = new StringBuilder();
        Write(document.FrontMatter.Span, shape, 0);
        Write(document.FrontMatter.Problems, shape, 0);
        Write(document.Dialect.Name, shape, 0);
        Write(document.Body.Islands, shape, 0);
        Write(document.Body.Problems, shape, 0);
        Write(document.Body.Nodes, shape, 0);
        return shape.ToString();
    }

    // Everything that a tree says of itself, whatever kinds of nodes there are.
    private static void Write(object? value, StringBuilder shape, int depth)
    {
        if (value is IEnumerable many and not string)
        {
            foreach (object? one in many)
                Write(one, shape, depth);
            return;
        }
        shape.Append(' ', depth);
        if (value is not (SyntaxNode or Problem))
        {
            shape.AppendLine(CultureInfo.InvariantCulture, $"{value}");
            return;
        }
        shape.AppendLine(value.GetType().Name);
        foreach (PropertyInfo property in Properties(value.GetType()))
        {
            shape.Append(' ', depth).Append(property.Name).AppendLine();
            Write(property.GetValue(value), shape, depth + 1);
        }
    }

    private static PropertyInfo[] Properties(Type type)
    {
        if (!KnownProperties.TryGetValue(type, out PropertyInfo[]? properties))
            KnownProperties[type] = properties = [.. type.GetProperties().Where(p => p.Name != nameof(SyntaxNode.Children))];
        return properties;
    }

    private static readonly Dictionary<Type, PropertyInfo[]> KnownProperties = [];
}
