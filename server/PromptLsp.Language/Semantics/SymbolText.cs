using System.Text;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics;

/// <summary>What there is to say of a name, as Markdown: its type, what it is for, a value, and where it comes from.</summary>
public static class SymbolText
{
    public static string Of(Symbol symbol)
    {
        var text = new StringBuilder(Head(symbol.Written, symbol.Type, symbol.IsOptional));
        Sentence(text, symbol.Description);
        if (symbol.Sample is { } sample)
            text.Append("\n\nSample: ").Append(Markdown.Code(ValueText.Of(sample)));
        text.Append("\n\n*").Append(Origin(symbol)).Append('*');
        return text.ToString();
    }

    /// <param name="owner">What it is a member of; null for a schema that has no name.</param>
    /// <param name="sample">A value of it, where one is known.</param>
    public static string Of(Field field, string? owner, object? sample = null)
    {
        var text = new StringBuilder(Head(field.Name, field.Type, field.IsOptional));
        Sentence(text, field.Description);
        if (sample is not null)
            text.Append("\n\nSample: ").Append(Markdown.Code(ValueText.Of(sample)));
        text.Append(owner is null ? "\n\n*declared by this schema*" : $"\n\n*member of {Markdown.Code(owner)}*");
        return text.ToString();
    }

    private static string Head(string name, PromptType type, bool isOptional)
    {
        string head = Markdown.Block($"{name}{(isOptional ? "?" : "")}: {type.Display}", "yaml");
        return type is ObjectType { Fields: { IsEmpty: false } fields } ? head + "\n" + Members(fields) : head;
    }

    private static string Members(IEnumerable<Field> fields) =>
        string.Join(
            "\n",
            fields
                .Take(ListedMembers)
                .Select(f =>
                    $"- {Markdown.Code(f is { IsOptional: true, NameSpan: not null } ? f.Name + "?" : f.Name)} "
                        + $"{Markdown.Escape(f.Type.Display)}{(f.Description is { } d ? ": " + Markdown.Escape(d) : "")}"
                )
        );

    private const int ListedMembers = 12;

    private static void Sentence(StringBuilder text, string? description)
    {
        if (!string.IsNullOrWhiteSpace(description))
            text.Append("\n\n").Append(Markdown.Escape(description.Trim()));
    }

    private static string Origin(Symbol symbol) => symbol.Kind switch
    {
        SymbolKind.Input => (symbol.IsUntrusted ? "untrusted input" : "input") + (symbol.HasDefault ? ", with a default" : ""),
        SymbolKind.Context => "context variable" + (symbol.DeclaredIn is { } file ? " from " + Markdown.Escape(file) : ""),
        SymbolKind.Local => "assigned in this prompt",
        SymbolKind.LoopVariable => "the loop's variable",
        SymbolKind.LoopObject => "facts of the loop",
        SymbolKind.Parameter => "parameter of the function",
        SymbolKind.Function => "function of this prompt",
        SymbolKind.Member => "member brought in by the block around",
        SymbolKind.Subject => "what bare names here are members of",
        SymbolKind.Partial => "partial of this prompt",
        _ => "given by whoever renders this",
    };
}
