using System.Text.RegularExpressions;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Architecture;

/// <summary>What code and pages cite is there, and docs/architecture.md names every arrow.</summary>
public sealed partial class CitedPagesTests
{
    private static readonly string[] Kinds = [".cs", ".razor", ".ts", ".tsx", ".css", ".js", ".md", ".props", ".targets", ".csproj"];
    private static readonly string[] Made = ["bin", "obj", "node_modules", ".git", "TestResults", "wwwroot"];

    [Fact]
    public void Pages_ThatAreCited_AreThere()
    {
        var missing =
            from file in Files(Repository.Root)
            from cited in Cited().Matches(File.ReadAllText(file)).Where(m => !IsThere(m.Groups["page"].Value, m.Groups["section"].Value))
            select $"{Path.GetRelativePath(Repository.Root, file)}: {cited.Value}";
        Assert.Empty(missing);
    }

    [Fact]
    public void ArchitecturePage_NamesEveryArrow()
    {
        var page = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "architecture.md")).ToHashSet();
        Assert.All(Arrows.All, a => Assert.Contains("- " + a.Name, page));
    }

    private static bool IsThere(string page, string section)
    {
        var path = Path.Combine(Repository.Root, page);
        return File.Exists(path)
            && (section.Length == 0 || File.ReadLines(path).Any(l => l.StartsWith('#') && l.TrimStart('#', ' ') == section));
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder).Where(f => Array.IndexOf(Kinds, Path.GetExtension(f)) >= 0)
            .Concat(Directory.EnumerateDirectories(folder).Where(d => Array.IndexOf(Made, Path.GetFileName(d)) < 0).SelectMany(Files));

    // also the plans' folders, which are not in the repository: what the code needs of them stands in docs/decisions.md
    [GeneratedRegex("""(?<![\w/.])(?<page>(docs|design|contracts)/[\w./-]*\w\.(md|txt))(, "(?<section>[^"]+)")?""")]
    private static partial Regex Cited();
}
