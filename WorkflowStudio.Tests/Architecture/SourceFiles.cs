using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Architecture;

/// <summary>The files that are written by hand.</summary>
internal static class SourceFiles
{
    private static readonly string[] Kinds = [".cs", ".razor", ".ts", ".tsx", ".js", ".mjs", ".css"];
    private static readonly string[] Made = ["bin", "obj", "node_modules", "Migrations", "CompiledModel", ".git"];

    /// <summary>Each with its path, and its name from the repository's root with slashes.</summary>
    public static IEnumerable<(string Path, string Name)> All => Directory.EnumerateFiles(Repository.Root, "*", SearchOption.AllDirectories)
        .Select(f => (Path: f, Name: Path.GetRelativePath(Repository.Root, f).Replace('\\', '/')))
        .Where(f => Kinds.Contains(Path.GetExtension(f.Name)) && !IsMade(f.Name));

    private static bool IsMade(string name) => name.Split('/').Any(Made.Contains)
        || name.Contains("wwwroot/canvas/", StringComparison.Ordinal) || name.Contains("wwwroot/_framework/", StringComparison.Ordinal);
}
