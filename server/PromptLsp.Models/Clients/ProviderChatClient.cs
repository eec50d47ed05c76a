using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using PromptLsp.Models.Providers;

namespace PromptLsp.Models.Clients;

/// <summary>A chat client that streams, over one of the protocols of providers.</summary>
public abstract class ProviderChatClient(Connection connection) : IChatClient
{
    /// <summary>The client of a provider.</summary>
    public static ProviderChatClient Of(Provider provider, AskLimits limits)
    {
        var connection = new Connection(provider, limits);
        return provider.Kind == ProviderKind.Anthropic ? new AnthropicChatClient(connection) : new OpenAIChatClient(connection);
    }

    public Connection Connection => connection;

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    ) => await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <exception cref="ModelException">The model did not answer, or not to the end.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        using var whole = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        whole.CancelAfter(connection.Limits.Whole);
        using var step = CancellationTokenSource.CreateLinkedTokenSource(whole.Token);
        step.CancelAfter(connection.Limits.First);
        byte[] request = PlainJson.Bytes(writer => WriteRequest(writer, [.. messages], options ?? new()));
        using HttpResponseMessage response = await connection.Guarded(() => connection.Post(Path, request, step.Token), cancellationToken);
        AnswerReader reader = Read(response);
        if (response.Content.Headers.ContentType?.MediaType is "application/json")
        {
            // Some do not stream, whatever they are asked for.
            string text = await connection.Guarded(() => Connection.Text(response, connection.Limits.MostBytes, step.Token), cancellationToken);
            using JsonDocument json = connection.Parsed(text);
            foreach (ChatResponseUpdate update in reader.ReadWhole(json.RootElement))
                yield return update;
            yield break;
        }
        await using Stream stream = await connection.Guarded(() => response.Content.ReadAsStreamAsync(step.Token), cancellationToken);
        await using IAsyncEnumerator<string> events = EventStream.Read(stream, connection.Limits.MostBytes, step.Token).GetAsyncEnumerator(step.Token);
        while (!reader.IsDone && await connection.Guarded(() => events.MoveNextAsync().AsTask(), cancellationToken))
        {
            step.CancelAfter(connection.Limits.Between);
            foreach (ChatResponseUpdate update in reader.ReadEvent(events.Current))
                yield return update;
        }
        foreach (ChatResponseUpdate update in reader.End())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => connection.Dispose();

    /// <summary>The path of the protocol's question.</summary>
    protected abstract string Path { get; }

    protected abstract void WriteRequest(Utf8JsonWriter writer, IReadOnlyList<ChatMessage> messages, ChatOptions options);

    /// <summary>What reads the answer to one question.</summary>
    protected abstract AnswerReader Read(HttpResponseMessage response);

    /// <summary>Settings that are no business of ours go along as they are; they never change what we say ourselves.</summary>
    protected static void WriteOthers(Utf8JsonWriter writer, ChatOptions options, HashSet<string> written)
    {
        foreach ((string name, object? value) in options.AdditionalProperties ?? [])
        {
            if (written.Add(name))
                PlainJson.Member(writer, name, value);
        }
    }

    protected static void WriteTools(Utf8JsonWriter writer, ChatOptions options, Action<AIFunctionDeclaration> write)
    {
        if (options.Tools is not { Count: > 0 } tools)
            return;
        writer.WriteStartArray("tools");
        foreach (AIFunctionDeclaration tool in tools.OfType<AIFunctionDeclaration>())
            write(tool);
        writer.WriteEndArray();
    }
}

/// <summary>Reads one answer of a protocol, piece by piece.</summary>
public abstract class AnswerReader(Connection connection)
{
    protected Connection Connection => connection;

    /// <summary>Nothing more comes.</summary>
    public bool IsDone { get; protected set; }

    public IEnumerable<ChatResponseUpdate> ReadEvent(string data)
    {
        if (IsDone || IsEnd(data))
        {
            IsDone = true;
            return [];
        }
        using JsonDocument json = connection.Parsed(data);
        if (json.RootElement.Member("error") is not null)
            throw connection.Complaint(StatusOf(json.RootElement), data, null);
        return [.. ReadEvent(json.RootElement)];
    }

    /// <summary>An answer that came in one piece.</summary>
    public abstract IEnumerable<ChatResponseUpdate> ReadWhole(JsonElement answer);

    /// <summary>What can be said only behind the last piece.</summary>
    /// <exception cref="ModelException">The last piece is missing.</exception>
    public abstract IEnumerable<ChatResponseUpdate> End();

    protected abstract IEnumerable<ChatResponseUpdate> ReadEvent(JsonElement data);

    protected virtual bool IsEnd(string data) => false;

    /// <summary>The status that an error in the middle of an answer would have had at its beginning.</summary>
    protected abstract System.Net.HttpStatusCode StatusOf(JsonElement data);

    protected ModelException Cut() => new(ModelFault.Cut, $"`{connection.Provider.Name}` ended its answer in the middle; nothing of it counts");

    /// <summary>A call of a tool, whose arguments may be no JSON: models write them.</summary>
    protected static FunctionCallContent Call(string? id, string name, string arguments)
    {
        var call = new FunctionCallContent(id ?? name, name);
        try
        {
            using JsonDocument json = JsonDocument.Parse(arguments.Length == 0 ? "{}" : arguments);
            call.Arguments = PlainJson.Of(json.RootElement) is IReadOnlyDictionary<string, object?> map ? map.ToDictionary(StringComparer.Ordinal) : null;
        }
        catch (JsonException)
        {
            // It is shown as the model wrote it.
        }
        call.AdditionalProperties = new() { ["written"] = arguments };
        return call;
    }
}
