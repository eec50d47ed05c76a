using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using YamlDotNet.Serialization;

namespace KestrelCycles;

/// <summary>A prompt as an environment holds it, rendered by Scriban's own library.</summary>
public sealed class Release
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder().Build();
    private readonly string _prompt;
    private readonly IReadOnlyDictionary<string, string> _files;

    private Release(string prompt, IReadOnlyDictionary<string, string> files) => (_prompt, _files) = (prompt, files);

    /// <summary>Reads a release of a Scriban prompt.</summary>
    /// <exception cref="InvalidDataException">A file is not, byte for byte, what was released.</exception>
    public static Release Load(string folder)
    {
        using JsonDocument record = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "release.json")));
        string environment = record.RootElement.GetProperty("environment").GetString()!, prompt = record.RootElement.GetProperty("prompt").GetString()!;
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonProperty file in record.RootElement.GetProperty("files").EnumerateObject())
        {
            byte[] bytes = File.ReadAllBytes(Path.Combine(folder, "files", file.Name));
            if (!string.Equals(Convert.ToHexStringLower(SHA256.HashData(bytes)), file.Value.GetString(), StringComparison.Ordinal))
                throw new InvalidDataException($"{file.Name}: not what was released to {environment}; promote {prompt} again, or take the change back");
            files.Add(file.Name, Encoding.UTF8.GetString(bytes));
        }
        return new Release(prompt, files);
    }

    /// <summary>The messages for a model.</summary>
    public IReadOnlyList<Message> Render(ScriptObject input)
    {
        // Nobody can write in an input what begins a message, since nobody knows this word beforehand.
        string mark = $"<{Guid.NewGuid():N}:";
        var functions = new ScriptObject();
        functions.Import("role", (string role) => $"{mark}{role}>");
        var context = new TemplateContext { TemplateLoader = new Partials(_files), StrictVariables = true };
        context.PushGlobal(functions);
        context.PushGlobal(Context());
        context.PushGlobal(input);
        Template template = Template.Parse(BodyOf(_files[_prompt]), _prompt);
        return Messages(template.Render(context), mark);
    }

    // The values of `brand` and its like, which differ by environment.
    private ScriptObject Context()
    {
        var values = new ScriptObject();
        var settings = Yaml.Deserialize<Dictionary<string, object>?>(_files["promptlsp.yaml"]);
        if (settings?.GetValueOrDefault("context") is Dictionary<object, object> context)
        {
            foreach ((object name, object file) in context)
            {
                if (file is string path)
                    values[(string)name] = Yaml.Deserialize<Dictionary<string, object>>(_files[path]);
            }
        }
        return values;
    }

    private static List<Message> Messages(string rendered, string mark)
    {
        var messages = new List<Message>();
        foreach (string part in rendered.Split(mark, StringSplitOptions.RemoveEmptyEntries))
        {
            int end = part.IndexOf('>', StringComparison.Ordinal);
            messages.Add(new(part[..end], [new(part[(end + 1)..])]));
        }
        return messages;
    }

    // What stands below the front matter.
    private static string BodyOf(string prompt)
    {
        int end = prompt.StartsWith("---\n", StringComparison.Ordinal) ? prompt.IndexOf("\n---\n", StringComparison.Ordinal) : -1;
        return end < 0 ? prompt : prompt[(end + "\n---\n".Length)..];
    }

    // `include "greeting"` is `_greeting.prompt`, in whichever folder.
    private sealed class Partials(IReadOnlyDictionary<string, string> files) : ITemplateLoader
    {
        public string GetPath(TemplateContext context, SourceSpan callerSpan, string templateName) =>
            files.Keys.First(file => string.Equals(Path.GetFileName(file), $"_{templateName}.prompt", StringComparison.Ordinal));

        public string Load(TemplateContext context, SourceSpan callerSpan, string templatePath) => BodyOf(files[templatePath]);

        public ValueTask<string?> LoadAsync(TemplateContext context, SourceSpan callerSpan, string templatePath) =>
            ValueTask.FromResult<string?>(Load(context, callerSpan, templatePath));
    }
}

public sealed record Message(string Role, IReadOnlyList<Part> Content);

public sealed record Part(string Text);
