using PromptLsp.Language.Rendering.Engines;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Rendering;

/// <summary>Renders a prompt to the messages that a model would get.</summary>
public static class Renderer
{
    // How long a rendering that does not look at its limits is waited for before it is left to itself.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>Renders. A template that fails, or reaches a limit, is told by <see cref="RenderedPrompt.Failure"/>.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static RenderedPrompt Render(PromptModel prompt, Inputs inputs, RenderLimits limits, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var timeIsUp = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var run = new RenderRun(prompt, inputs, limits, timeIsUp.Token);
        RenderFailure? failure = null;
        KnownEngines.Of(prompt.Document.Dialect)?.Prepare(prompt.Document);
        bool isDone = DeepStack.Run(
            () =>
            {
                timeIsUp.CancelAfter(limits.Time);
                failure = Run(run);
            },
            limits.Time + Grace);
        cancel.ThrowIfCancellationRequested();
        if (!isDone)
            return new([], new(RenderFailureKind.Limit, TooSlow(limits), null, prompt.Document.Body.Span));
        timeIsUp.Dispose();
        return MessageCutter.Cut(run.Output, run.Markers, inputs.History, failure);
    }

    private static RenderFailure? Run(RenderRun run)
    {
        try
        {
            KnownEngines.Render(run.Main, run, run.Output);
            return null;
        }
        catch (RenderFailedException stopped)
        {
            return stopped.Failure;
        }
        catch (RenderLimitException limit)
        {
            return AtBody(run, limit.Message);
        }
        catch (OperationCanceledException)
        {
            return AtBody(run, TooSlow(run.Limits));
        }
        catch (OutOfMemoryException)
        {
            return AtBody(run, "the template takes more memory than there is");
        }
    }

    private static RenderFailure AtBody(RenderRun run, string reason) => new(RenderFailureKind.Limit, reason, null, run.Prompt.Document.Body.Span);

    /// <summary>What is said of a rendering that took its time.</summary>
    internal static string TooSlow(RenderLimits limits) =>
        limits.Time.TotalSeconds >= 1
            ? $"it takes longer than {limits.Time.TotalSeconds:0.#} s"
            : $"it takes longer than {limits.Time.TotalMilliseconds:N0} ms";
}
