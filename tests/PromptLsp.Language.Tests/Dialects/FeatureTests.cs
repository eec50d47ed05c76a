using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Completion;
using PromptLsp.Language.Hover;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Navigation;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;
using PromptLsp.Language.Tokens;
using PromptLsp.Testing;

namespace PromptLsp.Language.Tests.Dialects;

/// <summary>Each feature in each shape of the tree, once per dialect. What does not hold is listed with its reason.</summary>
public sealed class FeatureTests
{
    // Feature, shape or name, dialect: why.
    private static readonly (string Feature, string What, string Dialect, string Why)[] Exceptions =
    [
        ("misspelt", "a value that decides its block", "handlebars", "the end of the block names the value too, and says nothing of which is misspelt"),
        ("completion", "a value that decides its block", "handlebars", "behind `#` the blocks are offered"),
        ("misspelt", "a context variable", "handlebars", "an application may give more behind `@` than the workspace declares"),
        ("rename", "a value that decides its block", "handlebars", "the end of the block is renamed by a fix, as it names the block and no value"),
        ("misspelt", "a value that is assigned", "scriban", "the finding stands where the value is read, and there is one more for what is made of it"),
    ];

    public static TheoryData<string, string> Shapes => [.. from shape in Shape.All from body in shape.Bodies select (shape.Description, body.Dialect)];

    private static bool IsException(string feature, string shape, string dialect) =>
        Exceptions.Any(e => e.Feature == feature && e.What == shape && e.Dialect == dialect);

    [Fact]
    public void Exceptions_are_of_shapes_that_there_are() =>
        Assert.All(
            Exceptions,
            e => Assert.True(Shape.All.Any(s => s.Description == e.What && s.Bodies.Any(b => b.Dialect == e.Dialect)) && e.Why.Length > 0, e.What)
        );

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Nothing_is_found_where_nothing_is_wrong(string shape, string dialect)
    {
        (PromptModel prompt, _, _) = Place(shape, dialect, keep: true);
        Assert.DoesNotContain(Findings(prompt), f => f.Severity is Severity.Error or Severity.Warning);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Completion_offers_the_name(string shape, string dialect)
    {
        if (IsException("completion", shape, dialect))
            return;
        (PromptModel prompt, TextSpan place, string name) = Place(shape, dialect, keep: false);
        CompletionList offers = Completions.At(prompt, place.Start);
        Assert.Contains(offers.Items, i => i.Label.TrimStart('@') == name);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Hover_tells_of_it(string shape, string dialect)
    {
        (PromptModel prompt, TextSpan place, string name) = Place(shape, dialect, keep: true);
        HoverText? hover = Hovers.At(prompt, place.Start + 1, CancellationToken.None);
        Assert.Contains(name, hover?.Markdown, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_misspelt_name_is_found_and_mended(string shape, string dialect)
    {
        if (IsException("misspelt", shape, dialect))
            return;
        (PromptModel right, TextSpan place, string name) = Place(shape, dialect, keep: true);
        string slip = name[..^2] + name[^1] + name[^2];
        PromptModel wrong = Model(right.Document.Text.With([new TextEdit(place, slip)]).Content, World);
        Finding finding = Assert.Single(Findings(wrong), f => f.Severity is Severity.Error or Severity.Warning);
        Assert.Equal(place, finding.Span);
        Assert.Equal(right.Document.Text.Content, Applied(wrong, finding, finding.Fixes[0]));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void It_leads_to_its_declaration_and_is_renamed_with_it(string shape, string dialect)
    {
        (PromptModel prompt, TextSpan place, string name) = Place(shape, dialect, keep: true);
        Mention mention = Assert.IsType<Mention>(Mentions.At(prompt, place.Start + 1));
        Assert.Equal((place, name), (mention.Span, mention.Subject.Name));
        if (!IsException("rename", shape, dialect) && mention.Subject.Kind == SubjectKind.Input)
            Assert.Contains(Mentions.Of(prompt, mention.Subject), m => m.Kind == MentionKind.Declaration && prompt.Document.FrontMatter.Span.Contains(m.Span));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void It_is_coloured(string shape, string dialect)
    {
        (PromptModel prompt, TextSpan place, _) = Place(shape, dialect, keep: true);
        Assert.Contains(SemanticTokens.Of(prompt), t => t.Span.Contains(place) && t.Kind is TokenKind.Input or TokenKind.Member or TokenKind.Context);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void An_input_that_is_read_is_used(string shape, string dialect)
    {
        (PromptModel prompt, _, string name) = Place(shape, dialect, keep: true);
        Assert.DoesNotContain(Findings(prompt), f => f.Rule == "unused-input" && prompt.Document.Text[f.Span] == name);
    }

    private static (PromptModel Prompt, TextSpan Place, string Name) Place(string shape, string dialect, bool keep)
    {
        Shape wanted = Shape.All.First(s => s.Description == shape);
        string text = Front.Replace("DIALECT", dialect, StringComparison.Ordinal) + wanted.In(dialect);
        int start = text.IndexOf('«', StringComparison.Ordinal), end = text.IndexOf('»', StringComparison.Ordinal);
        string name = text[(start + 1)..end];
        Assert.Equal(wanted.Name, name);
        text = text[..start] + (keep ? name : "") + text[(end + 1)..];
        return (Model(text, World), new(start, keep ? name.Length : 0), name);
    }

    private const string Front = """
        ---
        template: DIALECT
        input:
          schema:
            name: string
            note?: string
            tier(enum): [free, pro]
            customer: { city: string, street: string }
            orders(array): { title: string, "parts(array)": string }
        ---

        """;

    private static PromptEnvironment World { get; } =
        PromptEnvironment.None with
        {
            Context =
            [
                new(
                    "brand",
                    new ObjectType([new("voice", PromptType.String)], null).DeclaredIn(MemberOriginKind.Context, "context/brand.yaml", ["brand"]),
                    "How we sound.",
                    null,
                    "context/brand.yaml",
                    null
                ),
            ],
            Include = static path =>
                path == "voice" ? new(IncludeStatus.Found, Voice, ["_voice.prompt"]) : new(IncludeStatus.Missing, null, ["_" + path + ".prompt"]),
        };

    private static Partial Voice { get; } =
        new(
            "_voice.prompt",
            static () => Model("---\ninput: { schema: { to: string } }\n---\nDear {{to}}", PromptEnvironment.None with { Path = "_voice.prompt" })
        );
}
