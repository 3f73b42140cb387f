namespace WorkflowStudio.Engine.Scripting;

/// <summary>What bounds a script.</summary>
public static class ScriptLimits
{
    /// <summary>The longest script, in characters.</summary>
    public const int LongestSource = 64 * 1024;

    /// <summary>The longest time that a script may be given.</summary>
    public static readonly TimeSpan LongestTime = TimeSpan.FromSeconds(10);

    /// <summary>The longest time in line.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>How many scripts of one workspace may stand in line.</summary>
    public const int LongestLine = 1_000;

    /// <summary>The most statements of a script.</summary>
    public const int MostStatements = 100_000_000;

    /// <summary>How often one function may stand on the stack.</summary>
    public const int DeepestRecursion = 500;

    /// <summary>The most entries of a list.</summary>
    public const int LongestList = 200_000;

    /// <summary>How much a script may use in all, what it has let go again included, in bytes.</summary>
    public const long MostMemory = 128 * 1024 * 1024;

    /// <summary>The longest search for one pattern in one text.</summary>
    public static readonly TimeSpan LongestMatch = TimeSpan.FromMilliseconds(500);

    /// <summary>The largest value that a script may return, in bytes of JSON.</summary>
    public const int LargestValue = 1024 * 1024;

    /// <summary>How many lines of the console are kept.</summary>
    public const int MostLines = 100;

    /// <summary>How many characters of such a line are kept.</summary>
    public const int LongestText = 1_000;

    // The heap of the process: a script that one statement makes larger than that runs out of memory, and nobody else does.
    internal const long Heap = 256 * 1024 * 1024;

    // so deep that the engine's own guard meets a recursion before the process does
    internal const int Stack = 16 * 1024 * 1024;

    // after its time a script has so long to say that it stopped
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    internal static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(30);

    // a process that nobody needs for so long is ended
    internal static readonly TimeSpan Idle = TimeSpan.FromMinutes(10);
}

/// <summary>The codes of scripts that return nothing.</summary>
public static class ScriptCodes
{
    /// <summary>It cannot be read.</summary>
    public const string Syntax = "code_syntax";

    /// <summary>It threw an error.</summary>
    public const string Error = "code_error";

    /// <summary>It took longer than it may.</summary>
    public const string Time = "code_timeout";

    /// <summary>It used more memory than it may, or a longer list.</summary>
    public const string Memory = "code_memory";

    /// <summary>It has more statements to do than it may.</summary>
    public const string Statements = "code_statements";

    /// <summary>Its functions call themselves too deep.</summary>
    public const string Recursion = "code_recursion";

    /// <summary>A regular expression took too long.</summary>
    public const string Pattern = "code_pattern";

    /// <summary>What it returned is larger than may be.</summary>
    public const string TooLarge = "output_too_large";

    /// <summary>What it returned is nested deeper than may be.</summary>
    public const string TooDeep = "output_too_deep";

    /// <summary>What it returned is no data.</summary>
    public const string NoData = "code_output";

    /// <summary>No place was free in time.</summary>
    public const string Busy = "code_busy";

    /// <summary>Its process could not be started.</summary>
    public const string Unavailable = "code_unavailable";
}
