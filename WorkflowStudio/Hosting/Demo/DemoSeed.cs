using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Demo;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Identity;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Hosting.Demo;

/// <summary>The demo: a practice with data, its owner, and the reference pipeline switched on in both environments. Doing it again adds what is missing.</summary>
internal sealed class DemoSeed(DemoWorkspace demo, Users users, CreateWorkflow create, WorkflowStore workflows)
{
    private const string Pipeline = "WorkflowStudio.Hosting.Demo.intake-pipeline.json";

    // two rows, so that the whole pipeline can be read at full size
    private static readonly EditorState Layout = new()
    {
        Nodes =
        [
            new("trigger", 0, 0), new("node_ai_intake_1", 224, 0), new("node_appointment_booking_service_2", 448, 0),
            new("node_stripe_payment_connect_3", 0, 224), new("node_sms_review_generation_4", 224, 224), new("node_unpaid_invoice_chaser_5", 448, 224),
        ],
        Groups = [new("intake", -32, -32, 672, 144, "Intake and booking"), new("billing", -32, 192, 672, 144, "Billing and aftercare")],
    };

    /// <summary>The name of the owner.</summary>
    public const string OwnerName = "Dana Whitfield";

    /// <summary>Answers null, or what could not be made.</summary>
    public async Task<string?> EnsureAsync(CancellationToken cancellationToken)
    {
        var workspace = await demo.EnsureAsync(cancellationToken);
        var owner = await users.EnsureAsync(new NewUser(OwnerName, SignInEndpoints.DemoOwner, null), workspace, WorkspaceRole.Owner, cancellationToken);
        if (owner.Problem is { } problem) return problem;
        foreach (var environment in Enum.GetValues<StudioEnvironment>())
        {
            var caller = new Caller { Tenant = new Tenant(workspace, environment), UserId = owner.Id, Name = OwnerName, Role = WorkspaceRole.Owner };
            if (await PipelineAsync(caller, cancellationToken) is { } refused) return refused.Message;
        }

        return null;
    }

    private async Task<OperationProblem?> PipelineAsync(Caller caller, CancellationToken cancellationToken)
    {
        var (_, existing) = await workflows.ListAsync(caller.Tenant, new WorkflowFilter(Take: 1), cancellationToken);
        return existing > 0 ? null : (await create.RunAsync(caller, Read(), null, cancellationToken)).Problem;
    }

    private static NewWorkflow Read()
    {
        using var stream = typeof(DemoSeed).Assembly.GetManifestResourceStream(Pipeline) ?? throw new InvalidOperationException($"The resource {Pipeline} is not in the assembly.");
        using var json = JsonDocument.Parse(stream);
        return WorkflowJson.TryRead(json.RootElement, out WorkflowDefinition definition, out var problems)
            ? new NewWorkflow(json.RootElement.GetProperty("name").GetString()!, json.RootElement.GetProperty("description").GetString()!, WorkflowStatus.Active, definition, Layout, "graph")
            : throw new InvalidOperationException($"The demo pipeline cannot be read: {problems[0].Message}");
    }
}
