namespace PromptLsp.Cli.Versions;

/// <summary>A file, and a version of it: <c>FILE@REF</c> as people type it.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Reference">Null where none was given.</param>
internal sealed record FileAtReference(string Path, string? Reference)
{
    /// <summary>Cut at the last <c>@</c>, unless a file of the whole name exists: prompts may live in folders like <c>@acme</c>.</summary>
    public static FileAtReference Of(string argument, Terminal terminal)
    {
        int at = argument.LastIndexOf('@');
        if (at > 0 && at == argument.Length - 1 && !File.Exists(terminal.Absolute(argument)))
            throw new CommandFailure($"behind the `@` of `{argument}` a version is missing: v12, a tag, a fingerprint's beginning, head, head~2");
        return at <= 0 || File.Exists(terminal.Absolute(argument)) || argument.IndexOfAny(['/', '\\'], at) >= 0
            ? new(terminal.Absolute(argument), null)
            : new(terminal.Absolute(argument[..at]), argument[(at + 1)..]);
    }
}
