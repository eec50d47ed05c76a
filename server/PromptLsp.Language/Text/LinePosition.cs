namespace PromptLsp.Language.Text;

/// <summary>A place as LSP counts it: line and UTF-16 character, both from 0.</summary>
public readonly record struct LinePosition(int Line, int Character);
