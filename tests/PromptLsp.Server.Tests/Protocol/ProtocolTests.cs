using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using PromptLsp.Testing;
using PromptLsp.Server.Rpc;
using Basics = PromptLsp.Server.Protocol.Position;

namespace PromptLsp.Server.Tests.Protocol;

/// <summary>Holds what we say and hear against LSP's own description. Where that is not present there is nothing to hold against.</summary>
public sealed partial class ProtocolTests
{
    private static readonly NullabilityInfoContext Nullability = new();

    private static IEnumerable<Type> Ours => typeof(Basics).Assembly.GetTypes()
        .Where(t => t.Namespace?.StartsWith(typeof(Basics).Namespace!, StringComparison.Ordinal) == true && !t.IsNested && !t.Name.StartsWith('<'));

    [Fact]
    public void Every_record_is_a_type_of_the_protocol() =>
        AssertNone(model => from type in Ours
                            where !type.IsEnum && model.Properties(type.Name) is null
                            select $"{type.Name} is no structure of LSP");

    [Fact]
    public void Every_property_has_the_name_and_a_type_that_the_protocol_gives_it() =>
        AssertNone(model => from property in Properties(model)
                            select property.Theirs is not { } theirs ? $"{property} is not in LSP"
                                : theirs.Types.Any(t => Fits(model, property.Type, t)) ? null
                                : $"{property} is a {property.Type.Name}; in LSP {string.Join(" or ", theirs.Types.Select(t => t.ToJsonString()))}");

    [Fact]
    public void What_the_protocol_requires_is_always_sent() =>
        AssertNone(model => from type in Ours
                            where type.IsAssignableTo(typeof(ISent))
                            from theirs in (model.Properties(type.Name) ?? []).Values
                            where !theirs.IsOptional && !type.GetProperties().Any(p => NameOf(p) == theirs.Name && (!IsNullable(p) || IsAlwaysWritten(p)))
                            select $"{type.Name}.{theirs.Name} is required by LSP and can be missing here");

    [Fact]
    public void Nothing_is_required_of_a_client_that_the_protocol_leaves_to_it() =>
        AssertNone(model => from property in Properties(model)
                            where property.Theirs is { } theirs && model.Received.Contains(property.Of.Name)
                                && ((IsRequired(property.Property) && theirs.IsOptional) || (!IsNullable(property.Property) && theirs.MayBeNull))
                            select $"{property} may be left out or null in LSP");

    [Fact]
    public void Every_enumeration_has_the_values_of_the_protocol() =>
        AssertNone(model => from type in typeof(Basics).Assembly.GetTypes()
                            where type.IsEnum && model.Values(type.Name) is not null
                            from name in Enum.GetNames(type)
                            let value = Convert.ToInt32(Enum.Parse(type, name), null).ToString(null, null)
                            where model.Values(type.Name)!.GetValueOrDefault(name) != value
                            select $"{type.Name}.{name} is not {value} in LSP");

    [Fact]
    public void Every_route_is_a_message_of_the_protocol_and_reads_its_parameters() =>
        AssertNone(model =>
            from route in Route().Matches(File.ReadAllText(Path.Combine(Corpus.Root, "server", "PromptLsp.Server", "Routes.cs")))
            let method = route.Groups["method"].Value
            let verb = route.Groups["verb"].Value
            let parameters = route.Groups["type"].Value
            where !method.StartsWith("promptlsp/", StringComparison.Ordinal)
            select model.Message(method) is not { } message ? $"{method} is no message of LSP"
            : verb == "Read" && !message.IsRequest ? $"{method} has no answer, so that it cannot be a Read"
            : verb == "Change" && message.IsRequest ? $"{method} waits for an answer, so that it cannot be a Change"
            : parameters.Length > 0 && !IsPartOf(model, parameters, message.Parameters)
                ? $"{method} takes {message.Parameters}, which {parameters} is no part of"
            : null
        );

