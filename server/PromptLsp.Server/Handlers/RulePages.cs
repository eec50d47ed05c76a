using PromptLsp.Language.Linting;
using PromptLsp.Server.Protocol;

namespace PromptLsp.Server.Handlers;

/// <summary>The pages of the rules as documents that are in no file: <c>promptlsp-rule:/unused-input.md</c>.</summary>
internal static class RulePages
{
    public const string Scheme = "promptlsp-rule";

    /// <summary>The server's own command, for a client that cannot open such a document; and that of one that can.</summary>
    public const string Show = "promptlsp.showRule", Open = "promptlsp.rule";

    private const string Extension = ".md";

    /// <summary>Null for a rule that nobody has written a page of.</summary>
    public static string? UriOf(string rule) => Rules.Find(rule) is null ? null : $"{Scheme}:/{rule}{Extension}";

    /// <summary>Null where the URI names no page.</summary>
    public static string? TextOf(string uri) => RuleOf(uri) is { } rule ? RulePage.Of(rule)?.Markdown : null;

    /// <summary>Shows a page as a document, as the person's editor shows any.</summary>
    public static async Task<object?> ShowAsync(Session session, string uri, CancellationToken cancel)
    {
        if (RuleOf(uri) is not { } rule || RulePage.Of(rule) is not { } page)
            throw RequestFailed.With($"{uri} names no rule; it would be {Scheme}:/unused-input{Extension}.");
        await session.Documents.ShowAsync(rule.Id, Extension, page.Markdown, cancel);
        return null;
    }

    public static Command CommandFor(ClientFlags client, string title, string uri) => new(title) { Name = client.Asks ? Open : Show, Arguments = [new(uri)] };

    // As with `file`, one slash means the same as three.
    private static Rule? RuleOf(string uri) => uri.StartsWith(Scheme + ":/", StringComparison.Ordinal) && uri.EndsWith(Extension, StringComparison.Ordinal)
        ? Rules.Find(uri[(Scheme.Length + 2)..^Extension.Length].TrimStart('/'))
        : null;
}
