using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Access;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Operations.Access;

/// <summary>What the matrix does not ask: keys, and roles together.</summary>
public sealed class WorkflowRightsTests
{
    private static readonly Guid Maker = NewIds.Next(), Somebody = NewIds.Next(), Shared = NewIds.Next(), KeyId = NewIds.Next();

    private static readonly Tenant Tenant = new(NewIds.Next(), StudioEnvironment.Live);

    [Theory]
    [InlineData(WorkflowVisibility.Tenant, false, false, null, true)]
    [InlineData(WorkflowVisibility.Private, false, false, null, false)]
    [InlineData(WorkflowVisibility.Private, true, false, null, true)]
    [InlineData(WorkflowVisibility.Private, false, true, null, true)]
    [InlineData(WorkflowVisibility.Private, false, false, GrantLevel.Manage, false)]
    [InlineData(WorkflowVisibility.Shared, false, false, null, false)]
    [InlineData(WorkflowVisibility.Shared, false, false, GrantLevel.View, true)]
    public void Key_SeesWhatIsForAll_WhatIsItsOwnOrItsMakers_AndWhatItWasGiven(
        WorkflowVisibility visibility, bool ofMaker, bool ofKey, GrantLevel? granted, bool sees)
    {
        var workflow = new WorkflowStanding
        { Visibility = visibility, OwnerId = ofMaker ? Maker : Somebody, OwnerKeyId = ofKey ? KeyId : null, Granted = granted };
        Assert.Equal(sees, WorkflowRights.Allows(Key(Scopes.All), workflow, Permission.ViewWorkflows));
    }

    [Fact]
    public void Key_HasNoMoreThanItsScopes_WhateverWasGranted()
    {
        var granted = new WorkflowStanding { Visibility = WorkflowVisibility.Shared, OwnerId = Somebody, Granted = GrantLevel.Manage };
        var reads = Key(["service.workflows.workflows.view"]);
        Assert.True(WorkflowRights.Allows(reads, granted, Permission.ViewWorkflows));
        Assert.False(WorkflowRights.Allows(reads, granted, Permission.RunWorkflows));
        var runs = Key(["service.workflows.workflows.run"]);
        Assert.True(WorkflowRights.Allows(runs, granted, Permission.RunWorkflows));
        Assert.False(WorkflowRights.Allows(runs, granted with { Granted = GrantLevel.View }, Permission.RunWorkflows));
    }

    [Fact]
    public void Key_SharesWhatIsItsMakersOrNobodys()
    {
        var key = Key(Scopes.All);
        var all = new WorkflowStanding { Visibility = WorkflowVisibility.Tenant };
        Assert.True(WorkflowRights.Allows(key, all, Permission.ShareWorkflows));
        Assert.True(WorkflowRights.Allows(key, all with { OwnerId = Maker }, Permission.ShareWorkflows));
        Assert.False(WorkflowRights.Allows(key, all with { OwnerId = Somebody }, Permission.ShareWorkflows));
    }

    [Fact]
    public void Roles_AllowTogetherWhatEachAllows()
    {
        var role = new HeldRole { Name = "Auditor", MadeId = NewIds.Next(), Permissions = Permissions.Of(Permission.ViewAudit) };
        var both = new Caller { Tenant = Tenant, Name = "Ada", Roles = [HeldRole.Of(WorkspaceRole.Viewer), role] };
        Assert.Null(both.Refuse(Permission.ViewAudit));
        Assert.Null(both.Refuse(Permission.ViewWorkflows));
        var refused = Assert.IsType<OperationProblem.Forbidden>(both.Refuse(Permission.ManageWorkflows));
        Assert.Equal("workflows.manage", refused.Permission);
        Assert.Equal(
            "This needs the permission workflows.manage, which your role (Viewer, Auditor) does not have. Ask an owner of the workspace.",
            refused.Message);
    }

    [Fact]
    public void Permissions_AreReadAsTheyAreWritten()
    {
        Assert.Equal(Enum.GetValues<Permission>().Length, Permissions.All.Count);
        Assert.Equal(Permissions.All, Permissions.Read(string.Join(' ', Permissions.AllNames)));
        Assert.Equal(Permissions.Of(Permission.Export), Permissions.Read("export made.up"));
        Assert.All(Enum.GetValues<Permission>().Where(p => Scopes.Of(p) is not null), p => Assert.Contains(Scopes.Of(p)!, Scopes.All));
    }

    [Fact]
    public void BuiltInRoles_HaveIdsOfTheirOwnInEveryWorkspace()
    {
        var (here, there) = (NewIds.Next(), NewIds.Next());
        var ids = BuiltInRoles.All.SelectMany(r => new[] { BuiltInRoles.IdOf(here, r), BuiltInRoles.IdOf(there, r) }).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(BuiltInRoles.All, r => Assert.Equal(r, BuiltInRoles.Find(here, BuiltInRoles.IdOf(here, r))));
        Assert.Null(BuiltInRoles.Find(here, BuiltInRoles.IdOf(there, WorkspaceRole.Owner)));
    }

    private static Caller Key(IEnumerable<string> scopes) => new()
    { Tenant = Tenant, Name = "Key", KeyId = KeyId, MakerId = Maker, SharesOf = [Shared], Scopes = scopes.ToHashSet() };
}
