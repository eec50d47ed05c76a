using System.Text;

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

    public override string ToString() => _text.ToString();
}
