using System.Collections.Immutable;
using Is = PromptLsp.Language.Catalog.ValueShape;

namespace PromptLsp.Language.Catalog.ScribanFunctions;

/// <summary>The namespace <c>array</c>. No function changes the list it is given.</summary>
internal static class ArrayFunctions
{
    private static readonly FunctionParameter List = new("list", Is.Array, "The list.");

    public static ImmutableArray<CatalogFunction> All { get; } =
    [
        new(
            "array.add",
            "Gives the list with a value behind its last item.",
            [List, new("value", Is.Any, "The value.") { Content = ParameterContent.ItemOfFirst }],
            Is.Array
        )
        {
            ReturnRule = ReturnRule.ArrayOfFirst,
            Example = "[1, 2] | array.add 3",
            Result = "[1, 2, 3]",
        },
        new(
            "array.add_range",
            "Gives two lists as one.",
            [new("list1", Is.Array, "The items in front."), new("list2", Is.Array, "The items behind.")],
            Is.Array
        )
        {
            ReturnRule = ReturnRule.ArrayOfFirst,
            Example = "[1, 2] | array.add_range [3, 4]",
            Result = "[1, 2, 3, 4]",
        },
        new(
            "array.any",
            "Tells whether a function is true of at least one item.",
            [
                List,
                new("function", Is.Function, "The question, with `@` in front."),
                new("args", Is.Any, "What the function takes besides the item.") { IsRest = true },
            ],
            Is.Boolean
        )
        {
            Example = """["ada@x.io", "bob"] | array.any @string.contains "@" """,
            Result = "true",
        },
        new("array.compact", "Gives the list without its null items.", [List], Is.Array)
        {
            ReturnRule = ReturnRule.SameAsFirst,
            Example = "[1, null, 3] | array.compact",
            Result = "[1, 3]",
        },
        new("array.concat", "Gives two lists as one.", [new("list1", Is.Array, "The items in front."), new("list2", Is.Array, "The items behind.")], Is.Array)
        {
            ReturnRule = ReturnRule.ArrayOfFirst,
            Example = "[1, 2] | array.concat [3, 4]",
            Result = "[1, 2, 3, 4]",
        },
        new(
            "array.contains",
            "Tells whether a value is among the items.",
            [List, new("item", Is.Any, "The value to look for.") { Content = ParameterContent.ItemOfFirst }],
            Is.Boolean
        )
        {
            Example = """["free", "pro"] | array.contains "pro" """,
            Result = "true",
        },
        new(
            "array.cycle",
            "Gives the next item of the list each time it is called, and begins again after the last.",
            [List, new("group", Is.Any, "Calls of one group share their turn.") { IsOptional = true }],
            Is.Any
        )
        {
            ReturnRule = ReturnRule.ItemOfFirst,
            Example = """for n in 1..4; array.cycle ["odd ", "even "]; end""",
            Result = "odd even odd even ",
        },
        new("array.each", "Gives what a function makes of each item.", [List, new("function", Is.Function, "The function, with `@` in front.")], Is.Array)
        {
            Example = """["ada", "bob"] | array.each @string.capitalize""",
            Result = """["Ada", "Bob"]""",
        },
        new("array.filter", "Gives the items of which a function is true.", [List, new("function", Is.Function, "The question, with `@` in front.")], Is.Array)
        {
            ReturnRule = ReturnRule.SameAsFirst,
            Example = """["", "a", "b"] | array.filter @string.empty""",
            Result = """[""]""",
        },
        new("array.first", "Gives the first item, or null of an empty list.", [List], Is.Any)
        {
            ReturnRule = ReturnRule.ItemOfFirst,
            Example = """["a", "b"] | array.first""",
            Result = "a",
        },
        new(
            "array.insert_at",
            "Gives the list with a value put in at a place.",
            [List, new("index", Is.Integer, "The place, from 0."), new("value", Is.Any, "The value.")],
            Is.Array
        )
        {
            ReturnRule = ReturnRule.ArrayOfFirst,
            Example = """["a", "c"] | array.insert_at 1 "b" """,
            Result = """["a", "b", "c"]""",
        },
        new(
            "array.join",
            "Writes the items one after the other with something between them.",
            [
                List,
                new("delimiter", Is.String, "What stands between two items."),
                new("function", Is.Function, "What makes a text of each item, with `@` in front.") { IsOptional = true },
            ],
            Is.String
        )
        {
            Example = """["Ada", "Bob"] | array.join ", " """,
            Result = "Ada, Bob",
        },
        new("array.last", "Gives the last item, or null of an empty list.", [List], Is.Any)
        {
            ReturnRule = ReturnRule.ItemOfFirst,
            Example = """["a", "b"] | array.last""",
            Result = "b",
        },
        new("array.limit", "Gives the first items, so many and no more.", [List, new("count", Is.Integer, "How many.")], Is.Array)
        {
            ReturnRule = ReturnRule.SameAsFirst,
            Example = "[1, 2, 3] | array.limit 2",
            Result = "[1, 2]",
        },
        new(
            "array.map",
            "Gives one member of each item.",
            [new("list", Is.Array, "A list of objects."), new("member", Is.String, "The member's name.") { Content = ParameterContent.MemberOfItem }],
            Is.Array
        )
        {
            ReturnRule = ReturnRule.MembersOfFirst,
            Example = """[{ name: "Ada" }, { name: "Bob" }] | array.map "name" | array.join " and " """,
            Result = "Ada and Bob",
        },
        new("array.offset", "Gives the items behind the first few.", [List, new("index", Is.Integer, "How many to leave out.")], Is.Array)
        {
            ReturnRule = ReturnRule.SameAsFirst,
            Example = "[1, 2, 3] | array.offset 1",
            Result = "[2, 3]",
        },
        new(
            "array.remove_at",
            "Gives the list without the item at a place.",
            [List, new("index", Is.Integer, "The place, from 0; negative counts from the end.")],
            Is.Array
        )
        {
            ReturnRule = ReturnRule.SameAsFirst,
            Example = """["a", "b", "c"] | array.remove_at 1""",
            Result = """["a", "c"]""",
        },
        new("array.reverse", "Gives the items from the last to the first.", [List], Is.Array)
        {
            ReturnRule = ReturnRule.SameAsFirst,
            Example = "[1, 2, 3] | array.reverse",
            Result = "[3, 2, 1]",
        },
        new("array.size", "Counts the items.", [List], Is.Integer) { Example = "[1, 2, 3] | array.size", Result = "3" },
        new(
            "array.sort",
            "Gives the items in ascending order.",
            [List, new("member", Is.String, "The member of each item to sort by.") { IsOptional = true, Content = ParameterContent.MemberOfItem }],
            Is.Array
        )
        {
            ReturnRule = ReturnRule.SameAsFirst,
            Example = "[3, 1, 2] | array.sort",
            Result = "[1, 2, 3]",
        },
        new("array.uniq", "Gives each value once, in the order of its first appearance.", [List], Is.Array)
        {
            ReturnRule = ReturnRule.SameAsFirst,
            Example = "[1, 2, 1] | array.uniq",
            Result = "[1, 2]",
        },
    ];
}
