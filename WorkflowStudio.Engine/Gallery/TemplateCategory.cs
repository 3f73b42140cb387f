namespace WorkflowStudio.Engine.Gallery;

/// <summary>What templates are for, in the order in which people see it.</summary>
/// <param name="Word">The word of programs: in files, addresses and the API.</param>
/// <param name="Title">What people read.</param>
public sealed record TemplateCategory(string Word, string Title)
{
    public const string Invoice = "invoice";
    public const string Contract = "contract";
    public const string Resume = "resume";
    public const string General = "general";
    public const string Leads = "leads";
    public const string Property = "property";
    public const string Reminders = "reminders";
    public const string Reviews = "reviews";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TemplateCategory> All { get; } =
    [
        new("intake", "Intake"), new("booking", "Booking"), new(Reminders, "Reminders"), new(Reviews, "Reviews"), new(Invoice, "Invoices"),
        new(Leads, "Leads"), new(Property, "Property"), new("tickets", "Tickets"), new(Contract, "Contracts"), new(Resume, "Resumes"),
        new(General, "General"),
    ];
}
