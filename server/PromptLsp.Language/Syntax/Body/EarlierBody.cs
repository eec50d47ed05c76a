namespace PromptLsp.Language.Syntax.Body;

/// <summary>A body before an edit.</summary>
/// <param name="Same">Up to which offset of the file the text is the same now.</param>
internal sealed record EarlierBody(TemplateBody Body, int Same)
{
    /// <summary>The last place from which reading again gives all that differs; null where that is the whole body.</summary>
    public Restart? Restart
    {
        get
        {
            Restart? last = null;
            foreach (Restart place in Body.Restarts)
            {
                if (place.Reach > Same)
                    break;
                last = place;
            }
            return last;
        }
    }
}

/// <summary>A place outside of all blocks and islands where reading a body can begin again.</summary>
/// <param name="Offset">Right behind an island.</param>
/// <param name="Reach">How far what stands before it was read by looking at: no edit from here on changes anything there.</param>
/// <param name="Nodes">How many of the body's own nodes stand before it.</param>
/// <param name="Islands">How many islands stand before it.</param>
/// <param name="Problems">How many problems stand before it.</param>
internal readonly record struct Restart(int Offset, int Reach, int Nodes, int Islands, int Problems);
