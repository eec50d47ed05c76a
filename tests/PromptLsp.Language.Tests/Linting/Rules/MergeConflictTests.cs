namespace PromptLsp.Language.Tests.Linting;

public sealed class MergeConflictTests
{
    [Fact]
    public void A_merge_that_nobody_resolved() => Lint("""
        Answer the ticket.
        <<<<<<< HEAD
        ^^^^^^^^^^^^ error merge-conflict: an unresolved merge, down to line 8; keep what holds of its two sides, and remove the lines of marks
        Be brief.
        ||||||| 1a2b3c4
        Be.
        =======
        Be kind.
        >>>>>>> tone
        Then
        <<<<<<< HEAD
        ^^^^^^^^^^^^ error merge-conflict: an unresolved merge, down to line 13; keep what holds of its two sides, and remove the lines of marks
        stop.
        =======
        >>>>>>> tone
        """);

    [Fact]
    public void One_in_front_matter() => Lint("""
        ---
        <<<<<<< HEAD
        ^^^^^^^^^^^^ error front-matter-syntax: an unresolved merge, down to line 6; keep what holds of its two sides, and remove the lines of marks
        model: openai/gpt-4o
        =======
        model: openai/gpt-4o-mini
        >>>>>>> cheaper
        ---
        Hi
        """);

    [Fact]
    public void One_that_goes_from_front_matter_into_the_body() => Lint("""
        ---
        name: reply
        <<<<<<< HEAD
        ^^^^^^^^^^^^ error front-matter-syntax: an unresolved merge, down to line 8; keep what holds of its two sides, and remove the lines of marks
        ---
        Hi
        =======
        model: openai/gpt-4o-mini
        >>>>>>> cheaper
        """);

    [Fact]
    public void One_around_front_matter() => Lint("""
        <<<<<<< HEAD
        ^^^^^^^^^^^^ error merge-conflict: an unresolved merge, down to line 6; keep what holds of its two sides, and remove the lines of marks
        ---
        model: openai/gpt-4o
        ---
        =======
        >>>>>>> cheaper
        Hi
        """);

    [Fact]
    public void Marks_that_are_text() => Lint("""
        Rules
        =======
        Git writes `<<<<<<< HEAD`, and
        <<<<<<< HEAD
        begins a conflict, which ends at a line of
        >>>>>>> tone
         =======
        >>>>>>> tone
        """);
}
