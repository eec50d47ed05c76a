using PromptLsp.Language.Text;

namespace PromptLsp.Language.Rendering.Engines.Handlebars;

/// <summary>Joins what is rendered one after the other as the engine does, and keeps account of which of it are values.</summary>
internal ref struct Joined(RenderOutput output, RenderRun run)
{
    private static readonly JavaScriptValues Values = JavaScriptValues.Instance;

    private bool _hasText;
    private Outcome? _pending;

    /// <summary>What all of it is.</summary>
    public readonly Outcome Outcome => _pending ?? Outcome.Text;

    /// <summary>Where the next part may write, before it is added: nothing is written behind a number that is not written yet.</summary>
    public readonly RenderOutput Next => _pending is null ? output : new(run);

    public void Add(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return;
        Write();
        output.Append(text);
        run.Charge(text.Length);
    }

    /// <summary>A value that is written out.</summary>
    public void Add(Sourced value, Origin? origin)
    {
        if (value.Value is double or bool)
        {
            Add(new Outcome(false, value, origin));
            return;
        }
        Write();
        if (!JavaScriptValues.IsMissing(value.Value))
            Value(Values.TextOf(value.Value), origin);
    }

    /// <summary>What was written to <see cref="Next"/>, or a number.</summary>
    public void Add(Outcome part, RenderOutput written)
    {
        if (!part.IsText)
        {
            Add(part);
            return;
        }
        Write();
        if (written != output)
            Append(written);
    }

    private void Add(Outcome part)
    {
        if (_hasText)
            Value(Values.TextOf(part.Value.Value), part.Origin);
        else if (_pending is { } before)
            _pending = new(
                false,
                new(JavaScriptValues.Sum(before.Value.Value!, part.Value.Value!), before.Value.Source.With(part.Value.Source)),
                Both(before.Origin, part.Origin)
            );
        else
            _pending = part;
    }

    private static Origin? Both(Origin? first, Origin? second) => first is null || second is null ? first ?? second : first with
    {
        Inputs = [.. first.Inputs.Union(second.Inputs, StringComparer.Ordinal)],
        IsUntrusted = first.IsUntrusted || second.IsUntrusted,
    };

    // From here on all is text.
    private void Write()
    {
        if (_pending is { } number)
            Value(Values.TextOf(number.Value.Value), number.Origin);
        _pending = null;
        _hasText = true;
    }

    private readonly void Value(string text, Origin? origin)
    {
        if (text.Length == 0)
            return;
        int start = output.Length;
        output.Append(text);
        run.Charge(text.Length);
        if (origin is not null)
            output.Values.Add(new(TextSpan.FromBounds(start, output.Length), origin));
    }

    private readonly void Append(RenderOutput part)
    {
        int start = output.Length;
        output.Append(part.ToString());
        run.Charge(part.Length);
        foreach (WrittenValue value in part.Values)
            output.Values.Add(value with { Span = value.Span.Shift(start) });
    }

    /// <summary>Writes what was joined, as a text.</summary>
    public static void Finish(Outcome outcome, RenderOutput output, RenderRun run)
    {
        var last = new Joined(output, run);
        last.Add(outcome, output);
        last.Write();
    }
}
