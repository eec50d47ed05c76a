namespace PromptLsp.Server.History;

/// <summary>
/// What the editor has shown of each prompt in the last minute, in order, since it was last saved. A text found on disk that is among these is
/// a save of the editor's, whichever message came first; unless the disk had it before the editor did: then it was read from there.
/// </summary>
internal sealed class EditorTexts(TimeProvider clock)
{
    // Characters of one prompt's texts. What is over is forgotten, the oldest first.
    private const int MostCharacters = 2_000_000;

    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(1);

    // Clocks of disks tick in steps, and an editor's message may come after the file that it speaks of: on a busy machine much later.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(50), BusyTolerance = TimeSpan.FromMilliseconds(500);

    private readonly Lock _one = new();
    private readonly Dictionary<string, Past> _pasts = new(StringComparer.Ordinal);

    /// <summary>A prompt was opened, or its text changed.</summary>
    public EditorText Show(string path, string text)
    {
        EditorText shown;
        DateTimeOffset now = clock.GetUtcNow();
        lock (_one)
        {
            if (!_pasts.TryGetValue(path, out Past? past))
                _pasts.Add(path, past = new());
            past.IsOpen = true;
            past.Texts.Add(shown = new(++past.Moment, now, text));
            past.Characters += text.Length;
            // The text before was shown until now.
            while (past.Texts.Count > 2 && (past.Characters > MostCharacters || now - past.Texts[1].At > Lately))
                past.DropFirst();
        }
        return shown;
    }

    /// <summary>What it showed is remembered for a while: the last save may still be on its way.</summary>
    public void Close(string path)
    {
        DateTimeOffset now = clock.GetUtcNow();
        lock (_one)
        {
            if (_pasts.TryGetValue(path, out Past? past))
                past.IsOpen = false;
            foreach (string old in _pasts.Where(p => !p.Value.IsOpen && now - p.Value.Texts[^1].At > Lately).Select(p => p.Key).ToList())
                _pasts.Remove(old);
        }
    }

    public bool IsOpen(string path)
    {
        lock (_one)
            return _pasts.TryGetValue(path, out Past? past) && past.IsOpen;
    }

    /// <summary>What the editor shows now; null for a prompt that it does not have open.</summary>
    public EditorText? Now(string path)
    {
        lock (_one)
            return _pasts.TryGetValue(path, out Past? past) && past.IsOpen ? past.Texts[^1] : null;
    }

    /// <summary>
    /// The newest text with this fingerprint since the last save, that one included; one that was typed rather than one that was read.
    /// </summary>
    /// <param name="until">
    /// What was shown when a save was told of; null where none was. If a later text has the fingerprint, the file holds a later save, and none is found.
    /// </param>
    public EditorText? Find(string path, string fingerprint, EditorText? until)
    {
        EditorText[] texts;
        long saved;
        lock (_one)
        {
            if (!_pasts.TryGetValue(path, out Past? past))
                return null;
            (texts, saved) = ([.. past.Texts], past.Saved);
        }
        EditorText[] same = Array.FindAll(texts, t => t.Moment >= saved && t.Fingerprint == fingerprint);
        if (until is not null && same is [.., var last] && last.Moment > until.Moment)
            return null;
        return Array.FindLast(same, t => !t.IsRead) ?? same.LastOrDefault();
    }

    /// <summary>The text was written to the disk, or read from there: earlier ones will not come any more.</summary>
    public void Settle(string path, EditorText text)
    {
        lock (_one)
        {
            if (!_pasts.TryGetValue(path, out Past? past))
                return;
            past.Saved = Math.Max(past.Saved, text.Moment);
            while (past.Texts.Count > 1 && past.Texts[0].Moment < past.Saved)
                past.DropFirst();
        }
    }

    /// <summary>The file had the text before the editor did.</summary>
    public static bool CameFromDisk(EditorText text, DateTimeOffset written) => text.At > written + Tolerance;

    /// <summary>The same, so surely that a save that is told of the text later is no news.</summary>
    public static bool SurelyCameFromDisk(EditorText text, DateTimeOffset written) => text.At > written + BusyTolerance;

    private sealed class Past
    {
        public bool IsOpen { get; set; }

        public long Moment { get; set; }

        public long Saved { get; set; }

        public int Characters { get; set; }

        public List<EditorText> Texts { get; } = [];

        public void DropFirst()
        {
            Characters -= Texts[0].Text.Length;
            Texts.RemoveAt(0);
        }
    }
}

/// <summary>One text that an editor showed.</summary>
/// <param name="Moment">Counts a prompt's texts.</param>
/// <param name="At">When it came.</param>
internal sealed record EditorText(long Moment, DateTimeOffset At, string Text)
{
    // Most are never asked.
    private string? _fingerprint;

    public string Fingerprint => _fingerprint ??= PromptLsp.History.Fingerprint.Of(Text);

    /// <summary>It was found on the disk before the editor showed it: nobody here wrote it.</summary>
    public bool IsRead { get; set; }
}
