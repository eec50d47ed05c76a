using System.Text.Json;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Syntax.Dialects;
using PromptLsp.Server.Rpc;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Server.Extensions;

/// <param name="Name">What the new prompt is called.</param>
/// <param name="Uri">Where it comes to be; null where that is not known.</param>
internal sealed record TemplatesParams(string Name, string? Uri)
{
    public static TemplatesParams Read(JsonElement from) => new(from.String("name"), from.OptionalString("uri"));
}

/// <summary>The prompts that one can begin with, each with the text of the new one, in the dialect of the prompts around it.</summary>
internal sealed record TemplatesResult(TemplateShape[] Templates) : ISent
{
    public static TemplatesResult For(Snapshot now, TemplatesParams asked, CancellationToken cancel)
    {
        bool inHandlebars = asked.Uri is { } uri && FileUri.ToPath(uri) is { } path && UsualDialect.Of(now, path, cancel) == KnownDialects.Handlebars;
        return new([.. PromptTemplates.All.Select(t => new TemplateShape(t.Name, t.Meaning, t.For(asked.Name, inHandlebars)))]);
    }

    public void Write(Rpc.JsonMembers to) => to.Add("templates", Templates);
}

internal sealed record TemplateShape(string Name, string Meaning, string Text) : ISent
{
    public void Write(Rpc.JsonMembers to) => to.Add("name", Name).Add("meaning", Meaning).Add("text", Text);
}
