namespace PromptLsp.Language.Catalog.Dialects;

/// <summary>Of a language that is known by name only. Outputs are written alike in all that there are.</summary>
internal sealed class OpaqueNotation : Notation
{
    public override string Island(string code) => "{{ " + code + " }}";

    public override string? CommentLine(string words) => null;
}
