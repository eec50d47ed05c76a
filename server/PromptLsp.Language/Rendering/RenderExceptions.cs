using PromptLsp.Language.Text;

namespace PromptLsp.Language.Rendering;

/// <summary>Stops a rendering: one of our limits is reached. The engine that runs adds the place.</summary>
internal sealed class RenderLimitException(string reason) : Exception(reason);

/// <summary>Stops a rendering, with the reason and the place.</summary>
internal sealed class RenderFailedException(RenderFailure failure) : Exception(failure.Reason)
{
    public RenderFailedException(RenderFailureKind kind, string reason, string? path, TextSpan span) : this(new(kind, reason, path, span))
    {
    }

    public RenderFailure Failure { get; } = failure;
}
