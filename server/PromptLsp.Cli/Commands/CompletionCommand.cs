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
        var command = new ExampleCommand(
            "completion",
            "Writes a script that completes commands and options in a shell.",
            "promptlsp completion bash > ~/.local/share/bash-completion/completions/promptlsp"
        )
        {
            shell,
        };
        command.SetAction(parsed =>
        {
            string name = parsed.GetValue(shell)!;
            terminal.Out.Write(Script(name) ?? throw new CommandFailure($"there is no script for `{name}`; there is one for {string.Join(", ", Shells)}"));
            return ExitStatus.Clean;
        });
        return command;
    }

    // The shell asks the program itself what could stand there. Where it has nothing to say, a file is meant.
    private static string? Script(string shell) => shell switch
    {
        "bash" => """
            _promptlsp() {
              local word
              COMPREPLY=()
              while IFS= read -r word; do
                COMPREPLY+=("$word")
              done < <(promptlsp "[complete:bash]" "${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null)
            }
            complete -o bashdefault -o default -F _promptlsp promptlsp

            """,
        "zsh" => """
            #compdef promptlsp
            _promptlsp() {
              local -a known
              known=("${(@f)$(promptlsp "[complete:zsh]" "${(j: :)words[1,CURRENT-1]} $QIPREFIX$IPREFIX$PREFIX" 2>/dev/null)}")
              known=("${(@)known:#}")
              if (( $#known )); then
                compadd -- "${(@)known}"
              else
                _files
              fi
            }
            if [[ $funcstack[1] == _promptlsp ]]; then
              _promptlsp
            else
              compdef _promptlsp promptlsp
            fi

            """,
        "fish" => """
            function __promptlsp_words
              promptlsp "[complete:fish]" (commandline -cp | string collect) 2>/dev/null
            end
            complete -c promptlsp -a '(__promptlsp_words)'

            """,
        "powershell" => """
            Register-ArgumentCompleter -Native -CommandName promptlsp -ScriptBlock {
              param($word, $ast, $cursor)
              $line = $ast.ToString()
              $end = $cursor - $ast.Extent.StartOffset
              if ($line.Length -lt $end) { $line = $line.PadRight($end) }
              promptlsp "[complete:powershell]" $line.Substring(0, $end) 2>$null |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }

            """,
        _ => null,
    };
}
