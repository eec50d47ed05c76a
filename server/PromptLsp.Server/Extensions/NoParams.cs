using System.Text.Json;

namespace PromptLsp.Server.Extensions;

/// <summary>Of a request that takes no parameters.</summary>
internal sealed record NoParams
{
    public static NoParams Read(JsonElement _) => new();
}
