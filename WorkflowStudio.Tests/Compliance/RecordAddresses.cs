namespace WorkflowStudio.Tests.Compliance;

/// <summary>The addresses of the tables of practice data.</summary>
internal static class RecordAddresses
{
    private const string Data = "service.workflows.data.manage";

    private static readonly (string Table, string Body)[] Tables =
    [
        ("properties", """{"title":"Loft"}"""),
        ("appointments", """{"contactId":"maria@example.org","typeId":"First visit","startsAt":"2026-12-01T09:00"}"""),
        ("appointment-types", """{"name":"Laser","minutes":45}"""),
        ("opening-hours", """{"weekday":"saturday","from":"09:00","to":"12:00"}"""),
    ];

    public static IReadOnlyList<DialectAddress> All { get; } =
    [
        .. Tables.Select(t => t.Table).Append("contacts").SelectMany(t => new DialectAddress[]
        {
            new("GET", $"/{t}/export", Data),
            new("POST", $"/{t}/import", Data),
        }),
        .. Tables.SelectMany(t => new DialectAddress[]
        {
            new("GET", $"/{t.Table}", Data),
            new("POST", $"/{t.Table}", Data, t.Body),
            new("GET", $"/{t.Table}/{{id}}", Data),
            new("PATCH", $"/{t.Table}/{{id}}", Data, t.Body),
            new("DELETE", $"/{t.Table}/{{id}}", Data),
        }),
        new("GET", "/appointments/free", Data),
        new("GET", "/forms", Data),
        new("POST", "/forms", Data, """{"name":"Intake"}"""),
        new("GET", "/forms/{id}", Data),
        new("PATCH", "/forms/{id}", Data, """{"name":"Intake"}"""),
        new("DELETE", "/forms/{id}", Data),
        new("GET", "/form-submissions", Data),
        new("GET", "/form-submissions/export", Data),
        new("GET", "/form-submissions/{id}", Data),
        new("DELETE", "/form-submissions/{id}", Data),
        new("GET", "/invoices", Data),
        new("POST", "/invoices", Data, """{"contactId":"x","currency":"usd","lines":[{"what":"Visit","unitPrice":50}]}"""),
        new("GET", "/invoices/ageing", Data),
        new("GET", "/invoices/export", Data),
        new("GET", "/invoices/{id}", Data),
        new("PATCH", "/invoices/{id}", Data, """{"note":"Thank you"}"""),
        new("DELETE", "/invoices/{id}", Data),
        new("GET", "/invoices/{id}/pdf", Data),
        new("GET", "/invoices/{id}/credit-notes/{credit}/pdf", Data),
        new("POST", "/invoices/{id}/payments", Data, """{"method":"cash"}"""),
        new("POST", "/invoices/{id}/credit-notes", Data, """{"reason":"Late"}"""),
        new("GET", "/payments", Data),
        new("GET", "/payments/export", Data),
        new("GET", "/payments/{id}", Data),
        new("DELETE", "/payments/{id}", Data),
        new("GET", "/conversations", Data),
        new("POST", "/conversations", Data, """{"channel":"sms","address":"+17135550142"}"""),
        new("GET", "/conversations/{id}", Data),
        new("PATCH", "/conversations/{id}", Data, """{"isOpen":false}"""),
        new("DELETE", "/conversations/{id}", Data),
        new("GET", "/conversations/{id}/messages", Data),
        new("POST", "/conversations/{id}/messages", Data, """{"body":"Hi"}"""),
        new("GET", "/documents", Data),
        new("POST", "/documents", Data) { TakesFiles = true },
        new("PATCH", "/documents/{id}", Data, """{"name":"a"}"""),
        new("GET", "/documents/{id}/text", Data),
        new("GET", "/notifications", Data),
        new("POST", "/notifications", Data, """{"title":"Hello"}"""),
        new("GET", "/notifications/{id}", Data),
        new("PATCH", "/notifications/{id}", Data, """{"isRead":true}"""),
        new("DELETE", "/notifications/{id}", Data),
    ];
}
