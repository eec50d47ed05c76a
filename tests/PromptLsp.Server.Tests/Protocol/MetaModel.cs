using System.Text.Json.Nodes;
using PromptLsp.Testing;

namespace PromptLsp.Server.Tests.Protocol;

/// <summary>LSP's own description of its messages and types, beside the repository where it is present.</summary>
internal sealed class MetaModel
{
    private readonly JsonNode _model;
    private readonly Dictionary<string, JsonNode> _structures, _enumerations, _aliases;

    private MetaModel(JsonNode model)
    {
        _model = model;
        _structures = Named("structures");
        _enumerations = Named("enumerations");
        _aliases = Named("typeAliases");
        foreach (JsonNode message in model["requests"]!.AsArray().Concat(model["notifications"]!.AsArray()).OfType<JsonNode>())
        {
            string direction = (string)message["messageDirection"]!;
            foreach (string part in (string[])["params", "result", "errorData"])
            {
                if (direction != (part == "params" ? "serverToClient" : "clientToServer"))
                    Reach(message[part]);
            }
        }
    }

    /// <summary>Null where the model is not present.</summary>
    public static MetaModel? Official { get; } = Load();

    /// <summary>The structures that a server gets.</summary>
    public HashSet<string> Received { get; } = new(StringComparer.Ordinal);

    /// <summary>The name of the parameters' structure; null for a message without, and no entry for a method that LSP does not have.</summary>
    public (bool IsRequest, string? Parameters)? Message(string method) =>
        Find("requests", method) is { } request ? (true, (string?)request["params"]?["name"])
        : Find("notifications", method) is { } notification ? (false, (string?)notification["params"]?["name"])
        : null;

    /// <summary>The properties of a structure, or of all alternatives that an alias stands for; null where there is neither.</summary>
    public Dictionary<string, ModelProperty>? Properties(string name)
    {
        if (_structures.TryGetValue(name, out JsonNode? structure))
            return PropertiesOf(structure);
        if (!_aliases.TryGetValue(name, out JsonNode? alias))
            return null;
        Dictionary<string, ModelProperty>[] alternatives =
        [
            .. Alternatives(alias["type"]!)
                .Where(t => (string?)t["kind"] == "reference")
                .Select(t => Properties((string)t["name"]!))
                .OfType<Dictionary<string, ModelProperty>>(),
        ];
        return alternatives
            .SelectMany(a => a.Values)
            .GroupBy(p => p.Name, StringComparer.Ordinal)
            .ToDictionary(
                g => g.Key,
                g => new ModelProperty(g.Key, [.. g.SelectMany(p => p.Types)], g.Any(p => p.IsOptional) || g.Count() < alternatives.Length),
                StringComparer.Ordinal);
    }

    /// <summary>The values of an enumeration by name; null where there is none of that name.</summary>
    public Dictionary<string, string>? Values(string enumeration) =>
        _enumerations.TryGetValue(enumeration, out JsonNode? found)
            ? found["values"]!.AsArray().ToDictionary(v => (string)v!["name"]!, v => v!["value"]!.ToString(), StringComparer.OrdinalIgnoreCase)
            : null;

    /// <summary>What a type may be: aliases and unions taken apart, enumerations as what they are made of.</summary>
    public IEnumerable<JsonNode> Alternatives(JsonNode type) =>
        (string)type["kind"]! switch
        {
            "or" => type["items"]!.AsArray().SelectMany(t => Alternatives(t!)),
            "reference" when _enumerations.TryGetValue((string)type["name"]!, out JsonNode? enumeration) => [enumeration["type"]!],
            // LSPAny is made of itself.
            "reference" when (string)type["name"]! is not "LSPAny" && _aliases.TryGetValue((string)type["name"]!, out JsonNode? alias) =>
            [
                type,
                .. Alternatives(alias["type"]!),
            ],
            _ => [type],
        };

    private static MetaModel? Load()
    {
        string file = Path.GetFullPath(Path.Combine(Corpus.Root, "..", "shared", "lsp", "metaModel.json"));
        return File.Exists(file) ? new(JsonNode.Parse(File.ReadAllText(file))!) : null;
    }

    private Dictionary<string, JsonNode> Named(string kind) => _model[kind]!.AsArray().ToDictionary(n => (string)n!["name"]!, n => n!, StringComparer.Ordinal);

    private JsonNode? Find(string kind, string method) => _model[kind]!.AsArray().FirstOrDefault(m => (string?)m!["method"] == method);

    private Dictionary<string, ModelProperty> PropertiesOf(JsonNode structure)
    {
        var properties = new Dictionary<string, ModelProperty>(StringComparer.Ordinal);
        foreach (JsonNode? basis in (structure["extends"]?.AsArray() ?? []).Concat(structure["mixins"]?.AsArray() ?? []))
        {
            foreach (ModelProperty inherited in PropertiesOf(_structures[(string)basis!["name"]!]).Values)
                properties[inherited.Name] = inherited;
        }
        foreach (JsonNode? property in structure["properties"]!.AsArray())
            properties[(string)property!["name"]!] = new((string)property["name"]!, [.. Alternatives(property["type"]!)], (bool?)property["optional"] ?? false);
        return properties;
    }

    // Every structure that a value of this type can hold is received.
    private void Reach(JsonNode? type)
    {
        switch (type)
        {
            case JsonArray many:
                foreach (JsonNode? one in many)
                    Reach(one);
                break;
            case JsonObject one:
                if (
                    (string?)one["kind"] == "reference"
                    && (string)one["name"]! is var name
                    && Received.Add(name)
                    && (_structures.GetValueOrDefault(name) ?? _aliases.GetValueOrDefault(name)) is { } found
                )
                    Reach(found);
                foreach ((string key, JsonNode? value) in one)
                {
                    if (key is "type" or "items" or "element" or "value" or "properties" or "extends" or "mixins")
                        Reach(value);
                }
                break;
        }
    }
}

/// <summary>A property as LSP has it: all types that it may have.</summary>
internal sealed record ModelProperty(string Name, JsonNode[] Types, bool IsOptional)
{
    public bool MayBeNull => Types.Any(t => (string?)t["kind"] == "base" && (string?)t["name"] == "null");
}
