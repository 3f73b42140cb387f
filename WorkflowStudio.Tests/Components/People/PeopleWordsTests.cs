using System.Reflection;
using WorkflowStudio.Components.People;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Tests.Components.People;

public sealed class PeopleWordsTests
{
    [Fact]
    public void EveryPermission_HasItsWords() => Assert.All(
        Enum.GetValues<Permission>(), p => Assert.NotEqual(Permissions.NameOf(p), PermissionWords.Of(p)));

    [Fact]
    public void Permissions_AreASentence()
    {
        Assert.Equal("Everything", PermissionWords.Of(Permissions.All));
        Assert.Equal("See workflows, see runs", PermissionWords.Of(Permissions.Of(Permission.ViewRuns, Permission.ViewWorkflows)));
        Assert.Equal("", PermissionWords.Of(default(Permissions)));
    }

    [Fact]
    public void EveryAction_HasItsWords() => Assert.All(
        typeof(AuditActions).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!),
        action => Assert.DoesNotContain(action, AuditWords.Of(action, "<b>x</b>"), StringComparison.Ordinal));

    [Theory]
    [InlineData("of.another.version", "x", "of.another.version: x")]
    [InlineData("of.another.version", "", "of.another.version")]
    public void Action_OfAnotherVersion_IsSaidAsItIs(string action, string target, string words) =>
        Assert.Equal(words, AuditWords.Of(action, target));
}
