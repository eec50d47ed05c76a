using PromptLsp.Workspace.Files;
using Xunit;

namespace PromptLsp.Workspace.Tests.Files;

/// <summary>Paths go over the wire and come back as they were.</summary>
public sealed class FileUriTests
{
    [Theory]
    [InlineData("/w/a.prompt", "file:///w/a.prompt")]
    [InlineData("/w/a b.prompt", "file:///w/a%20b.prompt")]
    [InlineData("/w/100%.prompt", "file:///w/100%25.prompt")]
    [InlineData("/w/%20.prompt", "file:///w/%2520.prompt")]
    [InlineData("/w/#1?.prompt", "file:///w/%231%3F.prompt")]
    [InlineData("/w/[x] {y}.prompt", "file:///w/%5Bx%5D%20%7By%7D.prompt")]
    [InlineData("/w/größe 😀.prompt", "file:///w/gr%C3%B6%C3%9Fe%20%F0%9F%98%80.prompt")]
    [InlineData("/w/a+b&c.prompt", "file:///w/a%2Bb%26c.prompt")]
    public void A_path_survives_the_way_there_and_back(string path, string uri)
    {
        Assert.Equal(uri, FileUri.FromPath(path));
        Assert.Equal(path, FileUri.ToPath(uri));
    }

    [Theory]
    [InlineData("file:///w/./x/../a.prompt", "/w/a.prompt")]
    [InlineData("file:///w/%61.prompt", "/w/a.prompt")]
    [InlineData("file:///w/a+b.prompt", "/w/a+b.prompt")]
    [InlineData("FILE:///w/a.prompt", "/w/a.prompt")]
    [InlineData("file:///w/a:b.prompt", "/w/a:b.prompt")]
    [InlineData("file:/w/a.prompt", "/w/a.prompt")]
    [InlineData("file://localhost/w/a.prompt", "/w/a.prompt")]
    public void A_client_may_write_a_path_its_own_way(string uri, string path) => Assert.Equal(path, FileUri.ToPath(uri));

    [Theory]
    [InlineData("untitled:Untitled-1")]
    [InlineData("git:/w/a.prompt?ref=HEAD")]
    [InlineData("file:///w/%00.prompt")]
    [InlineData("file://server/w/a.prompt")]
    [InlineData("file:a.prompt")]
    [InlineData("/w/a.prompt")]
    [InlineData("")]
    public void What_is_no_file_has_no_path(string uri) => Assert.Null(FileUri.ToPath(uri));
}
