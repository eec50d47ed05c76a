namespace PromptLsp.Releases;

/// <summary>What was asked of a release cannot be done. The message is one line for the person who asked: what, where, what to do.</summary>
public class ReleaseException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>Something else runs there than was seen: somebody was faster.</summary>
public sealed class ReleaseConflictException(string message) : ReleaseException(message);
