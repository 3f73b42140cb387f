using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Identity;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Operations.Access;

[Collection(StudioAppTests.Name)]
public sealed class MemberTests(StudioApp app)
{
    [Fact]
    public async Task LastOwner_StaysOne_AlsoWhenAllAreTakenAwayAtOnce()
    {
        var (owner, workspace) = await WorkspaceAsync();
        Guid[] owners = [await PersonAsync(owner, WorkspaceRole.Owner), await PersonAsync(owner, WorkspaceRole.Owner),
            await PersonAsync(owner, WorkspaceRole.Owner), await PersonAsync(owner, WorkspaceRole.Owner)];
        var change = app.Get<ChangeMember>();
        var done = await Task.WhenAll(owners.Select((id, i) => Task.Run(() => i % 2 == 0
            ? change.RemoveAsync(owner, id)
            : change.SetAsync(owner, id, [BuiltInRoles.IdOf(workspace, WorkspaceRole.Viewer)]))));
        Assert.Equal(3, done.Count(d => d.Ok));
        Assert.Equal("last_owner", Assert.Single(done, d => !d.Ok).Problem!.Code);
        var left = (await app.Get<ListMembers>().RunAsync(owner)).Value!;
        Assert.Single(left, m => m.Roles.Any(r => r.Name == "Owner"));
    }

    [Fact]
    public async Task Nobody_GivesMoreThanTheyHave()
    {
        var (owner, workspace) = await WorkspaceAsync();
        var person = await PersonAsync(owner, WorkspaceRole.Viewer);
        var admin = owner with { Role = WorkspaceRole.Admin };
        var clerk = owner with
        {
            Roles =
            [
                new HeldRole { Name = "Clerk", MadeId = NewIds.Next(), Permissions = Permissions.All },
            ],
        };
        Assert.Equal("Only an owner may make somebody an owner, or take that away.", await GiveAsync(admin, WorkspaceRole.Owner));
        Assert.Null(await GiveAsync(admin, WorkspaceRole.Admin));
        Assert.Equal("Only an owner or an admin may make somebody an admin, or take that away.",
            await GiveAsync(clerk, WorkspaceRole.Viewer)); // it takes the admin away
        Assert.Null(await GiveAsync(owner, WorkspaceRole.Viewer));
        var few = clerk with
        {
            Roles = [clerk.Roles[0] with { Permissions = Permissions.Of(Permission.ManageMembers, Permission.ViewWorkflows) }],
        };
        Assert.StartsWith("This would allow ", await GiveAsync(few, WorkspaceRole.Operator), StringComparison.Ordinal);
        Assert.IsType<OperationProblem.Forbidden>(
            (await app.Get<ChangeRole>().AddAsync(few, "More", Permissions.Of(Permission.ManageKeys))).Problem);

        async Task<string?> GiveAsync(Caller by, WorkspaceRole role) =>
            (await app.Get<ChangeMember>().SetAsync(by, person, [BuiltInRoles.IdOf(workspace, role)])).Problem?.Message;
    }

    [Fact]
    public async Task Role_IsMadeChangedUsedAndRemoved_AndAllOfItIsInTheLog()
    {
        var (owner, _) = await WorkspaceAsync();
        var roles = app.Get<ChangeRole>();
        var made = (await roles.AddAsync(owner, " Reception ", Permissions.Of(Permission.ViewWorkflows))).Value!;
        Assert.Equal("role_exists", (await roles.AddAsync(owner, "reception", Permissions.All)).Problem!.Code);
        Assert.Equal("role_exists", (await roles.AddAsync(owner, "Owner", Permissions.All)).Problem!.Code);
        Assert.True((await roles.SetAsync(owner, made.Id, null, Permissions.Of(Permission.ViewWorkflows, Permission.RunWorkflows))).Ok);
        var person = await PersonAsync(owner, WorkspaceRole.Viewer);
        Assert.True((await app.Get<ChangeMember>().SetAsync(owner, person, [made.Id])).Ok);
        Assert.Equal("role_in_use", (await roles.RemoveAsync(owner, made.Id)).Problem!.Code);
        Assert.True((await app.Get<ChangeMember>().RemoveAsync(owner, person)).Ok);
        Assert.True((await roles.RemoveAsync(owner, made.Id)).Ok);
        var builtIn = BuiltInRoles.IdOf(owner.Tenant.WorkspaceId, WorkspaceRole.Viewer);
        Assert.Equal("built_in_role", (await roles.RemoveAsync(owner, builtIn)).Problem!.Code);
        Assert.Equal(
            ["role.removed", "member.removed", "member.changed", "member.added", "role.changed", "role.added"],
            (await app.Get<ReadAudit>().RunAsync(owner)).Value!.Select(l => l.Action).Where(a =>
                !a.StartsWith("key", StringComparison.Ordinal)));
    }

    private async Task<(Caller Owner, Guid Workspace)> WorkspaceAsync()
    {
        var practice = await app.PracticeAsync();
        return (practice.Owner, practice.Owner.Tenant.WorkspaceId);
    }

    private async Task<Guid> PersonAsync(Caller owner, WorkspaceRole role)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var other = await app.PracticeAsync();
        var made = await scope.ServiceProvider.GetRequiredService<Users>().CreateAsync(
            new NewUser("Person", $"{NewIds.Next():N}@example.test", null), other.Owner.Tenant.WorkspaceId, WorkspaceRole.Viewer, default);
        var joined = await app.Get<ChangeMember>()
            .SetAsync(owner, made.Id, [BuiltInRoles.IdOf(owner.Tenant.WorkspaceId, role)]);
        Assert.True(joined.Ok, joined.Problem?.Message);
        return made.Id;
    }
}
