using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Hover;

/// <summary>What there is to say about a place.</summary>
public static class Hovers
{
    public static HoverText? At(PromptModel prompt, int offset) =>
        prompt.Document.OtherFormat is not null ? null : BodyHover.At(prompt, offset);
}
