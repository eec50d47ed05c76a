using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using CsCheck;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Tests.Dotprompt;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Tests.Properties;

/// <summary>A prompt edited letter by letter is read as if it had been opened as it is: what is taken over from before an edit is right.</summary>
public sealed class EditTests
{
    private const int Tries = 300;

    private const string Plain = "Dear {{ user.name }},\n{{ for i in xs }}- {{ i.title | string.upcase }} ({{ for.index }})\n{{ end }}{{ # it's fine }}\n";

    // Long enough that there is something to take over; mostly in order, so that blocks end before the edits begin.
    private static readonly Gen<string> Text = Gen.Select(
        Gen.OneOf(
            Gen.Const(""),
            Gen.Const("---\ninput: { schema: { xs(array): string, user: { name: string } }, untrusted: [xs] }\n---\n"),
            Texts.Whole,
            Texts.Framed
        ),
        Gen.Frequency(
                (24, Gen.Const(Plain)),
                (
                    1,
                    Gen.OneOf(
                        "{{ include 'voice' }}",
                        "{{ role 'system' }}",
                        "{{ with user }}{{ name }}{{ end }}",
                        "{{ y = xs }}{{ y }}",
                        "{{ func f(a) }}{{ a }}{{ end }}"
                    )
                ),
                (4, ScribanTexts.Body),
                (1, Texts.CodeSoup),
                (1, Texts.Soup),
                (2, Gen.OneOf("it's {{ x }} \"\n", "{{ y = x }}", "{%{ {{", "{{ ## {{ x }}"))
            )
            .Array[4, 40]
            .Select(string.Concat),
        (front, body) => front + body
    );

