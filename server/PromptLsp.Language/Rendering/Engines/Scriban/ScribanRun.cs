using System.Diagnostics.CodeAnalysis;
using Org.BouncyCastle.Crypto;
using Scriban.Functions;
using Scriban.Runtime;

namespace PromptLsp.Language.Rendering.Engines.Scriban;

/// <summary>What all Scriban templates of one rendering share: functions, context variables, and what was captured.</summary>
internal sealed class ScribanRun
{
    private ScribanRun(RenderRun run)
    {
        Context = new(name => run.Context.GetValueOrDefault(name));
        Builtins = BuiltinsOf(run);
    }

    public ScriptObject Builtins { get; }

    public LazyVariables Context { get; }

    /// <summary>What was written into the outputs that templates capture.</summary>
    public Dictionary<IScriptOutput, List<WrittenValue>> Written { get; } = new(ReferenceEqualityComparer.Instance);

    public static ScribanRun Of(RenderRun run)
    {
        if (run.EngineState is not ScribanRun shared)
            run.EngineState = shared = new(run);
        return shared;
    }

    // Scriban finds some of its functions, and the members of values that are no objects of its own, by reflection, which the native compiler
    // does not see. A test holds the native program's functions against the catalogue.
    [DynamicDependency("Parse", typeof(DateTimeFunctions))]
    [DynamicDependency("HasKey", typeof(ObjectFunctions))]
    [DynamicDependency("HasValue", typeof(ObjectFunctions))]
    [DynamicDependency("IndexOf", typeof(StringFunctions))]
    [DynamicDependency("Slice", typeof(StringFunctions))]
    [DynamicDependency("Zero", typeof(TimeSpanFunctions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicProperties, typeof(DateTime))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicProperties, typeof(TimeSpan))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicProperties, typeof(KeyValuePair<string, object>))]
    // Scriban's own, but for what would make two renderings differ, and with the functions that make messages.
    private static BuiltinFunctions BuiltinsOf(RenderRun run)
    {
        var builtins = new BuiltinFunctions();
        Replace(builtins, "include", new IncludeFunction());
        Replace(builtins, "include_join", new IncludeJoinFunction());
        Replace(builtins, "role", new RoleFunction());
        Replace(builtins, "history", new HistoryFunction());
        Replace(builtins, "media", new MediaFunction());
        Replace(builtins, "section", new SectionFunction());
        Replace(builtins, "date", new SteadyDates((DateTimeFunctions)builtins["date"]!));
        Replace(Namespace(builtins, "object"), "to_json", new ToJsonFunction());
        Replace(Namespace(builtins, "math"), "uuid", new FixedFunction(() => NextUuid(run.Random)));
        ScriptObject strings = Namespace(builtins, "string");
        foreach ((string name, Func<IDigest> algorithm) in HashAlgorithms.All)
            Replace(strings, name, new HashFunction(algorithm));
        foreach ((string name, Func<IDigest> algorithm) in HashAlgorithms.Keyed)
            Replace(strings, name, new KeyedHashFunction(algorithm));
        return builtins;
    }

    private static ScriptObject Namespace(ScriptObject builtins, string name) => (ScriptObject)builtins[name]!;

    private static void Replace(ScriptObject owner, string name, object value)
    {
        owner.Remove(name);
        owner.SetValue(name, value, readOnly: true);
    }

    private static string NextUuid(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }
}
