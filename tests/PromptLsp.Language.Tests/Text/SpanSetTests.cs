using CsCheck;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Tests.Text;

/// <summary>Many spans answer as one look at each of them would.</summary>
public sealed class SpanSetTests
{
    [Fact]
    public void A_set_covers_what_any_of_its_spans_covers() =>
        Gen.Select(Gen.Int[0, 40], Gen.Int[0, 6]).Select((start, length) => new TextSpan(start, length)).Array[0, 12].Sample(spans =>
        {
            var set = new SpanSet(spans);
            for (int offset = 0; offset < 50; offset++)
            {
                Assert.Equal(spans.Any(s => s.Contains(offset)), set.Contains(offset));
                Assert.Equal(spans.Any(s => s.Touches(offset)), set.Touches(offset));
            }
        });
}