    private static readonly Gen<(int At, int Length, string Text)[]> Edits =
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[0, 12], Gen.Frequency((4, Texts.Piece), (2, Gen.Const("")), (2, ScribanTexts.Body), (1, Marks))).Array[1, 8];

    // Of other languages, and what makes them none: behind an open block `{{else}}` is Scriban.
    private static Gen<string> Marks =>
        Gen.OneOf("\n<System>\n", "\n</System>\n", "\n", "{{.Query}}", "{{#if x}}", "{{else}}", "{{ if x }}", "{{ end }}", "{{json x}}", "{{/if}}", "{%");

    [Fact]
    public void An_edited_prompt_has_the_tree_that_it_has_when_opened()
    {
        int kept = 0, keptBehind = 0;
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
                // What is read anew makes strings of its own.
                if (LastName(edited.Body) is { } name && ReferenceEquals(name, LastName(document.Body)))
                    keptBehind++;
                document = edited;
            }
        });
        Assert.True(kept > tried / 4, $"Of {tried} prompts only {kept} edits kept anything.");
        Assert.True(keptBehind > tried / 4, $"Of {tried} prompts only {keptBehind} edits kept anything behind them.");
    }

    [Fact]
    public void An_edited_handlebars_prompt_has_the_tree_that_it_has_when_opened()
    {
        int kept = 0;
        for (int seed = 0; seed < Tries; seed++)
        {
            PromptDocument document = PromptDocument.Parse(
                new(
                    "---\ntemplate: handlebars\n---\n"
                        + string.Concat(
                            Enumerable.Range(0, 12).Select(i => (i % 3 > 0 ? "Dear {{user.name}},\n" : "") + DotpromptTemplates.AnyBody(seed * 100 + i))
                        )
                )
            );
            for (int edit = 0; edit < 6; edit++)
            {
                string replacement = edit % 3 == 0 ? "" : DotpromptTemplates.AnyBody(seed * 100 + 50 + edit);
                SourceText now = document.Text.With(EditAt(document.Text, 31 + seed * 7919 + edit * 104729, edit * 3, replacement));
                PromptDocument opened = PromptDocument.Parse(new(now.Content)),
                    edited = PromptDocument.Parse(now, null, document);
                Assert.Equal(Shape(opened), Shape(edited));
                if (edited.Body.Nodes is [var first, ..] && document.Body.Nodes is [var before, ..] && first == before)
                    kept++;
                document = edited;
            }
        }
        Assert.True(kept > Tries, $"Only {kept} edits kept anything.");
    }

    [Theory]
    [InlineData("{{ x \n text ‸ {{ y }}", "}}")]
    [InlineData("{{x \"a }} text ‸ }} {{y}}", "\"")]
    [InlineData("{{x \"a\n text ‸ }} {{y}}", "\"")]
    [InlineData("{{!-- {{x}} text ‸ {{y}}", "--}}")]
    [InlineData("{{! text ‸ {{y}}", "}}")]
    [InlineData("{{#if x}}\n text ‸ {{y}}", "{{/if}}")]
    [InlineData("{{{{x}}}} text ‸ {{y}}", "{{{{/x}}}}")]
    [InlineData("{{[x\n text ‸ {{y}}", "]}}")]
    public void What_an_edit_of_a_handlebars_prompt_changes_before_itself_is_read_again(string text, string added)
    {
        for (int padding = 0; padding < 300; padding += 7)
        {
            string padded =
                "---\ntemplate: handlebars\n---\n"
                + new string('a', padding)
                + "{{z}}"
                + text
                + string.Concat(Enumerable.Repeat("{{#each xs}}{{this}}{{/each}} \"b }} ", 20));
            int at = padded.IndexOf('‸', StringComparison.Ordinal);
            PromptDocument before = PromptDocument.Parse(new(padded.Remove(at, 1)));
            SourceText now = before.Text.With(TextEdit.Insert(at, added));
            PromptDocument edited = PromptDocument.Parse(now, null, before);
            Assert.Equal(Shape(PromptDocument.Parse(new(now.Content))), Shape(edited));
            SourceText back = now.With(new TextEdit(new TextSpan(at, added.Length), ""));
            Assert.Equal(Shape(before), Shape(PromptDocument.Parse(back, null, edited)));
        }
    }

    [Fact]
    public void An_edited_prompt_means_what_it_means_when_opened()
    {
        int kept = 0;
        int tried = Gen.Select(Text, Edits)
            .Holds(
                Tries,
                input =>
                {
                    var memory = new PromptMemory { Document = PromptDocument.Parse(new(input.Item1)) };
                    BodyFacts before = new PromptModel(memory.Document, Surroundings(0), memory).Facts;
                    for (int i = 0; i < input.Item2.Length; i++)
                    {
                        (int at, int length, string replacement) = input.Item2[i];
                        SourceText now = memory.Document.Text.With(EditAt(memory.Document.Text, at, length, replacement));
                        memory.Document = PromptDocument.Parse(now, null, memory.Document);
                        PromptModel edited = new(memory.Document, Surroundings(i), memory),
                            opened = new(PromptDocument.Parse(new(now.Content)), Surroundings(i));
                        Assert.Equal(Meaning(opened), Meaning(edited));
                        if (
                            edited.Facts.Checkpoints is [_, var mark, ..]
                            && before.Checkpoints.Contains(mark)
                            && before.Scopes.All is [var first, ..]
                            && edited.Facts.Scopes.All[0] == first
                        )
                            kept++;
                        before = edited.Facts;
                    }
                }
            );
        Assert.True(kept > tried / 10, $"Of {tried} prompts only {kept} edits kept anything.");
    }

    [Fact]
    public void An_edited_handlebars_prompt_means_what_it_means_when_opened()
    {
        const string Front =
            "---\ntemplate: handlebars\ninput: { schema: { user: { name: string }, \"xs(array)\": { name: string, n: integer }, name?: string, n: integer }, untrusted: [name] }\n---\n";
        foreach (int seed in Enumerable.Range(1, 30))
        {
            string Body(int i) => DotpromptTemplates.AnyBody(seed * 100 + i);
            var memory = new PromptMemory
            {
                Document = PromptDocument.Parse(
                    new(
                        Front
                            + string.Concat(
                                Enumerable.Range(0, 12).Select(i => "{{#each xs}}{{name}} {{../name}} {{@index}}{{/each}} Dear {{user.name}},\n" + Body(i))
                            )
                    )
                ),
            };
            _ = new PromptModel(memory.Document, Surroundings(0), memory).Facts;
            for (int edit = 0; edit < 12; edit++)
            {
                SourceText text = memory.Document.Text;
                int at = Front.Length + (edit * 7919 * seed % (text.Length - Front.Length));
                SourceText now = text.With(
                    new TextEdit(
                        new(at, edit % 3 == 0 ? Math.Min(9, text.Length - at) : 0),
                        edit % 3 == 1 ? "{{n}}{{#with user}}{{name}}{{/with}}" : Body(50 + edit)
                    )
                );
                memory.Document = PromptDocument.Parse(now, null, memory.Document);
                Assert.Equal(
                    Meaning(new(PromptDocument.Parse(new(now.Content)), Surroundings(edit))),
                    Meaning(new(memory.Document, Surroundings(edit), memory))
                );
            }
        }
    }

    // What stands before the edit means something else because of what the edit adds or takes away far behind it.
    [Theory]
    [InlineData("{{ y = 'a' }}{{ y }}", "{{ y = 1 }}")]
    [InlineData("{{ y = 'a' }}{{ for i in y }}{{ i }}{{ end }}", "{{ capture y }}{{ end }}")]
    [InlineData("{{ y = 1 }}{{ y }}", "{{ y = xs }}")]
    [InlineData("{{ f 1 }}", "{{ func f(a) }}{{ a }}{{ end }}")]
    [InlineData("{{ f 1 }}", "{{ f(a) = a + 1 }}")]
    [InlineData("{{ z }}", "{{ z = 1 }}")]
    public void What_an_edit_changes_before_itself_is_bound_again(string first, string last)
    {
        string without =
            "---\ninput: { schema: { xs(array): string, user: { name: string } }, untrusted: [xs] }\n---\n"
            + first
            + string.Concat(Enumerable.Repeat(Plain, 12));
        foreach ((string before, string after) in new[] { (without, without + last), (without + last, without) })
        {
            var memory = new PromptMemory { Document = PromptDocument.Parse(new(before)) };
            _ = new PromptModel(memory.Document, PromptEnvironment.None, memory).Facts;
            PromptDocument now = PromptDocument.Parse(new(after), null, memory.Document);
            Assert.Equal(Meaning(new(PromptDocument.Parse(new(after)), PromptEnvironment.None)), Meaning(new(now, PromptEnvironment.None, memory)));
        }
    }

    [Fact]
    public void Threads_that_ask_at_once_are_told_the_same()
    {
        string text = "---\ninput: { schema: { xs(array): string, user: { name: string } } }\n---\n" + string.Concat(Enumerable.Repeat(Plain, 12));
        var memory = new PromptMemory { Document = PromptDocument.Parse(new(text)) };
        for (int i = 0; i < 100; i++)
        {
            SourceText now = memory.Document.Text.With(new TextEdit(new(text.Length, 0), "{{ y = xs }}"));
            memory.Document = PromptDocument.Parse(now, null, memory.Document);
            PromptModel edited = new(memory.Document, PromptEnvironment.None, memory);
            var told = new (Scopes, BodyFacts)[4];
            Parallel.For(0, told.Length, who => told[who] = who % 2 == 0 ? (edited.Scopes, edited.Facts) : (edited.Facts.Scopes, edited.Facts));
            Assert.Single(told.Distinct());
            Assert.Equal(Meaning(new(PromptDocument.Parse(new(now.Content)), PromptEnvironment.None)), Meaning(edited));
        }
    }

    // The partial starts a message, and at the next edit it does not.
    private static PromptEnvironment Surroundings(int edit) => PromptEnvironment.None with
    {
        Include = path => path != "voice" ? new(IncludeStatus.Missing, null, []) : new(IncludeStatus.Found, edit % 3 == 0 ? Quiet : Speaking, []),
    };

    private static readonly Partial Quiet = PartialOf("Be kind to {{ user.name }}."), Speaking = PartialOf("{{ role 'assistant' }}{{ x }}");

    private static Partial PartialOf(string text) => new("voice.prompt", () => new(PromptDocument.Parse(new(text)), PromptEnvironment.None));

    private static string Show(GivenArgument argument) => $"{argument.Name} {argument.Value.Span} {argument.Type.Display} {argument.IsPiped}";

    private static string Meaning(PromptModel prompt)
    {
        BodyFacts facts = prompt.Facts;
        string[] lines =
        [
            .. facts.Scopes.All.Select(Show),
            .. facts.Scopes.Open.Select(o => $"open {o.Start}"),
            .. facts.References.Select(r => $"{r.Span} {Show(r.Symbol)} {r.IsWrite} {r.IsCallee}"),
            .. facts.Members.Select(m => $"{m.Node.Span} {m.TargetType.Display} {m.Status} {m.Field}"),
            .. facts.Calls.Select(c => $"{c.Callee.Span} {c.Function?.Name} {Show(c.OwnFunction)} {string.Join(", ", c.Arguments.Select(Show))}"),
            .. facts.Outputs.Select(o => $"{o.Node.Span} {o.Type.Display} {o.Role} {o.Unasked?.Span} {facts.IsUntrustedText(o)}"),
            .. facts.Conditions.Select(c => $"{c.Node.Span} {c.Type.Display}"),
            .. facts.Comparisons.Select(c => $"{c.Span} {c.LeftType.Display} {c.RightType.Display}"),
            .. facts.Loops.Select(l => $"{l.Node.Span} {l.SourceType.Display}"),
            .. facts.Messages.Select(m => $"{m.Node.Span} {m.Role?.Span} {m.IsConditional}"),
            .. facts.Includes.Select(i => $"{i.Node.Span} {i.Path?.Span} {i.Role} {i.RoleAfter} {i.IsConditional}"),
            $"{facts.ReadsUnknownNames}",
            .. Linter.Quick(prompt, CancellationToken.None).Select(f => $"{f.Span} {f.Rule} {f.Message}"),
        ];
        return string.Join('\n', lines);
    }

    private static string Show(Symbol? symbol) => symbol is null
        ? "nothing"
        : $"{symbol.Name} {symbol.Kind} from {symbol.Scope.Start} at {symbol.Declaration} {symbol.Type.Display} {symbol.IsUntrusted} {symbol.Order}";

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

    // What stands behind the edit belongs to another block, is text or is code, because of what the edit adds or takes away before it.
    [Theory]
    [InlineData("{{ if x }}")]
    [InlineData("{{ for x in xs }}{{ if x }}")]
    [InlineData("{{ end }}")]
    [InlineData("{{ else }}")]
    [InlineData("{{ ## ")]
    [InlineData("{%{")]
    [InlineData("{{ \"")]
    [InlineData("{{ x")]
    [InlineData("{{ func f(a) }}")]
    [InlineData("{{ [1, 2].size + f({ a: $\"{x}\" }, -x, (y ? 1 : x?.z)) + x[")]
    public void What_an_edit_changes_behind_itself_is_read_again(string added)
    {
        const string Behind =
            "{{ case x }}{{ when 1, 'b' }}{{ f a: 1 | g }}{{ else }}{{ y ?? [x] }}{{ end }} {{ while x }}{{ ret !x }}{{ end }} {{ with x }}{{ end }}{{ capture y }} }%} ## \" {{ end }}\n"
            + "{{ func g(a, b = 1) }}{{ { a: x[1] } }}{{ end }}{{ wrap f }}{{ x = (1..2) }}{{ end }}{{ (x ? -y : $\"{z}\")?.w }}{{ ## c ## }}{{ x +}}{{ for x in xs limit: 2 }}{{ end }}\n";
        for (int padding = 0; padding < 300; padding += 37)
        {
            string text = new string('a', padding) + "{{ z }} " + string.Concat(Enumerable.Repeat(Behind, 6)) + "{{ if never_closed }}";
            PromptDocument without = PromptDocument.Parse(new(text));
            SourceText now = without.Text.With(TextEdit.Insert(padding + 8, added));
            PromptDocument opened = PromptDocument.Parse(new(now.Content)), edited = PromptDocument.Parse(now, null, without);
            Assert.Equal(Shape(opened), Shape(edited));
            SourceText again = edited.Text.With(new TextEdit(new TextSpan(padding + 8, added.Length), ""));
            Assert.Equal(Shape(without), Shape(PromptDocument.Parse(again, null, edited)));
        }
    }

    [Fact]
    public void An_end_that_is_missing_far_behind_an_edit_gets_the_line_end_that_the_file_has_now()
    {
        PromptDocument before = PromptDocument.Parse(new("a\nb {{ x }}" + string.Concat(Enumerable.Repeat(Plain, 6)) + "{{ if x }}\n"));
        SourceText now = before.Text.With(TextEdit.Insert(1, "\r"));
        Assert.Equal(Shape(PromptDocument.Parse(new(now.Content))), Shape(PromptDocument.Parse(now, null, before)));
    }

    // The first edit is one that looks to the end of the file in vain, the second puts there what it looked for.
    [Theory]
    [InlineData("{%{ {{ z }}", "}%}")]
    [InlineData("{{ if x }}{%{ {{ z }}", "}%}")]
    [InlineData("{{ ## {{ z }}", "##")]
    [InlineData("\n<System>\n", "\n</System>\n")]
    public void What_one_edit_sought_another_can_bring(string sought, string brought)
    {
        const string Block = "{{ if x }}{{ y }}",
            Closed = "{{ end }}{{ end }}";
        string text =
            string.Concat(Enumerable.Repeat(Plain, 4))
            + Block
            + string.Concat(Enumerable.Repeat(Plain, 8))
            + Closed
            + string.Concat(Enumerable.Repeat(Plain, 8));
        for (int at = 0; at < Plain.Length * 8; at += 5)
        {
            PromptDocument document = PromptDocument.Parse(new(text));
            foreach (
                TextEdit edit in new[] { TextEdit.Insert(at, sought), TextEdit.Insert(text.Length, brought), new TextEdit(new TextSpan(at, sought.Length), "") }
            )
            {
                SourceText now = document.Text.With(edit);
                document = PromptDocument.Parse(now, null, document);
                Assert.Equal(Shape(PromptDocument.Parse(new(now.Content))), Shape(document));
            }
        }
    }

    [Theory]
    [InlineData(".Query }}", "{{")]
    [InlineData("#if x }}", "{{")]
    [InlineData("{{ \n.Query }}", "{{")]
    public void Another_language_shows_in_the_whole_line_of_an_edit(string line, string added)
    {
        string text = string.Concat(Enumerable.Repeat(Plain, 4));
        PromptDocument before = PromptDocument.Parse(new(text + line + "\n" + text));
        SourceText now = before.Text.With(TextEdit.Insert(text.Length + line.LastIndexOf('\n') + 1, added));
        Assert.Equal(Shape(PromptDocument.Parse(new(now.Content))), Shape(PromptDocument.Parse(now, null, before)));
    }

    [Fact]
    public void What_is_kept_of_a_prompt_does_not_grow_with_every_letter()
    {
        string text = string.Concat(Enumerable.Repeat(Plain, 20));
        PromptDocument document = PromptDocument.Parse(new(text));
        int before = document.Body.Restarts.Length;
        for (int i = 0; i < 100; i++)
        {
            TextEdit edit = i % 2 == 0 ? TextEdit.Insert(3, "a") : new(new TextSpan(3, 1), "");
            document = PromptDocument.Parse(document.Text.With(edit), null, document);
        }
        Assert.Equal(before, document.Body.Restarts.Length);
    }

    // As long as what it replaces, cut in the same places, and over several of the places where reading could begin again.
    [Fact]
    public void A_long_replacement_is_read_whole()
    {
        string text = string.Concat(Enumerable.Repeat(Plain, 20));
        for (int length = 1; length < 1000; length += 37)
        {
            PromptDocument before = PromptDocument.Parse(new(text));
            SourceText now = before.Text.With(
                new TextEdit(
                    new TextSpan(500, length),
                    text.Substring(500, length).Replace("title", "other", StringComparison.Ordinal).Replace("name", "mail", StringComparison.Ordinal)
                )
            );
            Assert.Equal(Shape(PromptDocument.Parse(new(now.Content))), Shape(PromptDocument.Parse(now, null, before)));
        }
    }

    private static string? LastName(TemplateBody body)
    {
        string? last = null;
        foreach (SyntaxNode node in body.Nodes.SelectMany(n => n.Children))
        {
            if (node is NameExpression name)
                last = name.Name;
        }
        return last;
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
        Write(document.OtherFormat, shape, 0);
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
