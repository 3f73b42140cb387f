namespace WorkflowStudio.Hosting.Commands;

/// <summary>What the app does when its first argument is a word.</summary>
internal static class CommandLine
{
    public static bool IsCommand(string[] args) => args is [{ Length: > 0 } first, ..] && (first[0] != '-' || first is "--help" or "-h");

    public static async Task<int> RunAsync(string[] args, TextReader input, TextWriter output, TextWriter error)
    {
        await error.WriteLineAsync($"Unknown command {args[0]}.");
        return 2;
    }
}
