using System.Collections.Immutable;

namespace PromptLsp.Language.Linting;

/// <summary>Every rule there is. A new rule is a class, a page, a test, and one line here.</summary>
public static class Rules
{
    public static ImmutableArray<Rule> All { get; } =
    [
        // Files
        new UnreadableFile(),
        new InvalidSettings(),
        new InvalidEvaluation(),
        new NearCopy(),

        // Syntax
        new FrontMatterSyntax(),
        new TemplateSyntax(),
        new MergeConflictRule(),
        new StrayBraces(),
        new UnknownDialect(),

        // Front matter
        new UnknownKey(),
        new InvalidValue(),
        new InvalidSchema(),
        new UnknownModel(),
        new MissingOwner(),
        new MissingDescription(),
        new DuplicateName(),

        // Variables
        new UndefinedVariable(),
        new UnknownMember(),
        new UnusedInput(),
        new ShadowedContext(),
        new ShadowedInput(),
        new TypeMismatch(),
        new OptionalUnguarded(),
        new ReservedName(),
        new ConstantCondition(),
        new UnknownFunction(),
        new WrongArguments(),

        // Includes
        new MissingInclude(),
        new CircularInclude(),
        new IncludeOutsideWorkspace(),
        new IncludeArguments(),
        new UnusedPartial(),
        new PartialFrontMatter(),

        // Messages
        new UnknownRole(),
        new EmptyMessage(),
        new LateSystem(),
        new BlockRole(),
        new BlankLine(),
        new AdjacentNumbers(),
        new BrandVoice(),

        // Safety
        new UntrustedInSystem(),
        new UntrustedInTemplate(),
        new UntrustedRole(),
        new UndelimitedUntrusted(),
        new ForgedRole(),
        new Secret(),
        new InvisibleCharacter(),

        // Budget
        new TokenBudget(),

        // Samples and tests
        new SampleMismatch(),
        new RenderFailureRule(),
        new PreviewLimit(),
        new InvalidTest(),
        new UnknownTestReference(),

        // History
        new ContractBreak(),

        // Releases
        new ReleaseEdited(),
        new MissingApprover(),
        new EnvironmentBehind(),
    ];

    private static readonly Dictionary<string, Rule> ById = All.ToDictionary(r => r.Id, StringComparer.Ordinal);

    public static Rule? Find(string id) => ById.GetValueOrDefault(id);
}
