using System.Text.Json;
using PromptLsp.Server.Rpc;

namespace PromptLsp.Server.Extensions;

/// <param name="Name">What the new prompt is called.</param>
internal sealed record TemplatesParams(string Name)
{
    public static TemplatesParams Read(JsonElement from) => new(from.String("name"));
}

/// <summary>The prompts that one can begin with, each with the text of the new one.</summary>
internal sealed record TemplatesResult(TemplateShape[] Templates) : ISent
{
    public static TemplatesResult For(string name) => new([.. Language.Catalog.PromptTemplates.All.Select(t => new TemplateShape(t.Name, t.Meaning, t.For(name)))]);

    public void Write(Members to) => to.Add("templates", Templates);
}

internal sealed record TemplateShape(string Name, string Meaning, string Text) : ISent
{
    public void Write(Members to) => to.Add("name", Name).Add("meaning", Meaning).Add("text", Text);
}
