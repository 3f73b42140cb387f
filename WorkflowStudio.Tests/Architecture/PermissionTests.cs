using System.Text.RegularExpressions;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Architecture;

/// <summary>What a use case needs is said once, on its operation: a route names that, and what asks beside a route does, too.</summary>
public sealed partial class PermissionTests
{
    [Fact]
    public void Api_NamesNoPermissionItself() => Assert.Empty(Lines("Api", Permission()));

    [Fact]
    public void Routes_NameWhatTheirOperationNeeds()
    {
        var routes = Sources("Api").Sum(f => Route().Count(f.Text));
        Assert.True(routes > 8, "No routes were found: has their form changed?");
        Assert.Equal(routes, Sources("Api").Sum(f => RouteByOperation().Count(f.Text)));
    }

    [Fact]
    public void OperationsThatSayWhatTheyNeed_AskForThat() =>
        Assert.Empty(Sources("Operations").Where(f => Needs().IsMatch(f.Text) && !RefusesByNeeds().IsMatch(f.Text)).Select(f => f.Name));

    [Fact]
    public void Api_ReadsTheKeyInOnePlace() => Assert.Equal(["KeyHeader.cs"], Lines("Api", Header()).Distinct());

    private static IEnumerable<string> Lines(string room, Regex what) => Sources(room).Where(f => what.IsMatch(f.Text)).Select(f => f.Name);

    private static IEnumerable<(string Name, string Text)> Sources(string room) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "WorkflowStudio", room), "*.cs", SearchOption.AllDirectories)
            .Select(f => (Path.GetFileName(f), File.ReadAllText(f)));

    [GeneratedRegex(@"\bPermission\.\w")]
    private static partial Regex Permission();

    [GeneratedRegex(@"\broutes\.(Get|Follow|Post|Put|Patch|Delete)\(")]
    private static partial Regex Route();

    [GeneratedRegex(@"\broutes\.(Get|Follow|Post|Put|Patch|Delete)\(\s*\$?""[^""]*"",\s*\w+\.Needs,")]
    private static partial Regex RouteByOperation();

    [GeneratedRegex(@"const Permission Needs\b")]
    private static partial Regex Needs();

    [GeneratedRegex(@"\b(Refuse|RefuseKey|RefuseAsync|TryWorkflow|FindAsync)\([^;]*\bNeeds\b")]
    private static partial Regex RefusesByNeeds();

    [GeneratedRegex(@"Headers\.Authorization|""Authorization""")]
    private static partial Regex Header();
}
