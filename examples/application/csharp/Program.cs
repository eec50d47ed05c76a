// What a model would be sent for a ticket in production: `dotnet run --project csharp`, or with another release's folder.
using System.Text.Encodings.Web;
using System.Text.Json;
using KestrelCycles;
using Scriban.Runtime;

string folder = args is [var named] ? named : Path.Combine("releases", "production", "prompts", "answer.prompt");
try
{
    Release release = Release.Load(folder);
    IReadOnlyList<Message> messages = release.Render(
        new ScriptObject { ["customer"] = "Ada", ["ticket"] = "The front tyre was flat again after one day." }
    );
    JsonSerializerOptions plain = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    Console.WriteLine(JsonSerializer.Serialize(messages, plain));
    return 0;
}
catch (Exception failure) when (failure is IOException or InvalidDataException)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}
