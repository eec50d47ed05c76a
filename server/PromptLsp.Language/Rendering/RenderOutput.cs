using System.Text;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Rendering;

/// <summary>The text that a template has written so far, and which spans of it are values.</summary>
internal sealed class RenderOutput(RenderRun run)
{
    private readonly StringBuilder _text = new();

    public List<WrittenValue> Values { get; } = [];

    public int Length => _text.Length;

    public void Append(ReadOnlySpan<char> text)
    {
        if (text.Length > run.Limits.Output - _text.Length)
            run.Exceed($"the output is longer than {run.Limits.Output:N0} characters");
        _text.Append(text);
    }

    /// <summary>Notes that what was written since <paramref name="start"/> is the value of an output.</summary>
    public void Wrote(int start, Origin origin)
    {
        if (start < Length)
            Values.Add(new(TextSpan.FromBounds(start, Length), origin));
    }

    /// <summary>Writes another output as it stands, with its values.</summary>
    public void Append(RenderOutput other)
    {
        int start = Length;
        Append(other.ToString());
        foreach (WrittenValue value in other.Values)
            Values.Add(value with { Span = value.Span.Shift(start) });
    }

    public override string ToString() => _text.ToString();
}