    [Fact]
    public void What_is_sent_is_written_as_it_is_named()
    {
        foreach (Type type in Records.Where(t => t.IsAssignableTo(typeof(ISent))))
        {
            Assert.Equal(Examples.Json(type).ToJsonString(), Written(Examples.Full(type)));
            foreach (PropertyInfo property in type.GetProperties().Where(IsNullable))
                Assert.Equal(IsAlwaysWritten(property), Written(Examples.Bare(type)).Contains($"\"{NameOf(property)}\":null", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void What_is_received_is_read_as_it_is_named()
    {
        foreach (Type type in Records)
        {
            if (type.GetMethod("Read", [typeof(JsonElement)]) is not { } read)
                continue;
            object? received = read.Invoke(null, [JsonSerializer.SerializeToElement(Examples.Json(type))]);
            Assert.Equal(Examples.Text(Examples.Full(type)), Examples.Text(received));
        }
    }

    private static IEnumerable<Type> Records =>
        from type in typeof(Basics).Assembly.GetTypes()
        where
            !type.IsAbstract
            && !type.IsInterface
            && (type.IsAssignableTo(typeof(ISent)) || type.GetMethod("Read", [typeof(JsonElement)]) is { } read && read.ReturnType == type)
        select type;

    private static string Written(object value)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output))
            JsonMembers.Write(json, value);
        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }

    private static void AssertNone(Func<MetaModel, IEnumerable<string?>> complaints)
    {
        if (MetaModel.Official is { } model)
            Assert.Empty(complaints(model).OfType<string>());
    }

    private static IEnumerable<OurProperty> Properties(MetaModel model) =>
        from type in Ours
        where !type.IsEnum && model.Properties(type.Name) is not null
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        select new OurProperty(type, property, model.Properties(type.Name)!.GetValueOrDefault(NameOf(property)));

    // Several messages whose parameters begin alike may be read as what they share.
    private static bool IsPartOf(MetaModel model, string ours, string? theirs) =>
        string.Equals(ours, theirs, StringComparison.Ordinal)
        || (theirs is not null && model.Properties(theirs) is { } whole && model.Properties(ours) is { } part && part.Keys.All(whole.ContainsKey));

    private static bool Fits(MetaModel model, Type type, JsonNode theirs)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return (string)theirs["kind"]! switch
        {
            "base" => (string)theirs["name"]! switch
            {
                "string" or "DocumentUri" or "URI" => type == typeof(string),
                "integer" or "uinteger" => type == typeof(int) || type.IsEnum,
                "decimal" => type == typeof(double),
                "boolean" => type == typeof(bool),
                _ => false,
            },
            "stringLiteral" => type == typeof(string),
            // Records of several types stand in an array of objects; each type is held against LSP by itself.
            "array" => type.IsArray && (type == typeof(ISent[]) || model.Alternatives(theirs["element"]!).Any(t => Fits(model, type.GetElementType()!, t))),
            "reference" => type.Name == (string)theirs["name"]! || (string)theirs["name"]! is "LSPAny",
            "map" => type.IsGenericType && model.Alternatives(theirs["value"]!).Any(t => Fits(model, type.GetGenericArguments()[1], t)),
            "literal" => Ours.Contains(type),
            _ => false,
        };
    }

    internal static string NameOf(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    internal static bool IsNullable(PropertyInfo property)
    {
        lock (Nullability)
            return Nullability.Create(property).ReadState == NullabilityState.Nullable;
    }

    // Written as null where it has no value.
    internal static bool IsAlwaysWritten(PropertyInfo property) => property.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition == JsonIgnoreCondition.Never;

    // A message without it would be refused.
    private static bool IsRequired(PropertyInfo property) =>
        property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute))
        || property.DeclaringType!.GetConstructors().Any(c => c.GetParameters().Any(p => p.Name == property.Name && !p.HasDefaultValue));

    [GeneratedRegex("""session\.(?<verb>\w+)\("(?<method>[^"]+)"(, (?<type>\w+)\.Read\b)?""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Route();

    private sealed record OurProperty(Type Of, PropertyInfo Property, ModelProperty? Theirs)
    {
        public Type Type => Property.PropertyType;

        public override string ToString() => $"{Of.Name}.{NameOf(Property)}";
    }
}
