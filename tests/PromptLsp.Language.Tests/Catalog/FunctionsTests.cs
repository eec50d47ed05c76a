using System.Globalization;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Dialects.Scriban;
using Scriban;
using Scriban.Functions;
using Scriban.Runtime;
using Xunit;

namespace PromptLsp.Language.Tests.Catalog;

/// <summary>The catalog says what the engine has and does: nothing more, nothing less.</summary>
public sealed class FunctionsTests
{
    public static TheoryData<string> Deterministic => [.. Functions.Scriban.All.Where(f => f.Result is not null).Select(f => f.Name)];

    [Fact]
    public void The_grammar_knows_the_functions_that_need_an_argument() =>
        Assert.All(
            Functions.Scriban.All,
            function =>
            {
                Assert.Equal(
                    (function.Name, function is { Namespace.Length: > 0, RequiredCount: > 0 }),
                    (function.Name, ScribanFunctionNames.NeedsArgument(function.Name))
                );
                Assert.Equal(
                    (function.Name, function.Parameters.Any(p => p.Takes == ValueShape.Function)),
                    (function.Name, ScribanFunctionNames.TakesFunction(function.Name))
                );
            }
        );

    [Fact]
    public void Every_builtin_of_the_engine_is_in_the_catalog_and_the_other_way_round() =>
        Assert.Equal(
            Builtins().Select(b => b.Name).Order(StringComparer.Ordinal),
            Functions.Scriban.All.Where(f => !f.IsMessageFunction).Select(f => f.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Parameters_are_named_and_counted_as_in_the_engine()
    {
        foreach ((string name, IScriptCustomFunction function) in BuiltinCalls())
        {
            CatalogFunction ours = Functions.Scriban.Find(name)!;
            // These take any number of arguments and tell the engine's reflection little; the examples cover them.
            if (name is "date" or "include" or "include_join")
                continue;
            Assert.Equal(
                (
                    name,
                    function.RequiredParameterCount,
                    string.Join(' ', Enumerable.Range(0, function.ParameterCount).Select(i => function.GetParameterInfo(i).Name))
                ),
                (name, ours.RequiredCount, string.Join(' ', ours.Parameters.Select(p => p.Name)))
            );
            Assert.Equal((name, function.VarParamKind == ScriptVarParamKind.LastParameter), (name, ours.Parameters.Any(p => p.IsRest)));
        }
    }

    [Fact]
    public void Shapes_are_those_of_the_engine()
    {
        foreach ((string name, IScriptCustomFunction function) in BuiltinCalls())
        {
            CatalogFunction ours = Functions.Scriban.Find(name)!;
            for (int i = 0; i < function.ParameterCount; i++)
                Assert.True(
                    (ShapeOf(function.GetParameterInfo(i).ParameterType) & ours.Parameters[i].Takes) != ValueShape.None,
                    $"{name}, {ours.Parameters[i].Name}"
                );
            Assert.True((ShapeOf(function.ReturnType) & ours.Returns) != ValueShape.None, name);
        }
    }

    [Fact]
    public void Constants_are_values_in_the_engine() =>
        Assert.Equal(
            Builtins().Where(b => b.Value is not IScriptCustomFunction).Select(b => b.Name).Order(StringComparer.Ordinal),
            Functions.Scriban.All.Where(f => f.IsConstant).Select(f => f.Name).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Deterministic))]
    public void The_example_gives_its_result(string name)
    {
        CatalogFunction function = Functions.Scriban.Find(name)!;
        Assert.Contains(name, function.Example, StringComparison.Ordinal);
        Assert.Equal(function.Result, Run(function.Example));
    }

