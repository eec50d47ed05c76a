namespace PromptLsp.History.Files;

/// <summary>What the system said against reading or writing, in our own words: the native program has none of the runtime's.</summary>
public static class FileFailure
{
    // What a write beyond the size that the user's shell allows a file (`ulimit -f`) comes as.
    private const string LengthParameter = "value";

    /// <summary>True for what reading or writing can throw.</summary>
    public static bool Is(Exception failure) => failure is IOException or UnauthorizedAccessException || IsTooLarge(failure);

    /// <summary>No room, or no leave to use it.</summary>
    public static bool IsFullDisk(Exception failure) =>
        IsTooLarge(failure)
        || Code(failure) is var code
            && (
                OperatingSystem.IsWindows() ? code is 112
                : OperatingSystem.IsLinux() ? code is 28 or 122
                : code is 28 or 69
            );

    public static bool IsReadOnlyDisk(Exception failure) => failure is IOException && Code(failure) == (OperatingSystem.IsWindows() ? 19 : 30);

    /// <summary>Nobody reads what is written any more.</summary>
    public static bool IsNobodyReading(Exception failure) =>
        failure is IOException && (OperatingSystem.IsWindows() ? Code(failure) is 232 or 109 : Code(failure) == 32);

    public static string Reason(Exception failure) => failure switch
    {
        _ when IsTooLarge(failure) => "the file would be larger than this session may write",
        _ when IsFullDisk(failure) => "the disk is full",
        _ when IsReadOnlyDisk(failure) => "the disk is read-only",
        UnauthorizedAccessException => "no permission",
        FileNotFoundException or DirectoryNotFoundException => "it is not there",
        PathTooLongException => "its path is too long",
        _ when IsNobodyReading(failure) => "nobody reads it",
        _ => (OperatingSystem.IsWindows(), Code(failure)) switch
        {
            (false, 1 or 13) or (true, 5) => "no permission",
            (false, 17) or (_, 80 or 183) => "it is there already",
            (false, 20) => "a part of its path is no folder",
            (false, 21) => "it is a folder",
            (true, 32) => "another program has it open",
            (_, var code) => $"the system's error {code}",
        },
    };

    private static bool IsTooLarge(Exception failure) => failure is ArgumentOutOfRangeException { ParamName: LengthParameter };

    // Unix's own number, or the last half of Windows'.
    private static int Code(Exception failure) => failure.HResult & 0xFFFF;
}
