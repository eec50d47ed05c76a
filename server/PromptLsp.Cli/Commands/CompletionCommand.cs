using System.CommandLine;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp completion SHELL</c>: a script by which a shell completes our commands, options and files.</summary>
internal static class CompletionCommand
{
    private static readonly string[] Shells = ["bash", "zsh", "fish", "powershell"];

    public static Command Create(Terminal terminal)
    {
        var shell = new Argument<string>("SHELL") { Description = string.Join(", ", Shells) + "." };
        shell.CompletionSources.Add(Shells);
        var command = new ExampleCommand("completion", "Writes a script that completes commands and options in a shell.", "promptlsp completion bash > ~/.local/share/bash-completion/completions/promptlsp") { shell };
        command.SetAction(parsed =>
        {
            string name = parsed.GetValue(shell)!;
            terminal.Out.Write(Script(name) ?? throw new CommandFailure($"there is no script for `{name}`; there is one for {string.Join(", ", Shells)}"));
            return ExitStatus.Clean;
        });
        return command;
    }

    // The shell asks the program itself what could stand there: `[suggest:N]` and the line up to the cursor. Where it has nothing to say, a
    // file is meant.
    private static string? Script(string shell) => shell switch
    {
        "bash" => """
            _promptlsp() {
              local line="${COMP_LINE:0:COMP_POINT}"
              [[ "$line" == *" "* ]] || return
              line="${line#* }"
              local word="${line##* }"
              COMPREPLY=()
              if [[ "$word" == *@* || ( "$word" != */* && "$word" != .* ) ]]; then
                local words
                words="$(promptlsp "[suggest:${#line}]" "$line" 2>/dev/null | grep -vxE -e '[-/][?h]|False|True')"
                [[ "$word" == -* ]] || words="$(grep -v '^-' <<<"$words")"
                local IFS=$'\n'
                COMPREPLY=($(compgen -W "$words" -- "$word"))
                # Readline takes what stands behind an @ for a word of its own.
                [[ "$word" == *@* && "$COMP_WORDBREAKS" == *@* ]] && COMPREPLY=("${COMPREPLY[@]#"${word%@*}@"}")
              fi
            }
            complete -o bashdefault -o default -F _promptlsp promptlsp

            """,
        "zsh" => """
            #compdef promptlsp
            _promptlsp() {
              local line="${LBUFFER#* }"
              local -a known
              known=(${(f)"$(promptlsp "[suggest:${#line}]" "$line" 2>/dev/null)"})
              compadd -a known
              _files
            }
            compdef _promptlsp promptlsp

            """,
        "fish" => """
            function __promptlsp_words
              set -l line (string replace -r '^\S+\s+' '' -- (commandline -cp))
              promptlsp "[suggest:"(string length -- $line)"]" "$line" 2>/dev/null
            end
            complete -c promptlsp -a '(__promptlsp_words)'

            """,
        "powershell" => """
            Register-ArgumentCompleter -Native -CommandName promptlsp -ScriptBlock {
              param($word, $ast, $cursor)
              $line = $ast.ToString()
              if ($line.Length -lt $cursor) { $line = $line.PadRight($cursor) }
              $line = $line.Substring(0, $cursor) -replace '^\S+\s+', ''
              promptlsp "[suggest:$($line.Length)]" $line |
                Where-Object { $_ -like "$word*" } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }

            """,
        _ => null,
    };
}
