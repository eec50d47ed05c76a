using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using PromptLsp.Server.Protocol;
using PromptLsp.Server.Rpc;

namespace PromptLsp.Server.Tests.Protocol;

/// <summary>A value for every member of any record of the protocol, and the JSON that it is.</summary>
internal static class Examples
{
    private const int DeepestNesting = 6;

    /// <summary>With a value for every member.</summary>
    public static object Full(Type type) => Of(type, type.Name, 0);

    /// <summary>With what it cannot do without.</summary>
    public static object Bare(Type type)
    {
        ConstructorInfo constructor = Constructor(type);
        return Made(type, constructor, [.. constructor.GetParameters().Select(p => Of(p.ParameterType, p.Name!, DeepestNesting))]);
    }

    /// <summary>What <see cref="Full"/> is as JSON.</summary>
    public static JsonNode Json(Type type) => ToJson(Full(type))!;

    /// <summary>Everything that a value says of itself, to be compared.</summary>
    public static string Text(object? value) => ToJson(value)?.ToJsonString() ?? "null";

    private static object Of(Type type, string name, int depth)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
            return name + "!";
        if (type == typeof(int))
            return name.Length + depth;
        if (type == typeof(long))
            return (long)name.Length;
        if (type == typeof(double))
            return name.Length + 0.5;
        if (type == typeof(bool))
            return true;
        if (type == typeof(JsonElement))
            return JsonSerializer.SerializeToElement(name);
        if (type == typeof(ISent[]))
            return new ISent[] { new Position(1, 2) };
        if (type.IsArray)
            return Filled(type.GetElementType()!, name, depth);
        if (type == typeof(IReadOnlyDictionary<string, string>))
            return new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = name };
        if (type.IsGenericType)
            return new Dictionary<string, TextEdit[]> { ["a"] = [(TextEdit)Of(typeof(TextEdit), name, depth + 1)] };
        ConstructorInfo constructor = Constructor(type);
        object made = Made(type, constructor, [.. constructor.GetParameters().Select(p => Of(p.ParameterType, p.Name!, depth + 1))]);
        foreach (
            PropertyInfo property in type.GetProperties()
                .Where(p => p.CanWrite && depth < DeepestNesting && constructor.GetParameters().All(c => c.Name != p.Name))
        )
            property.SetValue(made, Of(property.PropertyType, property.Name, depth + 1));
        return made;
    }

    private static Array Filled(Type element, string name, int depth)
    {
        var array = Array.CreateInstance(element, depth < DeepestNesting ? 2 : 0);
        for (int i = 0; i < array.Length; i++)
            array.SetValue(Of(element, name + i.ToString(CultureInfo.InvariantCulture), depth + 2), i);
        return array;
    }

    private static ConstructorInfo Constructor(Type type) =>
        type.GetConstructors(BindingFlags.Public | BindingFlags.Instance)
            .Where(c => c.GetParameters() is not [{ } only] || only.ParameterType != type)
            .MaxBy(c => c.GetParameters().Length)!;

    private static object Made(Type type, ConstructorInfo? constructor, object[] arguments) =>
        constructor is null ? RuntimeHelpers.GetUninitializedObject(type) : constructor.Invoke(arguments);

    private static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        bool truth => JsonValue.Create(truth),
        JsonElement element => JsonSerializer.SerializeToNode(element),
        IDictionary map => new JsonObject(map.Keys.Cast<string>().Select(k => KeyValuePair.Create(k, ToJson(map[k])))),
        IEnumerable many => new JsonArray([.. many.Cast<object?>().Select(ToJson)]),
        _ => new JsonObject(
            from property in Members(value.GetType())
            let node = ToJson(property.GetValue(value))
            where node is not null || ProtocolTests.IsAlwaysWritten(property)
            select KeyValuePair.Create(ProtocolTests.NameOf(property), node)),
    };

    // In the order in which they are declared, those of the constructor first.
    private static IEnumerable<PropertyInfo> Members(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(p => p.MetadataToken);
}
