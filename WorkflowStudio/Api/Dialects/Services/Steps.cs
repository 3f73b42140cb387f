namespace WorkflowStudio.Api.Dialects.Services;

/// <summary>A type of step that the reference text names.</summary>
/// <param name="Type">Its name on the wire.</param>
/// <param name="Category"><c>delivery</c>, <c>action</c> or <c>summary</c>.</param>
/// <param name="Description">What it does.</param>
internal sealed record ServicesStep(string Type, string Category, string Description);

/// <summary>The types of steps that the reference text names, in its order.</summary>
internal static class ServicesSteps
{
    private const string Delivery = "delivery";
    private const string Summary = "summary";

    public static IReadOnlyList<ServicesStep> All { get; } =
    [
        new("send_email", Delivery, "Sends an e-mail, with what the summaries before it found."),
        new("create_notification", Delivery, "Notifies people in the workspace, with what the summaries before it found."),
        new("send_invoice_reminder", "action", "Reminds clients of unpaid invoices."),
        new("generate_recurring_invoice", "action", "Makes the next invoice of a series, one a period."),
        new("mark_invoices_overdue", "action", "Marks unpaid invoices whose due date has passed as overdue."),
        new("invoicing_ar_summary", Summary, "Sums up what clients owe."),
        new("forms_submission_digest", Summary, "Sums up what was sent by forms."),
        new("payments_summary", Summary, "Sums up what was paid."),
    ];

    public static bool Delivers(string type) => Of(type)?.Category == Delivery;

    public static bool NeedsDelivery(string type) => Of(type)?.Category == Summary;

    private static ServicesStep? Of(string type) => All.FirstOrDefault(s => s.Type == type);
}
