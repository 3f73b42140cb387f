using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Architecture;

/// <summary>There is one library of components (docs/adr/0006), so no file speaks of the one before it.</summary>
public sealed class OneLibraryTests
{
    private static readonly string[] Gone = ["Rad" + "zen", "--r" + "z-", ".r" + "z-", "\"r" + "z-"];

    // what is made by a build, and what tells of the past
    private static readonly string[] NotOurs = [".git", "bin", "obj", "node_modules", "adr"];

    private static readonly string[] Kinds = [".cs", ".razor", ".css", ".js", ".mjs", ".ts", ".tsx", ".json", ".csproj", ".props",
        ".targets", ".md", ".yml"];

    [Fact]
    public void Files_All_SpeakOfOneLibraryOfComponents() =>
        Assert.Empty(Files(Repository.Root).Where(f => Path.GetFileName(f) != "CHANGELOG.md").Where(IsOfThePast)
            .Select(f => Path.GetRelativePath(Repository.Root, f)));

    private static bool IsOfThePast(string file)
    {
        var text = File.ReadAllText(file);
        return Array.Exists(Gone, word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder)
        .Where(f => Kinds.Contains(Path.GetExtension(f)))
        .Concat(Directory.EnumerateDirectories(folder).Where(d => !NotOurs.Contains(Path.GetFileName(d))).SelectMany(Files));
}
