using System.Diagnostics;
using Xunit;

namespace PromptLsp.Cli.Tests;

/// <summary>A prompt renders to the same text on every machine, wherever it stands: processes of their own, each with its zone.</summary>
public sealed class TimeZoneTests : IDisposable
{
    private const string Prompt = """
        ---
        input: { schema: { at: string } }
        samples: { now: { at: "2026-03-01T23:30:00Z" } }
        ---
        {{ date.parse "2026-03-01T23:30:00Z" | date.to_string "%F %T %Z %s" }}
        {{ date.parse "2026-03-01T23:30:00+05:30" | date.to_string "%F %T %Z %s" }}
        {{ date.parse "2026-03-01 23:30:00 -08:00" | date.to_string "%F %T %Z %s" }}
        {{ date.parse "2026-03-01" | date.to_string "%F %T %Z %s" }}
        {{ date.parse "2026-03-29 02:30" | date.to_string "%F %T %Z %s" }}
        {{ date.parse "12:30" | date.to_string "%F %T" }}
        {{ date.parse "01/03/2026 23:30 -08:00" "%d/%m/%Y %H:%M %Z" | date.to_string "%F %T %Z" }}
        {{ date.parse "01/03/2026 23:30Z" "%d/%m/%Y %H:%MZ" | date.to_string "%F %T %Z" }}
        {{ date.parse "01/03/2026" "%d/%m/%Y" | date.to_string "%F %Z %s" }}
        {{ date.parse_to_string "2026-03-01T23:30:00Z" "%F %T %Z" }}
        {{ date.parse_to_string "2026-03-01T23:30:00Z" }}
        {{ date "2026-03-01T23:30:00Z" | date.add_hours 1 | date.to_string "%F %T %s" }}
        {{ at | date.to_string "%F %R %s" }} {{ at | date.add_days 1 }} {{ (date.parse at).hour }}
        {{ date.now | date.to_string "%F %T %Z %s" }} {{ date.parse at }} {{ date.parse "none" }}
        {{ date.parse at | object.to_json }} {{ (date.parse "2026-03-02T00:30:00+01:00") == (date.parse at) }}
        {{ (date.parse "2026-10-25T12:00:00Z") - (date.parse "2026-10-24T12:00:00Z") }}
        """;

    private const string Rendered = """
        2026-03-01 23:30:00 +00:00 1772407800
        2026-03-01 18:00:00 +00:00 1772388000
        2026-03-02 07:30:00 +00:00 1772436600
        2026-03-01 00:00:00 +00:00 1772323200
        2026-03-29 02:30:00 +00:00 1774751400
        2024-02-29 12:30:00
        2026-03-02 07:30:00 +00:00
        2026-03-01 23:30:00 +00:00
        2026-03-01 +00:00 1772323200
        2026-03-01 23:30:00 +00:00
        01 Mar 2026
        2026-03-02 00:30:00 1772411400
        2026-03-01 23:30 1772407800 02 Mar 2026 23
        2024-02-29 12:00:00 +00:00 1709208000 01 Mar 2026 01 Jan 0001
        "2026-03-01T23:30:00Z" true
        1.00:00:00
        """;

    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("UTC")]
    [InlineData("Europe/Berlin")]
    [InlineData("America/Los_Angeles")]
    [InlineData("Asia/Kolkata")]
    [InlineData("Pacific/Kiritimati")]
    public async Task Dates_are_the_same_in_every_zone(string zone)
    {
        _shell.With("a.prompt", Prompt);
        Assert.Equal((Rendered, ""), await Render(zone));
    }

    private async Task<(string, string)> Render(string zone)
    {
        string program = Environment.GetEnvironmentVariable("PROMPTLSP_SERVER") is { Length: > 0 } native
            ? native
            : Path.Combine(AppContext.BaseDirectory, "promptlsp.dll");
        bool isNative = !program.EndsWith(".dll", StringComparison.Ordinal);
        var start = new ProcessStartInfo(isNative ? program : "dotnet", isNative ? [] : [program])
        {
            WorkingDirectory = _shell.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string argument in (string[])["render", "a.prompt", "--sample", "now", "--format", "json"])
            start.ArgumentList.Add(argument);
        start.Environment["TZ"] = zone;
        using Process process = Process.Start(start)!;
        CancellationToken cancel = TestContext.Current.CancellationToken;
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancel), error = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        using var messages = System.Text.Json.JsonDocument.Parse(await output);
        return (messages.RootElement[0].GetProperty("content")[0].GetProperty("text").GetString()!.Trim(), await error);
    }
}
