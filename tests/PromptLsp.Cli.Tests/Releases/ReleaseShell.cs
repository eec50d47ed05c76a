using System.Text.Json;

namespace PromptLsp.Cli.Tests.Releases;

/// <summary>A clone of a repository in which three people work, each with a key, on one prompt that goes through three environments; real git and real keys.</summary>
internal sealed class ReleaseShell : IDisposable
{
    public const string Prompt = "support/reply.prompt", Production = "releases/production/support/reply.prompt";

    private readonly string _keys = Directory.CreateTempSubdirectory("promptlsp-keys-").FullName;

    private ReleaseShell(Shell shell) => Shell = shell;

    public Shell Shell { get; }

    public string Out => Shell.Out;

    public string Error => Shell.Error;

    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    /// <summary>With the prompt and its settings committed by Ada.</summary>
    /// <param name="production">What production requires.</param>
    public static async Task<ReleaseShell> Begin(string production = "{ approvals: 1, approvers: [\"@acme/leads\"], not-author: true }")
    {
        var shell = new ReleaseShell(new Shell());
        await shell.Git("init -q -b main .");
        await shell.Git("config commit.gpgsign false");
        foreach (string name in new[] { "ada", "bo", "cy" })
            await shell.KeyOf(name);
        shell.Shell
            .With("promptlsp.yaml", $$"""
                context:
                  brand: context/brand.yaml
                  user: { schema: { name: string }, sample: { name: Ada } }
                partials: [partials]
                schemas: { Money: { amount: number }, Unused: { x: string } }
                environments:
                  dev: {}
                  staging: { require: { tests: pass, findings: error } }
                  production:
                    require: {{production}}
                    context: { brand: context/brand.production.yaml }
                teams: { "@acme/leads": [ada@example.com, bo@example.com, cy@example.com] }

                """)
            .With("context/brand.yaml", "name: Kestrel (test)\n")
            .With("context/brand.production.yaml", "name: Kestrel\n")
            .With("partials/_voice.prompt", "Be kind.\n")
            .With(Prompt, """
                ---
                input: { schema: { ticket: string, price: Money } }
                samples: { one: { ticket: hi, price: { amount: 3 } } }
                tests: [{ name: greets, sample: one, expect: [{ contains: Kestrel }] }]
                ---
                {{ role "system" }}
                {{ include "voice" }}You answer for {{ brand.name }}, to {{ user.name }}.
                {{ role "user" }}
                {{ ticket }} {{ price.amount }}

                """)
            .With(".promptlsp-signers", string.Concat(new[] { "ada", "bo", "cy" }.Select(n => shell.SignerOf(n) + "\n")));
        shell.As("ada");
        await shell.Commit("Begin");
        return shell;
    }

    /// <summary>From now on somebody else sits here.</summary>
    public ReleaseShell As(string name, string? key = null)
    {
        string config = Path.Combine(Shell.Folder, ".git", "config");
        string text = File.ReadAllText(config);
        int user = text.IndexOf("[user]", StringComparison.Ordinal);
        File.WriteAllText(
            config,
            (user < 0 ? text : text[..user]) + $"[user]\n\tname = {name}\n\temail = {name}@example.com\n\tsigningKey = {key ?? KeyFile(name)}\n"
        );
        return this;
    }

    public string KeyFile(string name) => Path.Combine(_keys, name);

    /// <summary>The line of a person in the file of signers.</summary>
    public string SignerOf(string name, string options = "namespaces=\"promptlsp\" ") => $"{name}@example.com {options}{PublicKey(name)}";

    public string PublicKey(string name) => string.Join(' ', File.ReadAllText(KeyFile(name) + ".pub").Split(' ').Take(2)).Trim();

    public async Task KeyOf(string name, string passphrase = "")
    {
        (int status, _, string error) = await OtherProcess.Run(
            _keys,
            "",
            "ssh-keygen",
            "-q",
            "-t",
            "ed25519",
            "-N",
            passphrase,
            "-C",
            name,
            "-f",
            KeyFile(name)
        );
        Assert.True(status == 0, error);
    }

    public Task<int> Run(string command) => Shell.Run(command);

    /// <summary>Runs what must succeed.</summary>
    public async Task<ReleaseShell> Do(string command)
    {
        int status = await Run(command);
        Assert.True(status == 0, $"promptlsp {command}: {status}\n{Out}\n{Error}");
        return this;
    }

    /// <summary>Runs what must be refused, and tells in which words.</summary>
    public async Task<string> Refused(string command)
    {
        int status = await Run(command);
        Assert.True(status is 1 or 2, $"promptlsp {command}: {status}\n{Out}\n{Error}");
        return Out + Error;
    }

    public async Task<string> Git(string arguments)
    {
        (int status, string output, string error) = await OtherProcess.Run(Shell.Folder, "", "git", [.. Shell.Split(arguments)]);
        Assert.True(status == 0, $"git {arguments}: {error}");
        return output.Trim();
    }

    /// <summary>Commits all that is there, and gives the commit.</summary>
    public async Task<string> Commit(string message)
    {
        await Git("add -A");
        await Git($"commit -q --allow-empty -m \"{message}\"");
        return await Git("rev-parse HEAD");
    }

    /// <summary>Takes the prompt as far as staging, committed.</summary>
    public async Task<string> ToStaging()
    {
        await Do($"promote {Prompt} --to dev --yes -m draft");
        await Commit("Promote to dev");
        await Do($"promote {Prompt} --to staging --yes -m tried");
        return await Commit("Promote to staging");
    }

    /// <summary>Takes it into production, approved by Bo, committed.</summary>
    public async Task<string> ToProduction()
    {
        await ToStaging();
        await As("bo").Do($"approve {Prompt} --for production");
        await Do($"promote {Prompt} --to production --yes -m \"read by Bo\"");
        string commit = await Commit("Promote to production");
        As("ada");
        return commit;
    }

    public void Dispose()
    {
        Shell.Dispose();
        Directory.Delete(_keys, recursive: true);
    }
}
