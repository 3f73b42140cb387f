namespace WorkflowStudio.Api.Dialects.Services;

/// <summary>A type of step that the reference text names.</summary>
/// <param name="Type">Its name on the wire.</param>
/// <param name="Category"><c>delivery</c>, <c>action</c> or <c>summary</c>.</param>
/// <param name="Description">What it does.</param>
/// <param name="Schema">A JSON Schema of its settings.</param>
internal sealed record ServicesStep(string Type, string Category, string Description, string Schema);

/// <summary>The types of steps that the reference text names, in its order.</summary>
internal static class ServicesSteps
{
    private const string Delivery = "delivery";
    private const string Summary = "summary";
    private const string Nothing = """{"type":"object","properties":{}}""";

    private const string Period = """
        {"type":"object","properties":{"date_range":{"type":"string","description":"The period that is summed up, such as last_7_days."}}}
        """;

    public static IReadOnlyList<ServicesStep> All { get; } =
    [
        new("send_email", Delivery, "Sends an e-mail, with what the summaries before it found.", """
            {"type":"object","properties":{"to":{"type":"string","description":"The address that it goes to."},
            "subject":{"type":"string","description":"The subject."}}}
            """),
        new("create_notification", Delivery, "Notifies people in the workspace, with what the summaries before it found.", """
            {"type":"object","properties":{"title":{"type":"string","description":"The heading."},
            "message":{"type":"string","description":"The text."}}}
            """),
        new("send_invoice_reminder", "action", "Reminds clients of unpaid invoices.", Nothing),
        new("generate_recurring_invoice", "action", "Makes the invoices that are due by their recurrence.", Nothing),
        new("mark_invoices_overdue", "action", "Marks unpaid invoices whose due date has passed as overdue.", Nothing),
        new("invoicing_ar_summary", Summary, "Sums up what clients owe.", Period),
        new("forms_submission_digest", Summary, "Sums up what was sent by forms.", Period),
        new("payments_summary", Summary, "Sums up what was paid.", Period),
    ];

    public static bool Delivers(string type) => Of(type)?.Category == Delivery;

    public static bool NeedsDelivery(string type) => Of(type)?.Category == Summary;

    private static ServicesStep? Of(string type) => All.FirstOrDefault(s => s.Type == type);
}
