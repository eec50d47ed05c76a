using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>Declares a helper of the application in the workspace's settings, as it is called here.</summary>
internal static class HelperDeclaration
{
    private const string Key = "helpers";

    public static Fix? Of(PromptModel prompt, CallUse call, string name)
    {
        if (!CodeCursor.IsName(name))
            return null;
        (string path, SourceText? text) = prompt.Environment.Settings;
        string title = $"Declare `{name}` in `{path}`", arguments = string.Join(", ", Arguments(call));
        string said = arguments.Length == 0 ? $"{name}: {{ doc: What it does. }}" : $"{name}: {{ arguments: {{ {arguments} }}, doc: What it does. }}";
        if (text is null)
            return new(title, []) { NewFile = (path, $"{Key}:\n  {said}\n") };
        YamlTree yaml = YamlTree.Parse(text, new TextSpan(0, text.Length));
        if (!yaml.IsValid)
            return null;
        TextEdit? edit = yaml.Root switch
        {
            null => TextEdit.Insert(text.Length, $"{Key}:{text.NewLine}  {said}{text.NewLine}"),
            YamlMapping keys => keys.Find(Key)?.Value.Resolved() switch
            {
                YamlMapping known => YamlEdits.Add(text, known, said),
                null => YamlEdits.Add(text, keys, YamlEdits.IsFlow(text, keys) ? $"{Key}: {{ {said} }}" : $"{Key}:{text.NewLine}  {said}"),
                _ => null,
            },
            _ => null,
        };
        return edit is { } one ? new(title, []) { OtherFile = (path, text, [one]) } : null;
    }

    // By the names of what it is given here.
    private static IEnumerable<string> Arguments(CallUse call)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (GivenArgument argument in call.Arguments)
        {
            if (argument.Name is not null)
                continue;
            string name = argument.Value switch
            {
                NameExpression { Kind: NameKind.Variable } variable when CodeCursor.IsName(variable.Name) => variable.Name,
                MemberExpression member when CodeCursor.IsName(member.Name) => member.Name,
                _ => "value",
            };
            for (int more = 2; !names.Add(name); more++)
                name = name.TrimEnd('2', '3', '4', '5', '6', '7', '8', '9') + more;
            yield return $"{name}: {TypeNames.OfSchema(argument.Type)}";
        }
    }
}
