using System.Collections.Immutable;

namespace PromptLsp.Language.Catalog;

/// <summary>The kinds of YAML value that a key takes, as a set.</summary>
[Flags]
public enum KeyShape
{
    None = 0,
    Text = 1,
    Number = 2,

    /// <summary>A whole number.</summary>
    Integer = 4,
    Boolean = 8,
    Map = 16,
    List = 32,
    Anything = 64,
}

/// <summary>What a value is made of, where its shape does not say it.</summary>
public enum KeyContent
{
    Plain,

    /// <summary>Picoschema or JSON Schema.</summary>
    Schema,

    /// <summary>Values of the prompt's inputs, by their names.</summary>
    InputValues,

    /// <summary>A value of the schema that stands beside it.</summary>
    ValueOfSchema,
    InputName,
    SampleName,
    Model,
    Rule,
    Role,
    Regex,

    /// <summary>A file or folder, from the root.</summary>
    Path,

    /// <summary>A prompt's file, from the root.</summary>
    Prompt,
}

/// <summary>One key of the front matter or of <c>promptlsp.yaml</c>: each fact about it is written here alone.</summary>
/// <param name="Meaning">What it says, in a sentence or two of Markdown.</param>
public sealed record CatalogKey(string Name, KeyShape Shape, string Meaning)
{
    /// <summary>A line or two of YAML that shows it in use.</summary>
    public string? Example { get; init; }

    /// <summary>The keys of its map.</summary>
    public ImmutableArray<CatalogKey> Members { get; init; } = [];

    /// <summary>Keys besides <see cref="Members"/> may be right as well: only one that is nearly one of them is a slip.</summary>
    public bool TakesOtherKeys { get; init; }

    /// <summary>What each item of its list is, or each value of a map whose keys are the user's to name.</summary>
    public CatalogKey? Each { get; init; }

    /// <summary>The words it takes.</summary>
    public ImmutableArray<CatalogWord> Words { get; init; } = [];

    /// <summary>Words besides <see cref="Words"/> may be right as well.</summary>
    public bool TakesOtherWords { get; init; }

    public double? Least { get; init; }

    public double? Most { get; init; }

    /// <summary>Beyond this no model goes that we know of, though one might.</summary>
    public double? MostUsual { get; init; }

    public KeyContent Content { get; init; }

    /// <summary>PromptLsp's own, which other tools do not know and may use for something else.</summary>
    public bool IsOurs { get; init; }

    /// <summary>Few prompts have it: it is offered behind the others.</summary>
    public bool IsRare { get; init; }

    /// <summary>What stands behind the colon when the key is completed; <c>$0</c> is the cursor.</summary>
    public string? Value { get; init; }

    public bool Takes(KeyShape shape) => (Shape & shape) != KeyShape.None;

    public CatalogKey? Find(string name)
    {
        foreach (CatalogKey member in Members)
        {
            if (string.Equals(member.Name, name, StringComparison.Ordinal))
                return member;
        }
        return null;
    }

    /// <summary>What stands under a name in this key's map: a member of its own, else what each value is, unless that is what a list has.</summary>
    public CatalogKey? Under(string name) => Find(name) ?? (Takes(KeyShape.Map) && (Members.IsEmpty || !Takes(KeyShape.List)) ? Each : null);

    /// <summary>The shapes in a few words: <c>text or list</c>.</summary>
    public string ShapeText =>
        Content == KeyContent.Schema ? "schema"
        : Words.Length > 0 && !TakesOtherWords && Words.Length < 6 ? string.Join(" or ", Words.Select(w => w.Name))
        : string.Join(" or ", ShapeNames());

    private IEnumerable<string> ShapeNames()
    {
        foreach ((KeyShape shape, string name) in Names)
        {
            if (Takes(shape))
                yield return name;
        }
    }

    private static readonly (KeyShape, string)[] Names =
    [
        (KeyShape.Text, "text"),
        (KeyShape.Number, "number"),
        (KeyShape.Integer, "whole number"),
        (KeyShape.Boolean, "true or false"),
        (KeyShape.List, "list"),
        (KeyShape.Map, "map"),
        (KeyShape.Anything, "anything"),
    ];
}

/// <summary>A word that a key takes, and what it says.</summary>
public sealed record CatalogWord(string Name, string Meaning);
