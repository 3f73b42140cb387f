namespace WorkflowStudio.Tests.Support;

/// <summary>
/// The files that all parts of the project share: the folder <c>shared</c> beside the checkout, or beside one of its parents.
/// </summary>
internal static class SharedFiles
{
    /// <summary>Reads a file by its path below <c>shared</c>.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Folder(), path));

    private static string Folder() => Parents(AppContext.BaseDirectory)
        .Select(p => Path.Combine(p, "shared"))
        .FirstOrDefault(p => Directory.Exists(Path.Combine(p, "examples")))
        ?? throw new InvalidOperationException(
            $"Looking for the folder \"shared\" with the examples: none beside {SolutionRoot()} or beside a parent of it.");

    /// <summary>A file of the checkout itself.</summary>
    public static string ReadOfCheckout(string path) => File.ReadAllText(Path.Combine(SolutionRoot(), path));

    private static string SolutionRoot() =>
        Parents(AppContext.BaseDirectory).First(p => File.Exists(Path.Combine(p, "WorkflowStudio.sln")));

    private static IEnumerable<string> Parents(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent) yield return at.FullName;
    }
}
