using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Demo;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Identity;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Hosting.Demo;

/// <summary>
/// The demo: a practice that has lived for two weeks, and its owner. Doing it again adds what is missing. The practice comes whole or not
/// at all, and the account comes after it: as long as there is no account, a start makes the demo.
/// </summary>
internal sealed class DemoSeed(
    DemoCarrier carrier, DemoLife life, Users users, IdFactory ids, CreateWorkflow create, WorkflowStore workflows)
{
    /// <summary>The name of the owner.</summary>
    public const string OwnerName = "Dana Whitfield";

    /// <summary>Answers null, or what could not be made.</summary>
    /// <param name="tell">Is told how far it is.</param>
    /// <param name="cancellationToken">Gives up; nothing is made then.</param>
    public async Task<string?> EnsureAsync(Action<string> tell, CancellationToken cancellationToken)
    {
        var place = await carrier.FindAsync(cancellationToken);
        var ownerId = await OwnerIdAsync(place);
        if (place is not { IsFilled: true })
        {
            await life.MakeAsync(place?.Workspace, ownerId, tell, cancellationToken);
            place = await carrier.FindAsync(cancellationToken);
        }

        var workspace = place!.Workspace.Id;
        var owner = await users.EnsureAsync(
            new NewUser(OwnerName, SignInEndpoints.DemoOwner, null) { Id = ownerId }, workspace, WorkspaceRole.Owner, cancellationToken);
        if (owner.Problem is { } problem) return problem;
        foreach (var environment in Enum.GetValues<StudioEnvironment>())
            if (await PipelineAsync(Owner(owner.Id, new Tenant(workspace, environment)), cancellationToken) is { } refused)
                return refused.Message;
        return null;
    }

    /// <summary>The owner at work.</summary>
    public static Caller Owner(Guid id, Tenant tenant) =>
        new() { Tenant = tenant, UserId = id, Name = OwnerName, Role = WorkspaceRole.Owner };

    // the practice knows its owner before there is the account
    private async Task<Guid> OwnerIdAsync(DemoPlace? place)
    {
        if (await users.FindAsync(SignInEndpoints.DemoOwner) is { } known) return known;
        foreach (var owner in place?.Owners ?? [])
            if (!await users.IsThereAsync(owner)) return owner;
        return ids.New();
    }

    // a workspace of this name that somebody made by hand has a practice, but no workflows
    private async Task<OperationProblem?> PipelineAsync(Caller caller, CancellationToken cancellationToken)
    {
        var (_, existing) = await workflows.ListAsync(caller.Tenant, new WorkflowRowFilter(Take: 1), cancellationToken);
        return existing > 0 ? null : (await create.RunAsync(caller, DemoFlow.Read(DemoFlow.Intake), null, cancellationToken)).Problem;
    }
}
