using System.Collections.Immutable;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Navigation;

/// <summary>Every name in a file that stands for something which can be gone to, sought and renamed.</summary>
public static class Mentions
{
    /// <summary>Those of a prompt, in the order of the text, each place once.</summary>
    public static ImmutableArray<Mention> Of(PromptModel prompt) =>
        prompt.Document.OtherFormat is null ? Ordered(new HeaderMentions(prompt).All().Concat(new BodyMentions(prompt).All())) : [];

    public static ImmutableArray<Mention> Of(PromptModel prompt, Subject subject) => [.. Of(prompt).Where(m => m.Subject == subject)];

    /// <summary>What is named at a place of a prompt.</summary>
    public static Mention? At(PromptModel prompt, int offset)
    {
        if (prompt.Document.OtherFormat is not null)
            return null;
        bool isHeader = prompt.Document.FrontMatter.Exists && offset < prompt.Document.FrontMatter.Span.End;
        return First(isHeader ? new HeaderMentions(prompt).All() : new BodyMentions(prompt).All(), offset);
    }

    /// <summary>Those of <c>promptlsp.yaml</c>.</summary>
    /// <param name="environment">What is read from it.</param>
    public static ImmutableArray<Mention> OfSettings(SourceText text, PromptEnvironment environment) => Ordered(new SettingsMentions(text, environment).All());

    /// <summary>Those of a file that holds a context variable.</summary>
    public static ImmutableArray<Mention> OfContextFile(SourceText text, string variable) => Ordered(SettingsMentions.OfValues(text, variable));

    private static Mention? First(IEnumerable<Mention> mentions, int offset)
    {
        foreach (Mention mention in mentions)
        {
            if (mention.Span.Touches(offset))
                return mention;
        }
        return null;
    }

    // A place that is found twice is what it was found to be first.
    private static ImmutableArray<Mention> Ordered(IEnumerable<Mention> mentions) =>
        [
            .. mentions
                .GroupBy(m => m.Span)
                .Select(g => g.First() with { Kind = g.Where(m => m.Subject == g.First().Subject).Min(m => m.Kind) })
                .OrderBy(m => m.Span.Start),
        ];
}
