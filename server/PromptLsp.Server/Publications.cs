using System.Collections.Immutable;
using PromptLsp.Language.Linting;
using PromptLsp.Server.Protocol;

namespace PromptLsp.Server;

/// <summary>Publishes the findings of open documents: at once, one running, the newest waiting.</summary>
internal sealed class Publications(Session session, CancellationToken ended)
{
    private readonly Dictionary<string, OpenDocument> _waiting = new(StringComparer.Ordinal);
    private bool _isRunning;

    public void Follow(OpenDocuments before, OpenDocuments now)
    {
        lock (_waiting)
        {
            foreach ((string uri, OpenDocument open) in now.ByUri)
            {
                if (!ReferenceEquals(before.Find(uri), open))
                    _waiting[uri] = open;
            }
            if (_isRunning || _waiting.Count == 0)
                return;
            _isRunning = true;
        }
        _ = Task.Run(RunAsync, ended);
    }

    private async Task RunAsync()
    {
        while (true)
        {
            OpenDocument next;
            lock (_waiting)
            {
                if (_waiting.Count == 0)
                {
                    _isRunning = false;
                    return;
                }
                next = _waiting.Values.First();
                _waiting.Remove(next.Uri);
            }
            ImmutableArray<Finding> findings = Linter.Quick(next.Prompt, ended);
            Diagnostic[] diagnostics = [.. findings.Select(f => f.ToLsp(next.Uri, next.Text))];
            await session.Client.TellAsync("textDocument/publishDiagnostics", ("uri", next.Uri), ("version", next.Version), ("diagnostics", diagnostics));
        }
    }
}
