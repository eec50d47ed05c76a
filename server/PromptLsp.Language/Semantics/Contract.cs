using System.Collections.Immutable;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics;

/// <summary>What callers of a prompt give to it and what readers of its answer find in it: how that changed between two versions.</summary>
public static class Contract
{
    /// <summary>Inputs first, each part in the order of the newer schema, then what is gone.</summary>
    public static IEnumerable<ContractChange> Changes(PromptHeader old, PromptHeader now) => [.. Inputs(old, now), .. Outputs(old, now)];

    // Without a schema, nobody knows what callers give.
    private static IEnumerable<ContractChange> Inputs(PromptHeader old, PromptHeader now) =>
        old.DeclaresInputs && now.DeclaresInputs ? InputFields("", old.Inputs, now.Inputs, now.Defaults.ContainsKey, null) : [];

    private static IEnumerable<ContractChange> InputFields(string prefix, ObjectType old, ObjectType now, Func<string, bool> hasDefault, TextSpan? place)
    {
        foreach (Field field in now.Fields)
        {
            string name = prefix + field.Name;
            bool isRequired = !field.IsOptional && !hasDefault(field.Name);
            TextSpan? here = field.NameSpan ?? place;
            if (old.Find(field.Name) is not { } before)
            {
                yield return new(
                    ContractSide.Input,
                    name,
                    isRequired,
                    isRequired ? $"the input `{name}` is new and required" : $"the input `{name}` is new and optional",
                    here
                );
                continue;
            }
            if (before.IsOptional && isRequired)
                yield return new(ContractSide.Input, name, true, $"the input `{name}` was optional and is required now", here);
            foreach (ContractChange change in InputType(name, before.Type, field.Type, here))
                yield return change;
        }
        foreach (Field gone in old.Fields.Where(f => now.Find(f.Name) is null && now.IsClosed))
            yield return new(ContractSide.Input, prefix + gone.Name, !gone.IsOptional, $"the input `{prefix}{gone.Name}` is gone", place);
    }

    private static IEnumerable<ContractChange> InputType(string name, PromptType old, PromptType now, TextSpan? place) => (old, now) switch
    {
        (ObjectType before, ObjectType after) => InputFields(name + ".", before, after, static _ => false, place),
        (ArrayType before, ArrayType after) => InputType(name + "[]", before.Item, after.Item, place),
        _ when old.Equals(now) => [],
        _ when Accepts(now, old) => [new(ContractSide.Input, name, false, $"the input `{name}` was {Shown(old)} and takes {Shown(now)} now", place)],
        _ => [new(ContractSide.Input, name, true, $"the input `{name}` was {Shown(old)} and takes only {Shown(now)} now", place)],
    };

    private static IEnumerable<ContractChange> Outputs(PromptHeader old, PromptHeader now) =>
        old.Output is { } before && now.Output is { } after ? OutputType("", before, after, null)
        : old.Output is not null ? [new(ContractSide.Output, "", true, "the output has no schema any more", null)]
        : [];

    private static IEnumerable<ContractChange> OutputType(string name, PromptType old, PromptType now, TextSpan? place)
    {
        string shown = name.Length == 0 ? "the output" : $"the output `{name}`";
        return (old, now) switch
        {
            (ObjectType before, ObjectType after) => OutputFields(name.Length == 0 ? "" : name + ".", before, after, place),
            (ArrayType before, ArrayType after) => OutputType(name + "[]", before.Item, after.Item, place),
            _ when old.Equals(now) => [],
            _ => [new(ContractSide.Output, name, !Accepts(old, now), $"{shown} was {Shown(old)} and is {Shown(now)} now", place)],
        };
    }

    private static IEnumerable<ContractChange> OutputFields(string prefix, ObjectType old, ObjectType now, TextSpan? place)
    {
        foreach (Field field in now.Fields)
        {
            string name = prefix + field.Name;
            TextSpan? here = field.NameSpan ?? place;
            if (old.Find(field.Name) is not { } before)
            {
                yield return new(ContractSide.Output, name, false, $"the output `{name}` is new", here);
                continue;
            }
            if (!before.IsOptional && field.IsOptional)
                yield return new(ContractSide.Output, name, true, $"the output `{name}` was always there and may be left out now", here);
            foreach (ContractChange change in OutputType(name, before.Type, field.Type, here))
                yield return change;
        }
        foreach (Field gone in old.Fields.Where(f => now.Find(f.Name) is null && now.IsClosed))
            yield return new(ContractSide.Output, prefix + gone.Name, true, $"the output `{prefix}{gone.Name}` is gone", place);
    }

    /// <summary>True where every value of the one is a value of the other, or too little is known to say no.</summary>
    private static bool Accepts(PromptType taker, PromptType given) =>
        (taker, given) switch
        {
            _ when taker.IsAny || given.IsAny || taker.Equals(given) => true,
            (_, UnionType { Options: var options }) => options.All(o => Accepts(taker, o)),
            (UnionType { Options: var options }, _) => options.Any(o => Accepts(o, given)),
            (ScalarType { Kind: ScalarKind.Number }, ScalarType { Kind: ScalarKind.Integer }) => true,
            (ScalarType { Kind: ScalarKind.String }, EnumType) => true,
            (EnumType all, EnumType some) => some.Values.All(v => all.Values.Contains(v, StringComparer.Ordinal)),
            (ArrayType all, ArrayType some) => Accepts(all.Item, some.Item),
            (ObjectType all, ObjectType some) => all.Fields.All(f =>
                some.Find(f.Name) is { } same ? Accepts(f.Type, same.Type) && (f.IsOptional || !same.IsOptional) : f.IsOptional || !some.IsClosed
            ),
            _ => false,
        };

    private static string Shown(PromptType type) =>
        type is EnumType { Values: var values } ? $"one of {string.Join(", ", values.Take(8))}{(values.Length > 8 ? ", …" : "")}" : type.Display;
}

/// <summary>One difference between what two versions take or give.</summary>
/// <param name="Path">The input or output, as in <c>customer.tier</c> or <c>items[].price</c>.</param>
/// <param name="IsBreaking">Who used the older version rightly can fail with the newer one.</param>
/// <param name="Message">One line without a full stop.</param>
/// <param name="Place">In the newer version's file; null where there is no better place than the schema.</param>
public sealed record ContractChange(ContractSide Side, string Path, bool IsBreaking, string Message, TextSpan? Place);

public enum ContractSide
{
    Input,
    Output,
}

/// <summary>A version that people rely on: what the last environment holds, else the one with the newest tag.</summary>
/// <param name="Tag">The tag, or the environment.</param>
public sealed record ReleasedPrompt(string Tag, PromptHeader Header)
{
    /// <summary>The text that runs in that environment; null for a tag.</summary>
    public string? Running { get; init; }
}