    [Fact]
    public void Only_what_depends_on_the_run_or_on_other_files_has_no_result() =>
        Assert.Equal(
            ["date.now", "date.utc_now", "history", "include", "include_join", "math.random", "math.uuid", "media", "role", "section"],
            Functions.Scriban.All.Where(f => f.Result is null).Select(f => f.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Examples_without_a_result_run_too()
    {
        foreach (CatalogFunction function in Functions.Scriban.All.Where(f => !f.IsDeterministic))
            Assert.NotEqual("", Run(function.Example));
    }

    [Fact]
    public void Summaries_are_one_sentence_each()
    {
        foreach (CatalogFunction function in Functions.Scriban.All)
        {
            AssertSentence(function.Name, function.Summary);
            foreach (FunctionParameter parameter in function.Parameters)
                AssertSentence($"{function.Name}, {parameter.Name}", parameter.Summary!);
        }
        foreach (FunctionNamespace space in Functions.Scriban.Namespaces)
            AssertSentence(space.Name, space.Summary);
        foreach (CatalogStatement statement in Statements.Scriban.All)
            AssertSentence(statement.Keyword, statement.Summary);
        foreach (CatalogRole role in Roles.All)
            AssertSentence(role.Name, role.Summary);
    }

    [Fact]
    public void Namespaces_hold_their_functions()
    {
        Assert.Equal(
            Functions.Scriban.All.Select(f => f.Namespace).Where(n => n.Length > 0).Distinct().Order(StringComparer.Ordinal),
            Functions.Scriban.Namespaces.Select(n => n.Name));
        Assert.Contains(Functions.Scriban.InNamespace("string"), f => f.ShortName == "upcase");
        Assert.Contains(Functions.Scriban.InNamespace(""), f => f.Name == "role");
        Assert.Empty(Functions.Scriban.InNamespace("strng"));
        Assert.Null(Functions.Scriban.Find("string.upcas"));
    }

    [Theory]
    [InlineData("string.truncate", "string.truncate(text: string, length: integer, ellipsis?: string): string")]
    [InlineData("array.any", "array.any(list: array, function: function, …args): boolean")]
    [InlineData("object.size", "object.size(value: string or array or object): integer")]
    [InlineData("object.default", "object.default(value: any, default: any): any")]
    [InlineData("timespan.zero", "timespan.zero: timespan")]
    public void Signatures_read_well(string name, string expected) => Assert.Equal(expected, Functions.Scriban.Find(name)!.Signature);

    [Theory]
    [InlineData("array.first", "string")]
    [InlineData("array.sort", "array of string")]
    [InlineData("array.add", "array of string")]
    [InlineData("array.size", "integer")]
    [InlineData("array.join", "string")]
    [InlineData("object.keys", "array of string")]
    [InlineData("date.now", "any")]
    public void Types_flow_through_functions(string name, string expected) =>
        Assert.Equal(expected, Functions.Scriban.Find(name)!.TypeOf([new ArrayType(PromptType.String)]).Display);

    [Fact]
    public void A_map_gives_the_types_of_the_member_it_names()
    {
        var people = new ArrayType(new ObjectType([new Field("age", PromptType.Integer)], null));
        CatalogFunction map = Functions.Scriban.Find("array.map")!;
        Assert.Equal("array of integer", map.TypeOf([people, PromptType.String], "age").Display);
        Assert.Equal("array", map.TypeOf([people, PromptType.String]).Display);
        Assert.Equal("array", map.TypeOf([]).Display);
    }

    private static string Run(string code)
    {
        var context = new TemplateContext { AutoIndent = false };
        context.PushCulture(CultureInfo.InvariantCulture);
        return Template.Parse("{{ " + code + " }}").Render(context);
    }

    private static IEnumerable<(string Name, IScriptCustomFunction Function)> BuiltinCalls() =>
        Builtins().Where(b => b.Value is IScriptCustomFunction).Select(b => (b.Name, (IScriptCustomFunction)b.Value!));

    // A namespace is no function of its own, but for `date`, which is both.
    private static IEnumerable<(string Name, object? Value)> Builtins()
    {
        foreach ((string name, object? value) in new BuiltinFunctions())
        {
            if (value is not ScriptObject space || value is IScriptCustomFunction || space.Count == 0)
                yield return (name, value);
            if (value is ScriptObject members)
            {
                foreach ((string member, object? inner) in members)
                    yield return ($"{name}.{member}", inner);
            }
        }
    }

    private static ValueShape ShapeOf(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
            return ValueShape.String;
        if (type == typeof(int) || type == typeof(long))
            return ValueShape.Integer;
        if (type == typeof(double) || type == typeof(float))
            return ValueShape.Number;
        if (type == typeof(bool))
            return ValueShape.Boolean;
        if (type == typeof(DateTime))
            return ValueShape.Date;
        if (type == typeof(TimeSpan))
            return ValueShape.TimeSpan;
        if (type == typeof(IDictionary<string, object>))
            return ValueShape.Object;
        return type == typeof(object) ? ValueShape.Any : ValueShape.Array;
    }

    private static void AssertSentence(string of, string summary)
    {
        Assert.True(summary.Length is > 5 and < 160, of);
        Assert.True(
            summary[^1] == '.' && !summary.Contains(". ", StringComparison.Ordinal) && (char.IsUpper(summary[0]) || summary[0] == '`'),
            $"{of}: {summary}"
        );
    }
}
