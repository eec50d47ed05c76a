using StreamJsonRpc;

namespace PromptLsp.Server.Handlers;

/// <summary>The answer to a request that is right and cannot be fulfilled; the editor shows its message to the user.</summary>
internal static class RequestFailed
{
    // As LSP numbers it.
    private const int Code = -32803;

    // One of our own, as docs/protocol.md has it.
    private const int WantOfKey = 1;

    public static LocalRpcException With(string message) => new(message) { ErrorCode = Code };

    /// <summary>Another key of the provider would help.</summary>
    public static LocalRpcException ForWantOfKey(string message) => new(message) { ErrorCode = WantOfKey };
}
