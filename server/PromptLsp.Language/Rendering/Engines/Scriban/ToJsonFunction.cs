using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Scriban;
using Scriban.Runtime;

namespace PromptLsp.Language.Rendering.Engines.Scriban;

/// <summary><c>object.to_json</c>, as Scriban's own writes it: that one asks a serializer which a native program does not have.</summary>
internal sealed class ToJsonFunction() : ScribanFunction(1, "value")
{
    protected override object? Invoke(ScribanContext context, global::Scriban.Syntax.ScriptNode? caller, ScriptArray arguments)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
            Write(context, writer, arguments.Count > 0 ? arguments[0] : null);
        return Encoding.UTF8.GetString(json.GetBuffer().AsSpan(0, (int)json.Length));
    }

    private static void Write(TemplateContext context, Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case DateTime time:
                writer.WriteStringValue(time);
                break;
            case TimeSpan span:
                writer.WriteStringValue(span.ToString("c", CultureInfo.InvariantCulture));
                break;
            case int or long or double or float or decimal or BigInteger:
                Number(writer, value);
                break;
            case IEnumerable items when value is not (IScriptObject or IDictionary) || value is ScriptArray:
                writer.WriteStartArray();
                foreach (object? item in items)
                    Write(context, writer, item);
                writer.WriteEndArray();
                break;
            default:
                Members(context, writer, value);
                break;
        }
    }

    private static void Number(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case double number:
                writer.WriteNumberValue(number);
                break;
            case float number:
                writer.WriteNumberValue(number);
                break;
            default:
                writer.WriteRawValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void Members(TemplateContext context, Utf8JsonWriter writer, object value)
    {
        IObjectAccessor members = context.GetMemberAccessor(value);
        writer.WriteStartObject();
        foreach (string name in members.GetMembers(context, context.CurrentSpan, value))
        {
            if (!members.TryGetValue(context, context.CurrentSpan, value, name, out object? member))
                continue;
            writer.WritePropertyName(name);
            Write(context, writer, member);
        }
        writer.WriteEndObject();
    }
}
