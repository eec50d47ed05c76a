using System.Text;

namespace PromptLsp.Benchmarks;

/// <summary>The prompts that are measured: made here, so that a measurement says what it measured.</summary>
internal static class Prompts
{
    /// <summary>Front matter, and the line with which the body begins.</summary>
    public const string Header = """
        ---
        name: recommend
        model: openai/gpt-4o
        config:
          temperature: 0.2
        input:
          schema:
            customer(object):
              name: string, the customer's name
              vip: boolean
              items(array):
                title: string, the title
                price: number
            question: string
        ---
        {{ role "system" }}

        """;

    /// <summary>Paragraphs, conditions and loops up to a number of lines, with one slip and one half-typed member at the end.</summary>
    public static string Typical(int lines)
    {
        var text = new StringBuilder(Header);
        for (int written = 16, i = 0; written < lines - 9; written += 7, i++)
            text.Append($$$"""
                Paragraph {{{i}}}: answer {{ customer.name }} in a friendly way.
                {{ if customer.vip }}
                Thank {{ customer.name }} for being a VIP ({{ question }}).
                {{ end }}
                {{ for item in customer.items }}
                - {{ item.title }} costs {{ item.price }}
                {{ end }}

                """);
        return text.Append("{{ undefined_variable }}\n{{ customer.n }}\n").ToString();
    }

    /// <summary>A typical prompt of some length, or what a parser must not choke on, as large as an editor would ever hold.</summary>
    public static string Of(string kind) =>
        kind switch
        {
            "50 lines" => Typical(50),
            "500 lines" => Typical(500),
            "5000 lines" => Typical(5_000),
            "nested blocks" => Header + string.Concat(Enumerable.Repeat("{{ if customer.vip }}", 10_000)),
            "open islands" => Header + string.Concat(Enumerable.Repeat("{{ customer. ", 20_000)),
            "open comments" => Header + string.Concat(Enumerable.Repeat("{{ ## ", 40_000)),
            "one line of 1 MB" => Header + new string('x', 1_000_000) + "{{ customer.name }}",
            "alias bomb" => "---\na: &a [1,1,1,1,1,1,1,1,1]\n"
                + string.Concat(
                    Enumerable
                        .Range(1, 20)
                        .Select(i => $"{(char)('a' + i)}: &{(char)('a' + i)} [{string.Join(',', Enumerable.Repeat($"*{(char)('a' + i - 1)}", 9))}]\n")
                )
                + "---\nHi\n",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "there is no such prompt"),
        };
}
