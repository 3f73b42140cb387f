using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Practice;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Hosting.Demo;

/// <summary>What people do in the demo practice: the operations of the pages and the API, in the name of its owner.</summary>
internal sealed class DemoDesk(IServiceProvider services, Guid ownerId, Guid workspace)
{
    private readonly Dictionary<(string Flow, StudioEnvironment Environment), Guid> flows = [];
    private readonly Dictionary<string, Guid> runs = [];

    private Caller Owner => DemoSeed.Owner(ownerId, new Tenant(workspace, StudioEnvironment.Live));

    /// <summary>Makes a workflow and switches it on.</summary>
    public async Task CreateAsync(string flow, StudioEnvironment environment, CancellationToken cancellationToken)
    {
        var caller = Owner with { Tenant = Owner.Tenant with { Environment = environment } };
        flows[(flow, environment)] = Sure(await services.GetRequiredService<CreateWorkflow>()
            .RunAsync(caller, DemoFlow.Read(flow), null, cancellationToken)).Id;
    }

    /// <summary>Changes a workflow and publishes the change.</summary>
    public async Task PublishAsync(string flow, int version, string note, CancellationToken cancellationToken)
    {
        var (id, next) = (flows[(flow, StudioEnvironment.Live)], DemoFlow.Read(flow, version));
        var open = Sure(await services.GetRequiredService<GetWorkflow>().RunAsync(Owner, id, cancellationToken));
        if (open.Workflow.Description != next.Description)
            Sure(await services.GetRequiredService<RenameWorkflow>().RunAsync(Owner, id, next.Name, next.Description, cancellationToken));
        var saved = Sure(await services.GetRequiredService<SaveDraft>()
            .RunAsync(Owner, id, new DraftWork(open.Revision, next.Definition, next.Editor), cancellationToken));
        Sure(await services.GetRequiredService<PublishWorkflow>().RunAsync(Owner, id, saved.Revision, note, cancellationToken));
    }

    /// <summary>Somebody fills in a form on the website.</summary>
    public async Task ReceiveAsync(
        string flow, StudioEnvironment environment, object form, string client, CancellationToken cancellationToken)
    {
        var come = Sure(await services.GetRequiredService<StartRun>()
            .ByWebhookAsync(flows[(flow, environment)], JsonSerializer.SerializeToElement(form), cancellationToken: cancellationToken));
        runs[client] = come.Run!.RunId;
    }

    /// <summary>The front desk starts a workflow by hand.</summary>
    public async Task StartAsync(string flow, object data, CancellationToken cancellationToken) =>
        Sure(await services.GetRequiredService<StartRun>().RunAsync(
            Owner, flows[(flow, StudioEnvironment.Live)], JsonSerializer.SerializeToElement(data), "manual", null, cancellationToken));

    /// <summary>The owner decides what was asked last about a client.</summary>
    public async Task DecideAsync(string client, bool approve, string comment, CancellationToken cancellationToken)
    {
        var approvals = services.GetRequiredService<Approvals>();
        var asked = Sure(await approvals.ListAsync(Owner, open: true, cancellationToken))
            .FindLast(a => a.Title.Contains(client, StringComparison.Ordinal));
        if (asked is not null) Sure(await approvals.DecideAsync(Owner, asked.Id, approve, comment, cancellationToken));
    }

    /// <summary>A client pays on the page of the invoice.</summary>
    public async Task PayAsync(string client, CancellationToken cancellationToken)
    {
        var invoices = await services.GetRequiredService<InvoiceQueries>().ListAsync(
            Owner.Tenant, new InvoiceFilter(), null, 100, cancellationToken);
        if (invoices.Items.FirstOrDefault(
            i => i.ContactName == client && i.Status is InvoiceStatus.Open or InvoiceStatus.Overdue) is not { } invoice) return;
        Sure(await services.GetRequiredService<PublicInvoice>()
            .PayAsync(invoice.Url[(invoice.Url.LastIndexOf('/') + 1)..], "card", cancellationToken));
    }

    /// <summary>The owner cancels the run of a client.</summary>
    public async Task CancelAsync(string client, CancellationToken cancellationToken) =>
        await services.GetRequiredService<ControlRun>().CancelAsync(Owner, runs[client], null, cancellationToken);

    /// <summary>The owner pauses the run of a client.</summary>
    public async Task PauseAsync(string client, CancellationToken cancellationToken) =>
        await services.GetRequiredService<ControlRun>().PauseAsync(Owner, runs[client], null, cancellationToken);

    private static T Sure<T>(Result<T> result) =>
        result.Ok ? result.Value : throw new InvalidOperationException($"Making the demo practice: {result.Problem.Message}");
}
