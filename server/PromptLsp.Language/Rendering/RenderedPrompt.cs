using System.Collections.Immutable;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Rendering;

/// <summary>What the model would get; where the template failed, what it had written until then.</summary>
public sealed record RenderedPrompt(ImmutableArray<RenderedMessage> Messages, RenderFailure? Failure)
{
    /// <summary>The place of the conversation so far among the messages; null where the prompt does not say one.</summary>
    public int? HistoryIndex { get; init; }

    /// <summary>That place, where there is no conversation to show.</summary>
    public int? HistoryGap => HistoryIndex is { } at && !(at < Messages.Length && Messages[at].IsHistory) ? at : null;

    /// <summary>The texts of all messages, one after the other.</summary>
    public string Text => string.Concat(Messages.Select(m => m.Text));
}

/// <summary>One chat message.</summary>
/// <param name="Role">The role's own name (<c>model</c>, not <c>assistant</c>); a role that is none stands as it was written.</param>
public sealed record RenderedMessage(string Role, ImmutableArray<MessagePart> Parts)
{
    /// <summary>Comes from the conversation so far, not from the template.</summary>
    public bool IsHistory { get; init; }

    public string Text => string.Concat(Parts.OfType<TextPart>().Select(p => p.Text));
}

public abstract record MessagePart;

/// <summary>Text, and which spans of it are the values of which outputs.</summary>
public sealed record TextPart(string Text, ImmutableArray<WrittenValue> Values) : MessagePart;

/// <summary>An image, a sound or another file.</summary>
public sealed record MediaPart(string Url, string? ContentType) : MessagePart;

/// <summary>A place that the application fills in.</summary>
public sealed record SectionPart(string Name) : MessagePart;

/// <summary>A span of a text part, and the output it is the value of. Spans are in order and do not overlap.</summary>
public sealed record WrittenValue(TextSpan Span, Origin Origin);

/// <summary>An output expression of a template.</summary>
/// <param name="Path">The file, from its root; null for the rendered prompt itself.</param>
/// <param name="Span">The expression in its file.</param>
/// <param name="Inputs">The inputs and context variables that it reads, by name.</param>
/// <param name="IsUntrusted">It writes something that comes from outside.</param>
public sealed record Origin(string? Path, TextSpan Span, ImmutableArray<string> Inputs, bool IsUntrusted);

/// <summary>Why a rendering stopped.</summary>
/// <param name="Reason">One line, without the place.</param>
/// <param name="Path">The file, from its root; null for the rendered prompt itself.</param>
/// <param name="Span">The place in that file's template.</param>
public sealed record RenderFailure(RenderFailureKind Kind, string Reason, string? Path, TextSpan Span)
{
    /// <summary>The include of the rendered prompt that leads to the place, where that is in a partial.</summary>
    public TextSpan? Include { get; init; }

    /// <summary>The place in the rendered prompt itself.</summary>
    public TextSpan SpanInPrompt => Include ?? Span;
}

public enum RenderFailureKind
{
    /// <summary>The engine rejects the template as it is written.</summary>
    Syntax,

    /// <summary>The template fails on these values.</summary>
    Values,

    /// <summary>A limit of ours was reached, so that nothing is known.</summary>
    Limit,

    /// <summary>The template calls what its application may have, and nothing here knows.</summary>
    Unknown,
}
