namespace PromptLsp.History.Store;

/// <summary>What a tag may be called: nothing that could mean another version.</summary>
public static class TagName
{
    public const int Longest = 64;

    public static bool IsValid(string name) => Problem(name) is null;

    /// <summary>Why a name will not do, in one line; null where it does.</summary>
    public static string? Problem(string name) => name switch
    {
        "" => "A tag needs a name.",
        { Length: > Longest } => $"A tag has {Longest} characters at most; this one has {name.Length}.",
        _ when !char.IsAsciiLetterOrDigit(name[0]) => $"`{Shown(name)}` does not begin with a letter or digit, as a tag must.",
        _ when !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-') => $"`{Shown(name)}` may have only letters, digits, `.`, `_` and `-`.",
        "latest" or "head" => $"`{name}` always means the newest version and cannot be a tag.",
        ['v', .. var rest] when rest.Length > 0 && rest.All(char.IsAsciiDigit) => $"`{name}` means a version's number and cannot be a tag.",
        ['v', '-', .. var rest] when rest.Length > 0 && rest.All(char.IsAsciiDigit) => $"`{name}` means a version's number and cannot be a tag.",
        _ when DeletedName.IsOne(name) => $"`{name}` means a deleted prompt and cannot be a tag.",
        _ when Reference.IsFingerprint(name) => $"`{name}` reads as a fingerprint and cannot be a tag.",
        _ => null,
    };

    private static string Shown(string name) => new([.. name.Select(c => char.IsControl(c) ? '\uFFFD' : c)]);
}
