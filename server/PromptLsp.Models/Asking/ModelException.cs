namespace PromptLsp.Models;

/// <summary>What kept a model from answering.</summary>
public enum ModelFault
{
    /// <summary>No provider, or no key for it.</summary>
    NoProvider,

    /// <summary>The key is wrong, or may not do this.</summary>
    Refused,

    /// <summary>The request is wrong in the provider's eyes.</summary>
    BadRequest,

    /// <summary>Too much was asked in too short a time.</summary>
    Busy,

    /// <summary>The provider failed.</summary>
    Failed,

    /// <summary>The provider cannot be reached.</summary>
    Unreachable,

    /// <summary>Nothing came for too long.</summary>
    TimedOut,

    /// <summary>The answer ended in the middle.</summary>
    Cut,

    /// <summary>What came is no answer of the protocol.</summary>
    Unreadable,

    /// <summary>The answer is larger than anybody can want.</summary>
    TooLarge,
}

/// <summary>A model did not answer. The message is one line (what, where, what to do), and never holds a key.</summary>
public sealed class ModelException(ModelFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public ModelFault Fault { get; } = fault;

    /// <summary>How long the provider asks to be left alone; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The environment variable in which a key would help; null where none is missing.</summary>
    public string? Variable { get; init; }

    /// <summary>Another key would help.</summary>
    public bool IsOfKey => Variable is not null || Fault == ModelFault.Refused;

    /// <summary>Asking again may help.</summary>
    public bool IsPassing => Fault is ModelFault.Busy or ModelFault.Failed or ModelFault.Unreachable or ModelFault.TimedOut or ModelFault.Cut;
}
