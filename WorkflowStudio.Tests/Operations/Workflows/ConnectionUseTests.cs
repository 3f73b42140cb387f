using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Workflows;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Operations.Workflows;

/// <summary>Who may not use connections lets no workflow run that names one which was not in use before.</summary>
[Collection(StudioAppTests.Name)]
public sealed class ConnectionUseTests(StudioApp app)
{
    private const string Why = "The workflow uses the connection {0}. This needs the permission connections.use, which your role (Drafter) "
        + "does not have. Ask an owner of the workspace.";

    private static readonly HeldRole Drafter = new()
    {
        Name = "Drafter", MadeId = NewIds.Next(),
        Permissions = Permissions.Of(Permission.ViewWorkflows, Permission.ManageWorkflows),
    };

    public static TheoryData<string, string> Named => new()
    {
        { "crm", Definition("crm") },
        { "hub", Definition("", """{"signature":{"scheme":"github","connection":"hub"}}""") },
        { "{{ \"crm\" }}", Definition("{{ \"crm\" }}") },
    };

    [Theory]
    [MemberData(nameof(Named))]
    public async Task NewConnection_NeedsThePermission(string name, string definition)
    {
        var (owner, drafter) = await CallersAsync();
        var named = StoredDefinitions.Definition(definition);
        var made = await app.Get<CreateWorkflow>().RunAsync(drafter, New(WorkflowStatus.Active, named));
        AssertRefused(name, made.Problem);

        var draft = (await app.Get<CreateWorkflow>().RunAsync(drafter, New(WorkflowStatus.Draft, named))).Value!.Id;
        AssertRefused(name, (await app.Get<PublishWorkflow>().RunAsync(drafter, draft, 1)).Problem);
        Assert.Equal(0, (await OpenAsync(owner, draft)).Workflow.Version);
        AssertRefused(name, (await app.Get<UpdateWorkflow>().RunAsync(
            drafter, draft, _ => new WorkflowUpdate { Status = WorkflowStatus.Active })).Problem);

        var unnamed = StoredDefinitions.Definition(Definition(""));
        var plain = (await app.Get<CreateWorkflow>().RunAsync(drafter, New(WorkflowStatus.Active, unnamed))).Value!.Id;
        AssertRefused(name, (await app.Get<UpdateWorkflow>().RunAsync(
            drafter, plain, _ => new WorkflowUpdate { Definition = named })).Problem);
        var beside = await app.Get<UpdateWorkflow>().RunAsync(
            drafter, plain, _ => new WorkflowUpdate { Definition = named, Activates = false });
        Assert.True(beside.Ok, beside.Problem?.Message);
        AssertRefused(name, (await app.Get<ActivateWorkflow>().RunAsync(drafter, plain)).Problem);

        Assert.True((await app.Get<ActivateWorkflow>().RunAsync(owner, plain)).Ok);
        Assert.Equal(1, (await app.Get<PublishWorkflow>().RunAsync(owner, draft, 1)).Value?.Version);
    }

    [Fact]
    public async Task ConnectionInUse_StaysWithoutThePermission()
    {
        var (owner, drafter) = await CallersAsync();
        var named = StoredDefinitions.Definition(Definition("crm"));
        var id = (await app.Get<CreateWorkflow>().RunAsync(owner, New(WorkflowStatus.Active, named))).Value!.Id;

        var renamed = await app.Get<UpdateWorkflow>().RunAsync(drafter, id, _ => new WorkflowUpdate { Name = "Other" });
        Assert.True(renamed.Ok, renamed.Problem?.Message);
        var changed = named with { Nodes = [named.Nodes[0] with { Name = "Tell the CRM" }] };
        var updated = await app.Get<UpdateWorkflow>().RunAsync(drafter, id, _ => new WorkflowUpdate { Definition = changed });
        Assert.True(updated.Ok, updated.Problem?.Message);
        await SaveAsync(changed with { Nodes = [changed.Nodes[0] with { Name = "Tell" }] });
        Assert.Equal(3, (await PublishAsync()).Value?.Version);
        await SaveAsync(StoredDefinitions.Definition(Definition("other")));
        AssertRefused("other", (await PublishAsync()).Problem);

        async Task SaveAsync(WorkflowDefinition definition) => Assert.True((await app.Get<SaveDraft>().RunAsync(
            drafter, id, new DraftWork((await OpenAsync(owner, id)).Revision, definition, EditorState.None))).Ok);

        async Task<Result<PublishedWorkflow>> PublishAsync() =>
            await app.Get<PublishWorkflow>().RunAsync(drafter, id, (await OpenAsync(owner, id)).Revision);
    }

    /// <summary>What an expression comes to may have been changed in another step.</summary>
    [Fact]
    public async Task ConnectionOfAnExpression_NeedsThePermissionWithEachChange()
    {
        var (owner, drafter) = await CallersAsync();
        var named = StoredDefinitions.Definition(Definition("{{ $initialPayload.account }}"));
        var id = (await app.Get<CreateWorkflow>().RunAsync(owner, New(WorkflowStatus.Active, named))).Value!.Id;

        var same = await app.Get<UpdateWorkflow>().RunAsync(drafter, id, _ => new WorkflowUpdate { Definition = named, Name = "Same" });
        Assert.True(same.Ok, same.Problem?.Message);
        AssertRefused("{{ $initialPayload.account }}", (await app.Get<UpdateWorkflow>().RunAsync(drafter, id, _ => new WorkflowUpdate
        { Definition = named with { Nodes = [named.Nodes[0] with { Name = "Other" }] } })).Problem);
    }

    private static void AssertRefused(string name, OperationProblem? problem)
    {
        var forbidden = Assert.IsType<OperationProblem.Forbidden>(problem);
        Assert.Equal((string.Format(null, Why, name), "connections.use"), (forbidden.Message, forbidden.Permission));
    }

    private static NewWorkflow New(WorkflowStatus status, WorkflowDefinition definition) =>
        new("Uses a connection", "", status, definition, EditorState.None, NewWorkflow.Studio);

    private async Task<(Caller Owner, Caller Drafter)> CallersAsync()
    {
        var owner = (await app.PracticeAsync()).Owner;
        return (owner, owner with { UserId = NewIds.Next(), Roles = [Drafter] });
    }

    private async Task<OpenWorkflow> OpenAsync(Caller caller, Guid id) => (await app.Get<GetWorkflow>().RunAsync(caller, id)).Value!;

    // as text, so that a theory can name it
    private static string Definition(string connection, string trigger = "{}") => StoredDefinitions.Text(WorkflowDefinition.Empty with
    {
        Trigger = new WorkflowTrigger { Type = "webhook", Config = JsonElement.Parse(trigger) },
        Nodes =
        [
            new WorkflowNode
            {
                Id = "call", Type = "http_request",
                Config = JsonSerializer.SerializeToElement(new { url = "https://example.org/x", connection }),
            },
        ],
        Links = [new LinkConnection("trigger", null, "call")],
    });
}
