using System.Text.Json;
using PromptLsp.Server.Protocol;
using PromptLsp.Server.Rpc;

namespace PromptLsp.Server.Extensions;

/// <param name="Query">Words and filters, as they are typed.</param>
internal sealed record SearchParams(string Query)
{
    private const int UsualLimit = 50, MostFound = 500;

    public int Limit { get; init; } = UsualLimit;

    public static SearchParams Read(JsonElement from) =>
        new(from.String("query")) { Limit = Math.Clamp(from.OptionalInt("limit") ?? UsualLimit, 1, MostFound) };
}

/// <summary>The prompts that fit, the best first.</summary>
internal sealed record SearchResult(FoundShape[] Prompts) : ISent
{
    /// <summary>One line: why nothing can be looked for.</summary>
    public string? Problem { get; init; }

    public void Write(JsonMembers to) => to.Add("prompts", Prompts).Add("problem", Problem);
}

internal sealed record FoundShape(string Uri, string Path, int Line, string Text) : ISent
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Model { get; init; }

    public string[] Owner { get; init; } = [];

    public void Write(JsonMembers to) => to
        .Add("uri", Uri)
        .Add("path", Path)
        .Add("line", (long)Line)
        .Add("text", Text)
        .Add("name", Name)
        .Add("description", Description)
        .Add("model", Model)
        .Add("owner", Owner);
}
