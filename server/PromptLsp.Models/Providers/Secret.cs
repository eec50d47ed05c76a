namespace PromptLsp.Models.Providers;

/// <summary>A key. It goes into the header of a request and nowhere else: whoever writes it as text gets none of it.</summary>
public sealed class Secret(string value)
{
    internal string Value { get; } = value;

    /// <summary>A text of somebody else's without the key in it.</summary>
    public string RemoveFrom(string text) => text.Replace(Value, "…", StringComparison.Ordinal);

    public override string ToString() => "…";

    /// <summary>Headers take these characters alone.</summary>
    internal static bool IsPossible(string value) => value.Length is > 0 and <= 4096 && value.All(c => c is > ' ' and < '\x7F');
}
