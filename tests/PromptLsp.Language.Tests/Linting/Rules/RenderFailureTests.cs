namespace PromptLsp.Language.Tests.Linting;

public sealed class RenderFailureTests
{
    [Fact]
    public void A_misspelt_name_is_said_once_not_by_what_fails_beside_it_too() => Lint("""
        ---
        input:
          schema:
            customer:
              name: string
        samples:
          ada: { customer: { name: Ada } }
        ---
        Greet {{ custmer.name }} and {{ customer.name }}.
                 ^^^^^^^ warning undefined-variable: `custmer` is not declared; did you mean `customer`?
        """);

    [Fact]
    public void What_is_silenced_is_not_said_in_other_words() => Lint("""
        ---
        lint: { disable: [unknown-member] }
        input:
          schema:
            customer:
              name: string
        samples:
          ada: { customer: { name: Ada } }
        ---
        {{ # promptlsp-disable-next-line unknown-function }}
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint blank-line: this line holds only code, and leaves an empty line in what the model gets
        {{ customer.name | string.upcas }}
        {{ customer.nmae.first }}
        """);
}
