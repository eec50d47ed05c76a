using PromptLsp.History.Lists;
using Xunit;

namespace PromptLsp.History.Tests.Lists;

public sealed class VersionWordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("-00:05:00", "just now")]
    [InlineData("00:00:59", "just now")]
    [InlineData("00:01:59", "1 minute ago")]
    [InlineData("02:10:00", "2 hours ago")]
    [InlineData("1.02:00:00", "yesterday")]
    [InlineData("59.00:00:00", "59 days ago")]
    [InlineData("70.00:00:00", "2 months ago")]
    [InlineData("400.00:00:00", "13 months ago")]
    [InlineData("800.00:00:00", "2 years ago")]
    public void Ages_are_told_as_people_do(string age, string expected) =>
        Assert.Equal(expected, VersionWords.Ago(Now - TimeSpan.Parse(age, System.Globalization.CultureInfo.InvariantCulture), Now));

    [Theory]
    [InlineData("Ada Lovelace <ada@example.com>", "Ada Lovelace")]
    [InlineData("ada", "ada")]
    [InlineData("<ada@example.com>", "<ada@example.com>")]
    public void A_name_goes_without_its_mail_address(string author, string expected) => Assert.Equal(expected, VersionWords.NameOf(author));
}
