namespace PromptLsp.Language.Syntax.Formats;

/// <summary>A kind of prompt file.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Ending">What the names of such files end in.</param>
public sealed record Format(string Name, string Ending);
