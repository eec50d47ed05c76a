using StreamJsonRpc;

namespace PromptLsp.Server.Handlers;

/// <summary>The answer to a request that is right and cannot be fulfilled; the editor shows its message to the user.</summary>
internal static class RequestFailed
{
    // As LSP numbers it.
    private const int Code = -32803;

    public static LocalRpcException With(string message) => new(message) { ErrorCode = Code };
}
