using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Scripting;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Operations.Editing;
using WorkflowStudio.Operations.Home;
using WorkflowStudio.Tests.Operations.Access;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Operations.Home;

public sealed class AllowCodeTests(StudioApp app) : IClassFixture<StudioApp>
{
    [Fact]
    public async Task Code_IsOffUntilAnAdminAllowsIt_InThatWorkspaceAlone()
    {
        var (world, other) = (await AccessWorld.MakeAsync(app), await AccessWorld.MakeAsync(app));
        var allow = app.Get<AllowCode>();
        Assert.False((await allow.RunAsync(world.Admin, null)).Value);

        Assert.True((await allow.RunAsync(world.Admin, true)).Value);
        Assert.True((await allow.RunAsync(world.Admin, true)).Value);

        var permits = app.Get<IScriptPermits>();
        Assert.True(await permits.AllowsAsync(world.Admin.Tenant.WorkspaceId, default));
        Assert.True(await AllowsInEditorAsync(world));
        Assert.False(await permits.AllowsAsync(other.Admin.Tenant.WorkspaceId, default));
        Assert.False(await AllowsInEditorAsync(other));
        Assert.False(await permits.AllowsAsync(NewIds.Next(), default));
        Assert.False((await allow.RunAsync(world.Admin, false)).Value);
        Assert.Equal(["It is not allowed.", "It is allowed."], (await app.Get<ReadAudit>().RunAsync(world.Admin)).Value!
            .Where(l => l.Action == AuditActions.CodeAllowed).Select(l => l.Detail));
    }

    private async Task<bool> AllowsInEditorAsync(AccessWorld world) =>
        (await app.Get<IEditWorkflow>().SurroundingsAsync(world.Admin, default)).AllowsCode;
}
