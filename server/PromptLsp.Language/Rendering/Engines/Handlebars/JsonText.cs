using System.Globalization;
using System.Text;
using PromptLsp.Language.Syntax.Dialects.Handlebars;

namespace PromptLsp.Language.Rendering.Engines.Handlebars;

/// <summary>A value as <c>JSON.stringify</c> writes it.</summary>
internal sealed class JsonText
{
    // Values of files and of JSON are less deep by far.
    private const int Deepest = 1000;

    private readonly JavaScriptValues _values = JavaScriptValues.Instance;
    private readonly StringBuilder _text = new();
    private readonly RenderRun _run;
    private readonly string _indent;

    private JsonText(RenderRun run, string indent) => (_run, _indent) = (run, indent);

    /// <summary>Null for a value that is not there.</summary>
    public static string? Of(object? value, object? indent, RenderRun run)
    {
        if (value is JavaScriptUndefined or Delegate)
            return null;
        var json = new JsonText(run, IndentOf(indent));
        json.Write(value, "\n", 0);
        return json._text.ToString();
    }

    private static string IndentOf(object? indent) => indent switch
    {
        double number => new(' ', (int)Math.Clamp(double.IsNaN(number) ? 0 : number, 0, 10)),
        string text => text.Length > 10 ? text[..10] : text,
        _ => "",
    };

    private void Write(object? value, string line, int depth)
    {
        if (depth > Deepest)
            _run.Exceed($"a value is deeper than {Deepest}");
        if (_text.Length > _run.Limits.Output)
            _run.Exceed($"the output is longer than {_run.Limits.Output:N0} characters");
        switch (value)
        {
            case null or JavaScriptUndefined:
                _text.Append("null");
                break;
            case bool truth:
                _text.Append(truth ? "true" : "false");
                break;
            case double number:
                _text.Append(double.IsFinite(number) ? JavaScriptNumbers.TextOf(number) : "null");
                break;
            case string text:
                Quoted(text);
                break;
            case IReadOnlyList<object?> items:
                List(items, line, depth);
                break;
            default:
                Map(value, line, depth);
                break;
        }
    }

    private void List(IReadOnlyList<object?> items, string line, int depth)
    {
        _run.Stop.ThrowIfCancellationRequested();
        string inner = line + _indent;
        _text.Append('[');
        for (int i = 0; i < items.Count; i++)
        {
            if (i > 0)
                _text.Append(',');
            Line(inner);
            Write(_values.Of(items[i]), inner, depth + 1);
        }
        if (items.Count > 0)
            Line(line);
        _text.Append(']');
    }

    private void Map(object value, string line, int depth)
    {
        _run.Stop.ThrowIfCancellationRequested();
        string inner = line + _indent;
        bool isFirst = true;
        _text.Append('{');
        foreach (string key in _values.Keys(value))
        {
            object? member = _values.Member(value, key);
            if (member is JavaScriptUndefined or Delegate)
                continue;
            if (!isFirst)
                _text.Append(',');
            isFirst = false;
            Line(inner);
            Quoted(key);
            _text.Append(_indent.Length > 0 ? ": " : ":");
            Write(member, inner, depth + 1);
        }
        if (!isFirst)
            Line(line);
        _text.Append('}');
    }

    private void Line(string line)
    {
        if (_indent.Length > 0)
            _text.Append(line);
    }

    private void Quoted(string text)
    {
        _text.Append('"');
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            _ = c switch
            {
                '"' => _text.Append("\\\""),
                '\\' => _text.Append("\\\\"),
                '\b' => _text.Append("\\b"),
                '\f' => _text.Append("\\f"),
                '\n' => _text.Append("\\n"),
                '\r' => _text.Append("\\r"),
                '\t' => _text.Append("\\t"),
                < ' ' => Escaped(c),
                _ when char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) => _text.Append(c).Append(text[++i]),
                _ when char.IsSurrogate(c) => Escaped(c),
                _ => _text.Append(c),
            };
        }
        _text.Append('"');
    }

    private StringBuilder Escaped(char c) => _text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
}
