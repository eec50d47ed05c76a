using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Syntax.Formats;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>An include that names no file.</summary>
public sealed class MissingInclude : Rule
{
    public override string Id => "missing-include";

    public override RuleGroup Group => RuleGroup.Includes;

    public override Severity Default => Severity.Error;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        foreach (IncludeUse include in prompt.Facts.Includes)
        {
            if (include.Path is not { Value: string path, IsUnclosed: false } literal)
                continue;
            if (path.Length == 0)
            {
                yield return new(literal.Span, "an include needs the path of a partial, such as `\"voice\"`");
                continue;
            }
            if (!PlainText.Is(path))
            {
                yield return new(
                    literal.Span,
                    "no partial has such a name: it holds a line end, a tab or another character that does not show; write the path of a partial, "
                        + "such as `\"voice\"`"
                );
                continue;
            }
            IncludeLookup found = prompt.Environment.Include(path);
            // A prompt that is in no folder yet has nowhere to look.
            if (found.Status != IncludeStatus.Missing || found.Tried.IsEmpty)
                continue;
            string? meant = WithoutEnds(prompt, path) ?? Spelling.Nearest(path, prompt.Environment.Partials().Take(MostCompared).Select(p => p.Include));
            yield return new(literal.Span, meant is null
                ? $"there is no partial `{path}`; tried {string.Join(", ", found.Tried.Select(t => $"`{t}`"))}"
                : $"there is no partial `{path}`; did you mean `{meant}`?")
            {
                // An application may have it where no file is.
                Severity = prompt.Meaning.TakesHelpers ? Severity.Warning : Severity.Off,
                Fixes = [.. Fix.ChangeToMeant(meant, literal.Content), .. KnownFormats.Has(path) ? [] : Places(found.Tried)],
            };
        }
    }

    // `_voice`, `voice.prompt`: as the file is named, not as it is included.
    private static string? WithoutEnds(PromptModel prompt, string path)
    {
        int name = path.LastIndexOf('/') + 1;
        string meant = path[..name] + KnownFormats.WithoutEnding(path[name..]).TrimStart('_');
        return meant != path && meant.Length > 0 && prompt.Environment.Include(meant).Status == IncludeStatus.Found ? meant : null;
    }

    // Where partials are kept first, then beside the prompt: the first name of each folder is the one with the underscore.
    private static IEnumerable<Fix> Places(ImmutableArray<string> tried)
    {
        string beside = tried[0];
        string[] places = [.. tried.Where((_, i) => i % NamesTried == 0).Skip(1).Take(1).Where(p => p != beside), beside];
        return places.Select(Create);
    }

    // `_voice.prompt` and `voice.prompt`, in each format.
    private static readonly int NamesTried = 2 * KnownFormats.All.Length;

    private const int MostCompared = 500;

    private static Fix Create(string path) => new($"Create `{path}`", []) { NewFile = (path, "") };
}
