using System.Collections.Immutable;
using PromptLsp.Language.Navigation;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;

namespace PromptLsp.Workspace.Navigation;

/// <summary>A file that may name something: a prompt, <c>promptlsp.yaml</c>, or the values of a context variable.</summary>
/// <param name="Path">From the root.</param>
/// <param name="Version">Null for a file that is not open.</param>
/// <param name="Prompt">Null for what is no prompt.</param>
public sealed record NamingFile(string Uri, string Path, SourceText Text, int? Version, PromptModel? Prompt, Func<ImmutableArray<Mention>> Named)
{
    public static NamingFile Of(OpenDocument document, PromptModel prompt) => Of(document.Uri, document.Version, prompt);

    public static NamingFile Of(string uri, int? version, PromptModel prompt) =>
        new(uri, prompt.Environment.Path, prompt.Document.Text, version, prompt, () => Language.Navigation.Mentions.Of(prompt));

    public ImmutableArray<Mention> Mentions => field.IsDefault ? field = Named() : field;

    public ImmutableArray<Mention> Of(Subject subject) => [.. Mentions.Where(m => m.Subject == subject)];
}
