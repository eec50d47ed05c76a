using System.Runtime.CompilerServices;
using System.Text;

namespace PromptLsp.Models.Clients;

/// <summary>
/// Reads server-sent events (<see href="https://html.spec.whatwg.org/multipage/server-sent-events.html"/>), of which only the data matters here.
/// </summary>
internal static class EventStream
{
    private const int Step = 16 * 1024;

    /// <summary>The data of each event, as it comes.</summary>
    /// <param name="most">Bytes, of the whole stream.</param>
    /// <exception cref="ModelException">The stream is longer.</exception>
    public static async IAsyncEnumerable<string> Read(Stream stream, long most, [EnumeratorCancellation] CancellationToken cancel)
    {
        var data = new StringBuilder();
        await foreach (string line in Lines(stream, most, cancel))
        {
            if (line.Length == 0)
            {
                if (data.Length > 0)
                    yield return data.ToString();
                data.Clear();
            }
            else if (line.StartsWith("data:", StringComparison.Ordinal))
            {
                if (data.Length > 0)
                    data.Append('\n');
                data.Append(line.AsSpan(line.Length > 5 && line[5] == ' ' ? 6 : 5));
            }
        }
        // An event without the empty line behind it is no event by the letter; some servers end so.
        if (data.Length > 0)
            yield return data.ToString();
    }

    private static async IAsyncEnumerable<string> Lines(Stream stream, long most, [EnumeratorCancellation] CancellationToken cancel)
    {
        byte[] buffer = new byte[Step];
        int filled = 0;
        long all = 0;
        while (await stream.ReadAsync(buffer.AsMemory(filled), cancel) is > 0 and var read)
        {
            if ((all += read) > most)
                throw TooLarge(most);
            int begin = 0, from = filled;
            filled += read;
            while (Array.IndexOf(buffer, (byte)'\n', from, filled - from) is >= 0 and var end)
            {
                yield return Line(buffer, begin, end);
                begin = from = end + 1;
            }
            buffer.AsSpan(begin, filled - begin).CopyTo(buffer);
            filled -= begin;
            if (filled == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
        }
        if (filled > 0)
            yield return Line(buffer, 0, filled);
    }

    private static string Line(byte[] buffer, int begin, int end) =>
        Encoding.UTF8.GetString(buffer, begin, (end > begin && buffer[end - 1] == '\r' ? end - 1 : end) - begin);

    public static ModelException TooLarge(long most) =>
        new(ModelFault.TooLarge, $"the answer is larger than {most / 1024 / 1024} MB, and was not read to its end");
}
