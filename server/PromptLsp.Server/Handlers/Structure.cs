using PromptLsp.Language.Folding;
using PromptLsp.Language.Links;
using PromptLsp.Language.Symbols;
using PromptLsp.Language.Text;
using PromptLsp.Server.Protocol;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.Index;

namespace PromptLsp.Server.Handlers;

/// <summary>A prompt's shape: outline, folds, links; and the prompts of the workspace by name.</summary>
internal static class Structure
{
    private const int MostSymbols = 500;

    public static DocumentSymbol[]? Symbols(Snapshot now, DocumentSymbolParams asked, CancellationToken cancel) =>
        now.Find(asked.TextDocument.Uri) is { } open ? [.. Outline.Of(open.Prompt).Select(i => ToLsp(i, open.Text))] : null;

    public static FoldingRange[]? Folding(Snapshot now, FoldingRangeParams asked, CancellationToken cancel) =>
        now.Find(asked.TextDocument.Uri) is { } open
            ? [.. Folds.Of(open.Prompt).Select(f => new FoldingRange(f.StartLine, f.EndLine) { Kind = f.Kind == FoldKind.Comment ? "comment" : null })]
            : null;

    public static DocumentLink[]? Links(Snapshot now, DocumentLinkParams asked, CancellationToken cancel) =>
        now.FindOpen(asked.TextDocument.Uri) is { } document
            ? [.. LinksOf(now, document).Select(l => new DocumentLink(document.Text.RangeOf(l.Span)) { Target = FileUri.FromPath(l.Path) })]
            : null;

    /// <summary>The places of a document that lead to other files, by their absolute paths.</summary>
    public static IEnumerable<FileLink> LinksOf(Snapshot now, OpenDocument document)
    {
        if (document.Path is not { } path)
            return [];
        Root root = now.Roots.Of(path);
        IEnumerable<FileLink> links = now.FindSettings(document.Uri) is not null ? SettingsLinks.Of(document.Text, now.SettingsOf(root).Context)
            : now.Find(document.Uri) is { } open ? IncludeLinks.Of(open.Prompt)
            : [];
        return links.Select(l => l with { Path = Path.GetFullPath(l.Path, root.Folder) });
    }

    /// <summary>Prompts by name or path, and below them, for who asks for more than all, inputs.</summary>
    public static WorkspaceSymbol[] WorkspaceSymbols(Snapshot now, WorkspaceSymbolParams asked, CancellationToken cancel)
    {
        if (now.Index is not { } index)
            return [];
        var prompts = index
            .Prompts.Select(p => (Prompt: p, Relative: now.Roots.Of(p.Path).Relative(p.Path)))
            .OrderBy(p => p.Relative, StringComparer.Ordinal)
            .ToList();
        cancel.ThrowIfCancellationRequested();
        IEnumerable<WorkspaceSymbol> named =
            from p in prompts
            let name = NameOf(p.Prompt, p.Relative)
            where Fits(name, asked.Query) || Fits(p.Relative, asked.Query)
            select new WorkspaceSymbol(
                name,
                Path.GetFileName(p.Prompt.Path)[0] == '_' ? PartialKind : PromptKind,
                new(FileUri.FromPath(p.Prompt.Path), default)
            )
            {
                ContainerName = p.Relative,
            };
        IEnumerable<WorkspaceSymbol> inputs =
            from p in asked.Query.Length == 0 ? [] : prompts
            from input in p.Prompt.Inputs
            where !string.IsNullOrWhiteSpace(input.Name) && Fits(input.Name, asked.Query)
            select new WorkspaceSymbol(input.Name, InputKind, new(FileUri.FromPath(p.Prompt.Path), RangeOf(input)))
            {
                ContainerName = NameOf(p.Prompt, p.Relative),
            };
        return [.. named.Concat(inputs).Take(MostSymbols)];
    }

    private const int PromptKind = 1, PartialKind = 2, InputKind = 8;

    // Editors refuse an empty name.
    private static string NameOf(IndexedPrompt prompt, string path) => string.IsNullOrWhiteSpace(prompt.Name) ? path : prompt.Name;

    private static Protocol.Range RangeOf(IndexedInput input) =>
        new(new(input.At.Line, input.At.Character), new(input.At.Line, input.At.Character + input.Name.Length));

    // The letters of the query in their order, as editors match: they narrow the answer further.
    private static bool Fits(string name, string query)
    {
        int at = 0;
        foreach (char c in query)
        {
            at = name.IndexOf(c.ToString(), at, StringComparison.OrdinalIgnoreCase) + 1;
            if (at == 0)
                return false;
        }
        return true;
    }

    private static DocumentSymbol ToLsp(OutlineItem item, SourceText text) =>
        new(item.Name, KindOf(item.Kind), text.RangeOf(item.Span), text.RangeOf(item.NameSpan))
        {
            Detail = item.Detail,
            Children = item.Children.IsEmpty ? null : [.. item.Children.Select(c => ToLsp(c, text))],
        };

    private static int KindOf(OutlineKind kind) => kind switch
    {
        OutlineKind.Key => 20,
        OutlineKind.Input => 8,
        OutlineKind.Sample => 19,
        OutlineKind.Message => 3,
        OutlineKind.Include => 2,
        OutlineKind.Variable => 13,
        OutlineKind.Function => 12,
        _ => 15,
    };
}
