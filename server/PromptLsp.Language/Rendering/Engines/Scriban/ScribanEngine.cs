using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Text;
using Scriban;
using Scriban.Parsing;
using Scriban.Syntax;

namespace PromptLsp.Language.Rendering.Engines.Scriban;

/// <summary>Scriban itself: its verdict on a body, and its rendering.</summary>
internal sealed class ScribanEngine : Engine
{
    // The engine's tree takes over 700 bytes an island: of 5 MB of `{{ x }}` it would be half a gigabyte, and nobody reads what comes of it.
    private const int MostIslands = 200_000;

    private static readonly ConditionalWeakTable<PromptDocument, Template> Parsed = [];

    public override ImmutableArray<Problem> Check(PromptDocument document)
    {
        if (IsTooLarge(document))
            return [];
        Template template = TemplateOf(document);
        if (!template.HasErrors)
            return [];
        return
        [
            .. template
                .Messages.Where(m => m.Type == ParserMessageType.Error)
                .Select(m => new Problem(SpanOf(m.Span, document), ScribanMessages.OfSyntax(m.Message))),
        ];
    }

    public override bool SpellsTheSame(PromptDocument one, PromptDocument other)
    {
        string first = one.Text[one.Body.Span], second = other.Text[other.Body.Span];
        using Lexer.Enumerator left = new Lexer(first).GetEnumerator(), right = new Lexer(second).GetEnumerator();
        while (true)
        {
            bool isMore = left.MoveNext();
            if (isMore != right.MoveNext())
                return false;
            if (!isMore)
                return true;
            if (left.Current.Type != right.Current.Type || !Characters(first, left.Current).SequenceEqual(Characters(second, right.Current)))
                return false;
        }

        static ReadOnlySpan<char> Characters(string text, Token token)
        {
            int start = Math.Clamp(token.Start.Offset, 0, text.Length);
            return text.AsSpan(start, Math.Clamp(token.End.Offset + 1, start, text.Length) - start);
        }
    }

    public override void Prepare(PromptDocument document)
    {
        _ = Warm.Value;
        if (!IsTooLarge(document))
            TemplateOf(document);
    }

    // Where the engine's code is compiled when it first runs, that takes longer than a preview may.
    private static readonly Lazy<RenderOutput> Warm = new(static () =>
    {
        var prompt = new PromptModel(
            PromptDocument.Parse(new("{{ role 'user' }}{{ for i in 1..2 }}{{ i | string.append 'x' }}{{ end }}{{ if a == 1 && !b }}{{ c.d }}{{ end }}")),
            PromptEnvironment.None
        );
        var run = new RenderRun(prompt, Inputs.None, RenderLimits.Command, CancellationToken.None);
        KnownEngines.Render(run.Main, run, run.Output);
        return run.Output;
    });

    public override void Render(TemplateScope scope, RenderRun run, RenderOutput output)
    {
        PromptDocument document = scope.Template.Document;
        if (IsTooLarge(document))
            throw new RenderFailedException(
                RenderFailureKind.Limit,
                $"there are more than {MostIslands:N0} islands of code in it",
                scope.Path,
                document.Body.Span
            );
        Template template = TemplateOf(document);
        if (template.HasErrors)
        {
            Problem first = Check(document)[0];
            throw new RenderFailedException(RenderFailureKind.Syntax, first.Message, scope.Path, first.Span);
        }
        var context = new ScribanContext(scope, run, output);
        try
        {
            template.Render(context);
        }
        catch (ScriptRuntimeException failure) when (Cause<RenderFailedException>(failure) is { } known)
        {
            throw new RenderFailedException(known.Failure);
        }
        catch (ScriptRuntimeException failure)
        {
            RenderFailureKind kind = LimitOf(failure, run) is null ? RenderFailureKind.Values : RenderFailureKind.Limit;
            throw new RenderFailedException(kind, LimitOf(failure, run) ?? ScribanMessages.OfFailure(failure), scope.Path, SpanOf(failure.Span, document));
        }
    }

    // The limit that a failure tells of; null where the template itself fails.
    private static string? LimitOf(ScriptRuntimeException failure, RenderRun run)
    {
        if (run.Exceeded is { } ours)
            return ours;
        if (failure is ScriptAbortException || run.Stop.IsCancellationRequested)
            return Renderer.TooSlow(run.Limits);
        if (Cause<RegexMatchTimeoutException>(failure) is not null)
            return $"a regular expression takes longer than {run.Limits.Regex.TotalMilliseconds:N0} ms";
        if (Cause<OutOfMemoryException>(failure) is not null || Cause<InsufficientExecutionStackException>(failure) is not null)
            return "the template takes more memory than there is";
        // Scriban passes some exceptions on by their message alone.
        string message = failure.OriginalMessage;
        return Says("iteration limit", "LoopLimit") ? $"its loops take more than {run.Limits.Loops:N0} steps"
            : Says("recursive depth limit") ? $"its functions call one another more than {run.Limits.Calls:N0} deep"
            : Says("LimitToString", "OutputLimit") ? $"a text is longer than {run.Limits.Output:N0} characters"
            // Cultures other than the invariant one are not built in, which is no fault of the template.
            : Says("globalization-invariant", "CultureNotSupported") || Cause<CultureNotFoundException>(failure) is not null
                ? $"it asks for the culture{NameOf(failure)}, and previews know the invariant one alone"
            : Says("maximum supported") ? "a number or a list is larger than the engine supports"
            : null;

        bool Says(params ReadOnlySpan<string> words)
        {
            foreach (string word in words)
            {
                if (message.Contains(word, StringComparison.Ordinal))
                    return true;
            }
            return false;
        }
    }

    private static string NameOf(ScriptRuntimeException failure) =>
        Cause<CultureNotFoundException>(failure)?.InvalidCultureName is { Length: > 0 } name ? $" `{name}`" : "";

    private static T? Cause<T>(Exception failure) where T : Exception
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is T found)
                return found;
        }
        return null;
    }

    private static bool IsTooLarge(PromptDocument document) => document.Body.Islands.Length > MostIslands;

    private static Template TemplateOf(PromptDocument document) =>
        Parsed.GetValue(document, static d => DeepStack.Run(() => Template.Parse(d.Text[d.Body.Span])));

    // Scriban's spans include their last character; ours do not. An error at the end of the text stands behind it.
    internal static TextSpan SpanOf(SourceSpan span, PromptDocument document)
    {
        TextSpan body = document.Body.Span;
        int start = Math.Clamp(span.Start.Offset, 0, body.Length), end = Math.Clamp(span.End.Offset + 1, start, body.Length);
        return TextSpan.FromBounds(body.Start + start, body.Start + end);
    }
}
