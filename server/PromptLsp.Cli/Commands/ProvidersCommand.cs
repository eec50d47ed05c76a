using System.CommandLine;
using PromptLsp.Cli.Reports;
using PromptLsp.Models;
using PromptLsp.Models.Clients;
using PromptLsp.Models.Providers;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp providers list|test|add</c>: where models can be asked. A key is read, and never shown.</summary>
internal static class ProvidersCommand
{
    private const string AddExample = "promptlsp providers add openai --key-from OPENAI_API_KEY";

    public static Command Create(Terminal terminal) => new ExampleCommand("providers", "Lists where models can be asked, tests it, and sets it up.", AddExample)
    {
        List(terminal),
        Test(terminal),
        Add(terminal),
    };

    private static ExampleCommand List(Terminal terminal)
    {
        Option<string> format = CommonOptions.Format();
        var command = new ExampleCommand("list", "Lists the providers, and where the key of each comes from.", "promptlsp providers list") { format };
        command.SetAction(parsed =>
        {
            UserProviders providers = UserProviders.Read(terminal.Variable);
            if (parsed.GetValue(format) == "json")
                PromptJson.Write(terminal.Out, json => json.Value(providers.All.Select(Shape)));
            else
                WriteText(providers, terminal);
            return ExitStatus.Clean;
        });
        return command;
    }

    private static ExampleCommand Test(Terminal terminal)
    {
        var name = new Argument<string?>("NAME") { Description = "One provider; all of them if none is given.", Arity = ArgumentArity.ZeroOrOne };
        Option<string> format = CommonOptions.Format();
        const string What = "Asks each provider for its list of models, which costs nothing. Status 1 where one does not answer.";
        var command = new ExampleCommand("test", What, "promptlsp providers test openai") { name, format };
        command.SetAction(
            async (parsed, cancel) =>
            {
                UserProviders providers = UserProviders.Read(terminal.Variable);
                Provider[] asked = parsed.GetValue(name) is { } one ? [providers.Find(one)] : [.. providers.All];
                var results = new List<(Provider Provider, bool Works, string Says)>();
                foreach (Provider provider in asked)
                {
                    (bool works, string says) = await Try(provider, cancel);
                    results.Add((provider, works, says));
                }
                if (parsed.GetValue(format) == "json")
                    PromptJson.Write(
                        terminal.Out,
                        json => json.Value(results.Select(r => PromptJson.Object(("name", r.Provider.Name), ("works", r.Works), ("says", r.Says))))
                    );
                else
                    results.ForEach(r =>
                        terminal.Out.WriteLine(
                            $"{(r.Works ? terminal.Paint.Green("ok   ") : terminal.Paint.Red("wrong"))}  "
                                + $"{SourceExcerpt.Visible($"{r.Provider.Name}: {r.Says}")}"
                        )
                    );
                return results.TrueForAll(r => r.Works) ? ExitStatus.Clean : ExitStatus.Findings;
            }
        );
        return command;
    }

    private static async Task<(bool, string)> Try(Provider provider, CancellationToken cancel)
    {
        if (provider.LacksKey)
            return (false, $"there is no key: {provider.KeySource}");
        try
        {
            using var connection = new Connection(provider, new AskLimits { First = TimeSpan.FromSeconds(20) });
            return (true, Counted.Of(await connection.CountModels(cancel), "model"));
        }
        catch (ModelException failure)
        {
            return (false, failure.Message);
        }
    }

    private static ExampleCommand Add(Terminal terminal)
    {
        var name = new Argument<string>("NAME")
        {
            Description = $"What workspaces call it; known are {string.Join(", ", KnownProviders.All.Select(p => p.Name))}.",
        };
        Option<string> kind = CommonOptions.OneOf("--kind", "The protocol: openai is what nearly everybody speaks.", ["openai", "anthropic"]);
        var endpoint = new Option<string?>("--endpoint")
        {
            Description = "The address below which its paths lie: https://api.example.com/v1.",
            HelpName = "URL",
        };
        var from = new Option<string?>("--key-from") { Description = "The environment variable that holds the key.", HelpName = "VARIABLE" };
        var stdin = new Option<bool>("--key-stdin") { Description = "Read the key from standard input, and keep it in your own providers.yaml." };
        var command = new ExampleCommand("add", "Adds a provider to your own providers.yaml, which nobody else may read.", AddExample)
        {
            name,
            kind,
            endpoint,
            from,
            stdin,
        };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(from) is not null && parsed.GetValue(stdin))
                throw new CommandFailure("the key cannot come from both `--key-from` and `--key-stdin`; leave one of them out");
            string? key = parsed.GetValue(stdin) ? terminal.ReadIn().Trim() : null;
            string? protocol = parsed.GetResult(kind) is { Implicit: false } ? parsed.GetValue(kind) : null;
            string path = new AddedProvider(parsed.GetValue(name)!, protocol, parsed.GetValue(endpoint), parsed.GetValue(from), key).Write(terminal.Variable);
            terminal.Out.WriteLine($"added `{parsed.GetValue(name)}` to {SourceExcerpt.Visible(path)}");
            return ExitStatus.Clean;
        });
        return command;
    }

    private static Dictionary<string, object?> Shape(Provider provider) => PromptJson.Object(
        ("name", provider.Name),
        ("kind", Provider.Word(provider.Kind)),
        ("endpoint", provider.Endpoint.AbsoluteUri),
        ("hasKey", provider.Key is not null),
        ("key", provider.KeySource));

    private static void WriteText(UserProviders providers, Terminal terminal)
    {
        int widest = providers.All.Max(p => p.Name.Length),
            address = providers.All.Max(p => p.Endpoint.AbsoluteUri.Length);
        foreach (Provider provider in providers.All)
        {
            string key = (provider.Key is null ? "" : "key from ") + provider.KeySource;
            terminal.Out.WriteLine(
                SourceExcerpt.Visible(
                    $"{provider.Name.PadRight(widest)}  {Provider.Word(provider.Kind), -9}  {provider.Endpoint.AbsoluteUri.PadRight(address)}  {key}"
                )
            );
        }
        if (providers.Path is { } path)
            terminal.Tell($"your own are in {path}{(File.Exists(path) ? "" : ", which is not there yet")}; a workspace only names them");
    }
}
