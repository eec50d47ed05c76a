using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using PromptLsp.Language.Text;
using PromptLsp.Models.Providers;

namespace PromptLsp.Models.Clients;

/// <summary>Sends requests to one provider. Whatever goes wrong comes out as one line for a person, without the key.</summary>
public sealed class Connection(Provider provider, AskLimits limits) : IDisposable
{
    private const int LongestComplaint = 300, MostOfError = 64 * 1024;

    // Keys go where the user said, and not where the answer says.
    private readonly HttpClient _http = new(
        new SocketsHttpHandler
        {
            ConnectTimeout = limits.Connect,
            ConnectCallback = Connect,
            AllowAutoRedirect = false,
            UseCookies = false,
        }
    )
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public Provider Provider => provider;

    public AskLimits Limits => limits;

    // The system's search for a name cannot be cancelled, and a name server that hangs would hold up everything: it is left behind.
    private static async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        IPAddress[] addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, CancellationToken.None).WaitAsync(cancel);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends JSON; the answer's body is still to be read.</summary>
    public Task<HttpResponseMessage> Post(string path, byte[] json, CancellationToken cancel) =>
        Send(new(HttpMethod.Post, Address(path)) { Content = new ByteArrayContent(json) { Headers = { ContentType = new("application/json") } } }, cancel);

    /// <summary>How many models the provider lists for this key: a question that costs nothing.</summary>
    public async Task<int> CountModels(CancellationToken cancel)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        time.CancelAfter(limits.First);
        return await Guarded(
            async () =>
            {
                using HttpResponseMessage response = await Send(new(HttpMethod.Get, Address("models")), time.Token);
                using JsonDocument list = Parsed(await Text(response, MostOfError * 64, time.Token));
                return
                    list.RootElement.ValueKind == JsonValueKind.Object
                    && list.RootElement.TryGetProperty("data", out JsonElement data)
                    && data.ValueKind == JsonValueKind.Array
                    ? data.GetArrayLength()
                    : throw Unreadable();
            },
            cancel
        );
    }

    /// <summary>Work whose failures of network and time come out in our own words.</summary>
    public async Task<T> Guarded<T>(Func<Task<T>> work, CancellationToken cancel)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new ModelException(ModelFault.TimedOut, $"{Name} does not answer in time; try again later");
        }
        catch (HttpRequestException failure)
        {
            throw Unreachable(failure);
        }
        catch (HttpIOException)
        {
            throw new ModelException(ModelFault.Cut, $"{Name} ended its answer in the middle; nothing of it counts");
        }
        catch (IOException failure)
        {
            throw failure.InnerException is OperationCanceledException && cancel.IsCancellationRequested
                ? new OperationCanceledException(cancel)
                : new ModelException(ModelFault.Cut, $"the connection to {Name} broke in the middle of the answer; nothing of it counts");
        }
    }

    public JsonDocument Parsed(string json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            throw Unreadable();
        }
    }

    public ModelException Unreadable() =>
        new(ModelFault.Unreadable, $"what {Name} sent is no answer of the {Provider.Word(provider.Kind)} protocol; check its endpoint, {provider.Endpoint}");

    /// <summary>What a provider complains about, as it came in JSON, in our words.</summary>
    public ModelException Complaint(HttpStatusCode status, string? body, RetryConditionHeaderValue? retry)
    {
        string said = body is null ? "" : Said(body);
        string why = said.Length == 0 ? "" : $": {said}";
        return (int)status switch
        {
            401 or 403 => new(
                ModelFault.Refused,
                provider.Key is null
                    ? $"{Name} wants a key ({(int)status}), and none is set up; write `key-from: VARIABLE` under {Name} in your providers.yaml, "
                        + $"or begin with `promptlsp providers add {provider.Name} --key-from VARIABLE`"
                    : $"{Name} refuses the key from {provider.KeySource} ({(int)status}); check it"
            ),
            404 => new(ModelFault.BadRequest, $"{Name} does not know this model or address (404){why}"),
            408 or 504 => new(ModelFault.TimedOut, $"{Name} timed out ({(int)status}){why}"),
            429 => new(ModelFault.Busy, $"{Name} takes no more questions for now (429){why}") { RetryAfter = Pause(retry) },
            529 or 503 => new(ModelFault.Busy, $"{Name} is overloaded ({(int)status}){why}") { RetryAfter = Pause(retry) },
            >= 500 => new(ModelFault.Failed, $"{Name} failed ({(int)status}){why}") { RetryAfter = Pause(retry) },
            >= 300 and < 400 => new(ModelFault.Unreadable, $"{Name} sends elsewhere ({(int)status}), where no key is taken; correct its endpoint"),
            _ => new(ModelFault.BadRequest, $"{Name} does not accept the request ({(int)status}){why}"),
        };
    }

    public void Dispose() => _http.Dispose();

    private string Name => $"`{provider.Name}`";

    private Uri Address(string path) => new($"{provider.Endpoint.AbsoluteUri.TrimEnd('/')}/{path}");

    private async Task<HttpResponseMessage> Send(HttpRequestMessage request, CancellationToken cancel)
    {
        using (request)
        {
            Sign(request);
            HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (response.IsSuccessStatusCode)
                return response;
            using (response)
                throw Complaint(response.StatusCode, await Text(response, MostOfError, cancel), response.Headers.RetryAfter);
        }
    }

    private void Sign(HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation("User-Agent", "promptlsp");
        if (provider.Kind == ProviderKind.Anthropic)
            request.Headers.TryAddWithoutValidation("anthropic-version", "2023-06-01");
        if (provider.Key is not { } key)
            return;
        if (provider.Kind == ProviderKind.Anthropic)
            request.Headers.TryAddWithoutValidation("x-api-key", key.Value);
        else
            request.Headers.Authorization = new("Bearer", key.Value);
    }

    /// <summary>A body as text, no more of it than so many bytes.</summary>
    public static async Task<string> Text(HttpResponseMessage response, long most, CancellationToken cancel)
    {
        await using Stream stream = await response.Content.ReadAsStreamAsync(cancel);
        using var bytes = new MemoryStream();
        byte[] buffer = new byte[16 * 1024];
        while (bytes.Length < most && await stream.ReadAsync(buffer, cancel) is > 0 and var read)
            bytes.Write(buffer, 0, read);
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private string Said(string body)
    {
        string said = "";
        try
        {
            using JsonDocument json = JsonDocument.Parse(body);
            JsonElement error =
                json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("error", out JsonElement inner)
                    ? inner
                    : json.RootElement;
            said =
                error.ValueKind == JsonValueKind.Object && error.TryGetProperty("message", out JsonElement message) && message.ValueKind == JsonValueKind.String
                    ? message.GetString()!
                : error.ValueKind == JsonValueKind.String ? error.GetString()!
                : "";
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // A page of a proxy's says nothing to the author of a prompt.
        }
        said = PlainText.OneLine(provider.Key?.RemoveFrom(said) ?? said);
        return said.Length <= LongestComplaint ? said : said[..LongestComplaint] + "…";
    }

    private static TimeSpan? Pause(RetryConditionHeaderValue? retry) =>
        retry?.Delta ?? (retry?.Date - TimeProvider.System.GetUtcNow() is { } until && until > TimeSpan.Zero ? until : null);

    private ModelException Unreachable(HttpRequestException failure) => failure.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => Cannot($"there is no machine {provider.Endpoint.Host}; check its endpoint, and the network"),
        HttpRequestError.SecureConnectionError => Cannot($"{provider.Endpoint.Host} cannot prove that it is itself (TLS); no key was sent"),
        HttpRequestError.ConnectionError => Cannot($"nothing answers at {provider.Endpoint.Authority}; check its endpoint, and the network"),
        HttpRequestError.ResponseEnded => new(ModelFault.Cut, $"{Name} ended its answer in the middle; nothing of it counts"),
        HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError => Unreadable(),
        _ => Cannot($"the connection to {provider.Endpoint.Authority} failed"),
    };

    private ModelException Cannot(string why) => new(ModelFault.Unreachable, $"{Name} cannot be reached: {why}");
}
