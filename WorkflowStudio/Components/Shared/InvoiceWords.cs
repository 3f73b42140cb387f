using System.Globalization;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Components.Shared;

/// <summary>What pages say of an invoice.</summary>
internal static class InvoiceWords
{
    /// <summary>The states that can be filtered for.</summary>
    public static IReadOnlyList<(string Value, string Text)> Statuses { get; } = [("open", "Open"), ("overdue", "Overdue"),
        ("paid", "Paid"), ("void", "Taken back")];

    /// <summary>The state of that name in the address, or null.</summary>
    public static InvoiceStatus? Status(string? key) =>
        Enum.TryParse<InvoiceStatus>(key, ignoreCase: true, out var status) && Enum.IsDefined(status) ? status : null;

    /// <summary>What a sum over a state is called; what was paid is added up for some days only.</summary>
    public static string Total(InvoiceStatus status) => status == InvoiceStatus.Paid
        ? $"Paid in the last {ReadInvoices.PaidDays} days"
        : Statuses.First(s => Status(s.Value) == status).Text;

    /// <summary>The chip; what is open says when it is due.</summary>
    /// <param name="status">The state.</param>
    /// <param name="days">Days until it is due, negative when the day has passed.</param>
    public static StatusLook Look(InvoiceStatus status, int days) => status switch
    {
        InvoiceStatus.Paid => new("done", "check_circle", "Paid", Filled: true),
        InvoiceStatus.Void => new("skipped", "block", "Taken back"),
        _ when days < 0 => new("failed", "error", $"{StudioFormat.Count(-days, "day", "days")} overdue", Filled: true),
        _ => new("waiting", "schedule", days switch { 0 => "Due today", 1 => "Due tomorrow", _ => $"Due in {days} days" }),
    };

    /// <summary>A way to pay.</summary>
    public static string Method(string method) => method switch
    {
        "usdc" => "USDC",
        "recorded" => "Noted by the practice",
        _ => NewPayment.Methods.FirstOrDefault(m => m.Value == method)?.Label ?? method,
    };

    /// <summary>A rate: 8.25 %.</summary>
    public static string Percent(decimal percent) => $"{Number(percent)} %";

    /// <summary>A quantity: 1.5.</summary>
    public static string Number(decimal number) => number.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>The symbol of a way to pay.</summary>
    public static string MethodIcon(string method) => method == "usdc" ? "currency_exchange" : "credit_card";
}
