using System.Collections.Immutable;
using PromptLsp.Language.Catalog.Types;

namespace PromptLsp.Language.Catalog;

/// <summary>One builtin function or constant of a template language: what completion, hover and the rules know of it.</summary>
/// <param name="Name">With its namespace, as one writes it: <c>string.upcase</c>, <c>include</c>.</param>
/// <param name="Summary">What it does, in one sentence.</param>
/// <param name="Returns">What it gives.</param>
public sealed record CatalogFunction(string Name, string Summary, ImmutableArray<FunctionParameter> Parameters, ValueShape Returns)
{
    /// <summary>How the result's type follows from the arguments' types; <see cref="TypeOf"/> applies it.</summary>
    public ReturnRule ReturnRule { get; init; }

    /// <summary>Code between braces that shows it at work. Blanks around it are for the eye of who writes it, and are dropped.</summary>
    public required string Example { get; init => field = value.Trim(); }

    /// <summary>What the example renders to; null where that depends on the run or on other files.</summary>
    public string? Result { get; init; }

    /// <summary>False for what the clock or chance decides.</summary>
    public bool IsDeterministic { get; init; } = true;

    /// <summary>A value that is not called: <c>timespan.zero</c>.</summary>
    public bool IsConstant { get; init; }

    /// <summary>Acts on the messages and is known to every dialect: <c>role</c>, <c>history</c>, <c>media</c>, <c>section</c>.</summary>
    public bool IsMessageFunction { get; init; }

    /// <summary>The application gives it to templates, and only that knows what it does.</summary>
    public bool IsOfApplication { get; init; }

    /// <summary>Stops the rendering where it is given too few or too many values.</summary>
    public bool FailsOnCount { get; init; }

    /// <summary>Runs its first argument as code, so that nothing from outside may reach it.</summary>
    public bool RunsItsArgument { get; init; }

    /// <summary>Takes named arguments beyond its parameters, as <c>include</c> does for its partial.</summary>
    public bool TakesOtherNames { get; init; }

    /// <summary>What stands before the dot; empty for a function at the top.</summary>
    public string Namespace => Dot < 0 ? "" : Name[..Dot];

    /// <summary>What stands behind the dot.</summary>
    public string ShortName => Name[(Dot + 1)..];

    /// <summary>The least number of arguments, the piped one included.</summary>
    public int RequiredCount => Parameters.Count(p => p is { IsOptional: false, IsRest: false });

    /// <summary>The greatest number of arguments, the piped one included; null where there is no end to them.</summary>
    public int? MaximumCount => Parameters.Any(p => p.IsRest) ? null : Parameters.Count(p => !p.IsNamed);

    /// <summary>What may be piped in: the first parameter's shape, nothing where there is none.</summary>
    public ValueShape Pipes => Parameters.IsEmpty ? ValueShape.None : Parameters[0].Takes;

    /// <summary><c>string.truncate(text: string, length: integer, ellipsis?: string): string</c></summary>
    public string Signature => IsConstant
        ? $"{Name}: {Returns.Display()}"
        : $"{Name}({string.Join(", ", Parameters.Select(p => p.Display))}): {Returns.Display()}";

    private int Dot => Name.IndexOf('.', StringComparison.Ordinal);

    /// <summary>The type of the result.</summary>
    /// <param name="arguments">The arguments' types, the piped one first; fewer than the parameters is fine.</param>
    /// <param name="member">The second argument where it is a literal string, for <see cref="ReturnRule.MembersOfFirst"/>.</param>
    public PromptType TypeOf(ImmutableArray<PromptType> arguments, string? member = null)
    {
        PromptType first = arguments.IsEmpty ? PromptType.Any : arguments[0];
        return ReturnRule switch
        {
            ReturnRule.SameAsFirst => first,
            ReturnRule.ItemOfFirst => first is ArrayType array ? array.Item : PromptType.Any,
            ReturnRule.ArrayOfFirst => new ArrayType(first is ArrayType list && arguments.Skip(1).All(a => IsOneMore(list, a)) ? list.Item : PromptType.Any),
            ReturnRule.MembersOfFirst => new ArrayType(
                first is ArrayType { Item: ObjectType item } && member is not null ? item.Find(member)?.Type ?? PromptType.Any : PromptType.Any
            ),
            ReturnRule.ValuesOfFirst => new ArrayType(PromptType.Any),
            ReturnRule.ArrayOfStrings => new ArrayType(PromptType.String),
            ReturnRule.FirstOrSecond => arguments.Length > 1 && Equals(first, arguments[1]) ? first
            : first is EnumType && arguments.Length > 1 && arguments[1] == PromptType.String ? PromptType.String
            : PromptType.Any,
            _ => Returns.TypeOf(),
        };
    }

    // An item, a list of such items, or the place where it goes.
    private static bool IsOneMore(ArrayType list, PromptType argument) =>
        Equals(argument, list.Item) || Equals(argument, list) || argument == PromptType.Integer;
}

/// <summary>One parameter. Its name is the one that a call may give it by (<c>ellipsis: "…"</c>).</summary>
public sealed record FunctionParameter(string Name, ValueShape Takes, string? Summary = null)
{
    public bool IsOptional { get; init; }

    /// <summary>Takes all arguments that are left.</summary>
    public bool IsRest { get; init; }

    /// <summary>It is given by its name alone.</summary>
    public bool IsNamed { get; init; }

    /// <summary>What it holds, where that follows from other things than its shape.</summary>
    public ParameterContent Content { get; init; }

    /// <summary>Values worth offering; others are right too.</summary>
    public ImmutableArray<CatalogWord> Words { get; init; } = [];

    public string Display => IsRest ? $"…{Name}" : $"{Name}{(IsOptional ? "?" : "")}: {Takes.Display()}";
}

/// <summary>What an argument holds, where the call around it tells.</summary>
public enum ParameterContent
{
    Plain,
    Role,

    /// <summary>The path of a partial.</summary>
    Include,

    /// <summary>A list of such paths.</summary>
    Includes,

    /// <summary>The name of a member that the first argument's items have.</summary>
    MemberOfItem,

    /// <summary>The name of a member of the first argument.</summary>
    MemberOfFirst,

    /// <summary>A value like the first argument's items.</summary>
    ItemOfFirst,

    /// <summary>A value like the first argument.</summary>
    SameAsFirst,

    /// <summary>A regular expression of .NET.</summary>
    Pattern,
}

/// <summary>How the type of a result follows from the arguments.</summary>
public enum ReturnRule
{
    /// <summary>Always what <see cref="CatalogFunction.Returns"/> says.</summary>
    Plain,
    SameAsFirst,

    /// <summary>One item of the first argument.</summary>
    ItemOfFirst,

    /// <summary>The first argument's items, and what the others add to them.</summary>
    ArrayOfFirst,

    /// <summary>A member of each item of the first argument; the second one names it.</summary>
    MembersOfFirst,

    /// <summary>The values of the first argument's members.</summary>
    ValuesOfFirst,
    ArrayOfStrings,

    /// <summary>The first argument, or the second one where there is nothing in the first.</summary>
    FirstOrSecond,
}
