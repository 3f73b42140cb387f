using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Hosting.Demo;

/// <summary>The workflows of the demo, read from the JSON inside the assembly.</summary>
internal static class DemoFlow
{
    /// <summary>The reference pipeline: the tour of README goes through it.</summary>
    public const string Intake = "intake-pipeline";

    /// <summary>Calls new leads back; its second version needs a connection that nobody has made.</summary>
    public const string NewLead = "new-lead";

    /// <summary>Asks the owner about refunds.</summary>
    public const string Refund = "refund";

    /// <summary>A schedule with a loop.</summary>
    public const string Checklist = "opening-checklist";

    /// <summary>A schedule that adds up.</summary>
    public const string Summary = "weekly-summary";

    // two rows, so that the whole pipeline can be read at full size
    private static readonly EditorState IntakeLayout = new()
    {
        Nodes =
        [
            new("trigger", 0, 0), new("node_ai_intake_1", 224, 0), new("node_appointment_booking_service_2", 448, 0),
            new("node_stripe_payment_connect_3", 0, 224), new("node_sms_review_generation_4", 224, 224),
            new("node_unpaid_invoice_chaser_5", 448, 224),
        ],
        Groups = [new("intake", -32, -32, 672, 144, "Intake and booking"), new("billing", -32, 192, 672, 144, "Billing and aftercare")],
    };

    /// <summary>A version of one of them.</summary>
    public static NewWorkflow Read(string flow, int version = 1)
    {
        var resource = $"WorkflowStudio.Hosting.Demo.{(flow == Intake ? flow : $"{flow}.{version}")}.json";
        using var stream = typeof(DemoFlow).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The resource {resource} is not in the assembly.");
        using var json = JsonDocument.Parse(stream);
        var (name, description) =
            (json.RootElement.GetProperty("name").GetString()!, json.RootElement.GetProperty("description").GetString()!);
        return WorkflowJson.TryRead(json.RootElement, out WorkflowDefinition definition, out var problems)
            ? new NewWorkflow(name, description, WorkflowStatus.Active, definition, flow == Intake ? IntakeLayout : EditorState.None,
                flow == Intake ? "graph" : "studio")
            : throw new InvalidOperationException($"The demo workflow {flow} cannot be read: {problems[0].Message}");
    }
}
