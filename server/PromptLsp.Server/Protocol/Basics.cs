using System.Text.Json;
using PromptLsp.Language.Text;
using PromptLsp.Server.Rpc;

namespace PromptLsp.Server.Protocol;

/// <summary>Line and UTF-16 character, from 0.</summary>
internal readonly record struct Position(int Line, int Character) : ISent
{
    public void Write(JsonMembers to) => to.Add("line", Line).Add("character", Character);

    public static Position Read(JsonElement from) => new(from.Int("line"), from.Int("character"));
}

internal readonly record struct Range(Position Start, Position End) : ISent
{
    public void Write(JsonMembers to) => to.Add("start", Start).Add("end", End);

    public static Range Read(JsonElement from) => new(from.Object("start", Position.Read), from.Object("end", Position.Read));
}

internal sealed record Location(string Uri, Range Range) : ISent
{
    public void Write(JsonMembers to) => to.Add("uri", Uri).Add("range", Range);
}

internal sealed record TextEdit(Range Range, string NewText) : ISent
{
    public void Write(JsonMembers to) => to.Add("range", Range).Add("newText", NewText);

    public static TextEdit Read(JsonElement from) => new(from.Object("range", Range.Read), from.String("newText"));
}

internal sealed record TextDocumentIdentifier(string Uri)
{
    public static TextDocumentIdentifier Read(JsonElement from) => new(from.String("uri"));
}

internal sealed record VersionedTextDocumentIdentifier(string Uri, int Version)
{
    public static VersionedTextDocumentIdentifier Read(JsonElement from) => new(from.String("uri"), from.Int("version"));
}

internal sealed record TextDocumentItem(string Uri, int Version, string Text)
{
    public string? LanguageId { get; init; }

    public static TextDocumentItem Read(JsonElement from) => new(from.String("uri"), from.Int("version"), from.String("text"))
    {
        LanguageId = from.OptionalString("languageId"),
    };
}

internal sealed record TextDocumentPositionParams(TextDocumentIdentifier TextDocument, Position Position)
{
    public static TextDocumentPositionParams Read(JsonElement from) => new(
        from.Object("textDocument", TextDocumentIdentifier.Read),
        from.Object("position", Position.Read));
}

internal sealed record MarkupContent(string Kind, string Value) : ISent
{
    public void Write(JsonMembers to) => to.Add("kind", Kind).Add("value", Value);

    /// <summary>Markdown, or the same as plain text for who cannot show it.</summary>
    public static MarkupContent Of(string markdown, bool showsMarkdown) =>
        showsMarkdown ? new("markdown", markdown) : new("plaintext", Markdown.Plain(markdown));

    public static MarkupContent Read(JsonElement from) => new(from.String("kind"), from.String("value"));
}
