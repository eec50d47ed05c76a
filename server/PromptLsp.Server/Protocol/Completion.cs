using System.Text.Json;
using PromptLsp.Server.Rpc;

namespace PromptLsp.Server.Protocol;

internal sealed record CompletionParams(TextDocumentIdentifier TextDocument, Position Position)
{
    public CompletionContext? Context { get; init; }

    public static CompletionParams Read(JsonElement from) =>
        new(from.Object("textDocument", TextDocumentIdentifier.Read), from.Object("position", Position.Read))
        {
            Context = from.Optional("context", CompletionContext.Read),
        };
}

/// <summary>Why completions are asked for.</summary>
internal sealed record CompletionContext
{
    /// <summary>The character that was typed and opens the list; null where a letter did, or somebody asked.</summary>
    public string? TriggerCharacter { get; init; }

    public static CompletionContext Read(JsonElement from) => new() { TriggerCharacter = from.OptionalString("triggerCharacter") };
}

internal sealed record CompletionOptions : ISent
{
    public required string[] TriggerCharacters { get; init; }

    public bool ResolveProvider => true;

    public void Write(JsonMembers to) => to.Add("triggerCharacters", TriggerCharacters).Add("resolveProvider", ResolveProvider);
}

internal sealed record CompletionList(bool IsIncomplete, CompletionItem[] Items) : ISent
{
    public void Write(JsonMembers to) => to.Add("isIncomplete", IsIncomplete).Add("items", Items);
}

internal sealed record CompletionItem(string Label) : ISent
{
    public int? Kind { get; init; }

    public string? Detail { get; init; }

    public MarkupContent? Documentation { get; init; }

    public string? SortText { get; init; }

    public string? FilterText { get; init; }

    /// <summary>2 is a snippet.</summary>
    public int? InsertTextFormat { get; init; }

    public TextEdit? TextEdit { get; init; }

    public TextEdit[]? AdditionalTextEdits { get; init; }

    public Command? Command { get; init; }

    /// <summary>The list it stood in and its place there, for <c>completionItem/resolve</c>.</summary>
    public int[]? Data { get; init; }

    public void Write(JsonMembers to) => to
        .Add("label", Label)
        .Add("kind", Kind)
        .Add("detail", Detail)
        .Add("documentation", Documentation)
        .Add("sortText", SortText)
        .Add("filterText", FilterText)
        .Add("insertTextFormat", InsertTextFormat)
        .Add("textEdit", TextEdit)
        .Add("additionalTextEdits", AdditionalTextEdits)
        .Add("command", Command)
        .Add("data", Data);

    public static CompletionItem Read(JsonElement from) => new(from.String("label"))
    {
        Kind = from.OptionalInt("kind"),
        Detail = from.OptionalString("detail"),
        Documentation = from.Optional("documentation", MarkupContent.Read),
        SortText = from.OptionalString("sortText"),
        FilterText = from.OptionalString("filterText"),
        InsertTextFormat = from.OptionalInt("insertTextFormat"),
        TextEdit = from.Optional("textEdit", TextEdit.Read),
        AdditionalTextEdits = from.OptionalArray("additionalTextEdits", TextEdit.Read),
        Command = from.Optional("command", Command.Read),
        Data = from.OptionalInts("data"),
    };
}
