using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Completion.Code;

/// <summary>Completes behind a dot: the functions of a namespace, or the members of a value.</summary>
internal static class MemberCompletion
{
    public static IEnumerable<CompletionItem> Of(CodeCursor cursor, MemberExpression member)
    {
        if (cursor.Prompt.Typing.IsNamespace(member.Target))
            return FunctionCompletion.Of(cursor, ((NameExpression)member.Target).Name, member);
        IEnumerable<CompletionItem> members =
            member.Target is NameExpression { Kind: NameKind.This } && cursor.Prompt.Meaning.SubjectName is null
                ? OfThis(cursor)
                : Of(cursor, member.Target, cursor.Word);
        return members.Select(m => CodeCursor.IsName(m.Label) ? m : InBrackets(cursor, m)).OfType<CompletionItem>();
    }

    // customer.$$ → customer["first-name"]
    private static CompletionItem? InBrackets(CodeCursor cursor, CompletionItem member) =>
        cursor.Prompt.Notation.Member(member.Label) is ['.', .. var name] ? member with { InsertText = name }
        : cursor.Word.Start - 1 is var dot && cursor.Prompt.Document.Text.Content[dot] == '.' && cursor.Prompt.Document.Text.Content[dot - 1] != '?'
            ? member with
            {
                InsertText = $"[{cursor.Prompt.Notation.Quoted(member.Label)}]",
                AlsoEdit = [new TextEdit(new(dot, 1), "")],
            }
        : null;

    /// <summary>The members of a value, by their bare names.</summary>
    public static IEnumerable<CompletionItem> Of(CodeCursor cursor, Expression target, TextSpan replace)
    {
        string owner = Written(cursor, target);
        PromptType type = cursor.TypeOf(target);
        if (type.IsAny)
            return OfShape(cursor, Shapes.Of(cursor.Prompt, target), replace, owner);
        return (type is UnionType union ? union.Options : [type]).SelectMany(option =>
            option is ObjectType made ? Fields(made, owner, replace) : OfShape(cursor, ValueShapes.Of(option), replace, owner)).DistinctBy(i => i.Label);
    }

    /// <summary>The members of an object.</summary>
    public static IEnumerable<CompletionItem> Fields(ObjectType type, string owner, TextSpan replace) =>
        type.Fields.Select(
            (field, i) =>
                new CompletionItem(field.Name, CompletionKind.Field, replace)
                {
                    Detail = field.Type.Display + (field.IsOptional ? "?" : ""),
                    Rank = Ranks.Members + i,
                    Documentation = () => SymbolText.Of(field, owner),
                }
        );

    private static IEnumerable<CompletionItem> OfShape(CodeCursor cursor, ValueShape shape, TextSpan replace, string owner) =>
        cursor
            .Prompt.Meaning.OwnMembers(shape)
            .Select(
                (fact, i) =>
                    new CompletionItem(fact.Name, CompletionKind.Field, replace)
                    {
                        Detail = fact.Shape == ValueShape.None ? fact.Type.Display : fact.Shape.Display(),
                        Rank = Ranks.Members + i,
                        Documentation = () => SymbolText.Of(new Field(fact.Name, fact.Type, Description: fact.Summary), owner),
                    }
            );

    // `this` holds what is given to the prompt and what it assigns; context variables and those of loops are elsewhere.
    private static IEnumerable<CompletionItem> OfThis(CodeCursor cursor) => cursor.Prompt.Scopes.VisibleAt(cursor.Offset)
        .Where(s => s.Kind is SymbolKind.Input or SymbolKind.Local or SymbolKind.Function && s.Name is not ['$', ..] and not "")
        .Select((s, i) => NameCompletion.Item(s, cursor.Word, Ranks.Members + i));

    // What stands before the cursor is as it is in the file.
    private static string Written(CodeCursor cursor, Expression target) =>
        target.Span.Start >= 0 && target.Span.End <= cursor.Offset ? cursor.Prompt.Document.Text[target.Span] : "";
}
