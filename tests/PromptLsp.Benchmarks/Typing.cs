using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Text;

namespace PromptLsp.Benchmarks;

/// <summary>A letter that is typed and taken back, over and over, in one place of a document that stays open.</summary>
internal sealed class Typing
{
    private readonly PromptMemory _memory = new();
    private readonly TextEdit _type, _takeBack;
    private SourceText _text;

    public Typing(string text, int at)
    {
        _text = new(text);
        _type = TextEdit.Insert(at, "a");
        _takeBack = new(new TextSpan(at, 1), "");
        Cursor = at;
        // A server knows the lines of an open file: the place of every edit is given in them.
        _ = _text.LineCount;
    }

    /// <summary>Where the cursor stands after the last edit.</summary>
    public int Cursor { get; private set; }

    public PromptDocument Parse()
    {
        bool isTyped = Cursor > _type.Span.Start;
        _text = _text.With(isTyped ? _takeBack : _type);
        Cursor = _type.Span.Start + (isTyped ? 0 : 1);
        return _memory.Document = PromptDocument.Parse(_text, null, _memory.Document);
    }

    public PromptModel Model() => new(Parse(), PromptEnvironment.None, _memory);
}
