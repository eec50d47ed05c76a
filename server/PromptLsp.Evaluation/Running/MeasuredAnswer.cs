using System.Collections.Immutable;

namespace PromptLsp.Evaluation.Running;

/// <summary>An answer to one row, held against what must hold of it.</summary>
public sealed record MeasuredAnswer
{
    public required string Row { get; init; }

    /// <summary>From 0.</summary>
    public required int Repeat { get; init; }

    public required bool Passed { get; init; }

    /// <summary>From 0 to 1, where an assertion scores; null where none does.</summary>
    public double? Score { get; init; }

    /// <summary>Null where only its hash is kept.</summary>
    public string? Text { get; init; }

    public required string TextHash { get; init; }

    /// <summary>What did not hold, one line each.</summary>
    public ImmutableArray<string> Failures { get; init; } = [];

    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    /// <summary>False where the provider did not count, and we did.</summary>
    public bool IsExact { get; init; }

    /// <summary>Null where it is not known.</summary>
    public double? Cost { get; init; }

    public double LatencyMs { get; init; }

    public double? FirstTokenMs { get; init; }

    /// <summary>How often it was asked again before it answered; the time of that is not in the latency.</summary>
    public int Retries { get; init; }

    public string Identity { get; init; } = "";

    /// <summary>Null where an older program measured.</summary>
    public AnswerShape? Shape { get; init; }

    /// <summary>Asked in an earlier session of the same run.</summary>
    public bool IsResumed { get; init; }
}
