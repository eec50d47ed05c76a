using System.Collections.Immutable;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Catalog.Dialects.Scriban;

/// <summary>How Scriban is written.</summary>
internal sealed class ScribanNotation : Notation
{
    public override string Island(string code) => "{{ " + code + " }}";

    // `~` takes the white space around the comment away, its own line end too.
    public override string CommentLine(string words) => $"{{{{~ # {words} ~}}}}";

    internal override ImmutableArray<TextEdit> Spacing(PromptDocument document, ImmutableArray<Problem> problems) => ScribanSpacing.Edits(document, problems);

    internal override bool SpellsTheSame(PromptDocument one, PromptDocument other) => ScribanSpacing.SpellsTheSame(one, other);
}
