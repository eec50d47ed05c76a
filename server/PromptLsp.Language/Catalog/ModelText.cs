using System.Globalization;
using System.Text;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Catalog;

/// <summary>What the workspace says of a model.</summary>
public static class ModelText
{
    /// <summary>In a few words, for beside its name: <c>128 000 tokens, 0.15 in, 0.6 out</c>.</summary>
    public static string? Short(ModelInfo model)
    {
        var words = new List<string>();
        if (model.ContextWindow is { } window)
            words.Add(Grouped(window) + " tokens");
        if (model.InputPrice is { } input)
            words.Add(input.ToString(CultureInfo.InvariantCulture) + " in");
        if (model.OutputPrice is { } output)
            words.Add(output.ToString(CultureInfo.InvariantCulture) + " out");
        return words.Count == 0 ? null : string.Join(", ", words);
    }

    /// <summary>As Markdown.</summary>
    public static string Of(ModelInfo model)
    {
        var text = new StringBuilder("**").Append(Markdown.Escape(model.Name)).Append("**");
        if (model.ContextWindow is { } window)
            text.Append("\n\nReads up to ").Append(Grouped(window)).Append(" tokens.");
        if (model.InputPrice is { } input)
            text.Append(" A million tokens of prompt cost ").Append(Price(input, model)).Append('.');
        if (model.OutputPrice is { } output)
            text.Append(" A million tokens of answer cost ").Append(Price(output, model)).Append('.');
        return text.ToString();
    }

    private static string Price(double price, ModelInfo model) => $"{price.ToString(CultureInfo.InvariantCulture)} {Markdown.Escape(model.Currency)}";

    private static string Grouped(int number) => number.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ');
}
