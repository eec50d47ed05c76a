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
}
