using System.Collections.Immutable;
using PromptLsp.Language.Rendering.Samples;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Rendering;

/// <summary>Runs the <c>tests</c> of a prompt: each renders a sample or inputs of its own, and holds the result against its assertions.</summary>
public static class PromptTests
{
    public static IEnumerable<PromptTestResult> Run(PromptModel prompt, RenderLimits limits, CancellationToken cancel)
    {
        for (int i = 0; i < prompt.Header.Tests.Length; i++)
        {
            PromptTest test = prompt.Header.Tests[i];
            yield return Run(prompt, test, test.Name ?? $"test {i + 1}", limits, cancel);
        }
    }

    private static PromptTestResult Run(PromptModel prompt, PromptTest test, string name, RenderLimits limits, CancellationToken cancel)
    {
        // One in an assertion fails that assertion.
        if (test.Faults.FirstOrDefault(f => !test.Assertions.Any(a => a.KindSpan == f.Span && a.Kind != TestFaults.OfTheModel)) is { } fault)
            return Broken(fault.Message);
        if (!SampleRenderings.CanRender(prompt))
            return new(test, name, [], $"cannot be run yet, since {prompt.Document.Dialect.Name} templates are not rendered here", null)
            {
                Outcome = TestOutcome.NotRun,
            };
        if (InputsOf(prompt, test) is not { } inputs)
            return Broken($"there is no sample `{test.Sample}`");
        RenderedPrompt rendered = Renderer.Render(prompt, inputs, limits, cancel);
        if (rendered.Failure is { } failure)
            return new(test, name, [], failure.Reason, failure);
        return new(
            test,
            name,
            [
                .. test.Assertions.Select(a =>
                    test.Faults.FirstOrDefault(f => f.Span == a.KindSpan) is { } wrong ? new(a, TestOutcome.Failed, wrong.Message) : Check(prompt, a, rendered)
                ),
            ],
            null,
            null
        );

        PromptTestResult Broken(string why) => new(test, name, [], why, null);
    }

    // Only what the test and the prompt say: a test that passes by an invented value tests nothing.
    private static Inputs? InputsOf(PromptModel prompt, PromptTest test)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (test.Sample is { } name)
        {
            if (prompt.Header.Samples.FirstOrDefault(s => string.Equals(s.Name, name, StringComparison.Ordinal)) is not { } sample)
                return null;
            Add(sample.Values);
        }
        if (test.Input is { } own)
            Add(own);
        return new() { Values = values };

        void Add(IReadOnlyDictionary<string, object?> more)
        {
            foreach ((string key, object? value) in more)
                values[key] = value;
        }
    }

    private static AssertionResult Check(PromptModel prompt, Assertion assertion, RenderedPrompt rendered) =>
        string.Equals(assertion.Kind, TestFaults.OfTheModel, StringComparison.Ordinal)
            ? new(assertion, TestOutcome.NotRun, "asks a model, and no provider is configured")
            : Assertions.Check(prompt, assertion, rendered) is { } why
                ? new(assertion, TestOutcome.Failed, why)
                : new(assertion, TestOutcome.Passed, null);
}

/// <summary>What became of a test.</summary>
/// <param name="Name">The test's name, or its number.</param>
/// <param name="Error">Why it could not be held against its assertions; null where it was.</param>
/// <param name="Failure">Where the template failed, if that is why.</param>
public sealed record PromptTestResult(PromptTest Test, string Name, ImmutableArray<AssertionResult> Assertions, string? Error, RenderFailure? Failure)
{
    /// <summary>Nothing failed, and something was found to hold.</summary>
    public TestOutcome Outcome { get; init; } =
        Error is null && Assertions.Any(a => a.Outcome == TestOutcome.Passed) && Assertions.All(a => a.Outcome != TestOutcome.Failed)
            ? TestOutcome.Passed
            : TestOutcome.Failed;

    public bool Passed => Outcome == TestOutcome.Passed;
}

/// <param name="Why">One line on what came instead.</param>
public sealed record AssertionResult(Assertion Assertion, TestOutcome Outcome, string? Why);

/// <summary>What became of a test, or of one of its assertions.</summary>
public enum TestOutcome
{
    Passed,
    Failed,

    /// <summary>Needs what is not there, such as a model.</summary>
    NotRun,
}
