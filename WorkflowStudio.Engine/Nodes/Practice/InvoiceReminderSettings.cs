using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Engine.Practice.Messages;

namespace WorkflowStudio.Engine.Nodes.Practice;

/// <summary>The settings of <see cref="InvoiceReminderNode"/>.</summary>
public sealed record InvoiceReminderSettings
{
    /// <summary>One invoice.</summary>
    [Setting("Invoice", Description = "The id of one invoice. Empty: the invoice of an earlier step or of the data that started the run, "
        + "else those chosen below.", Max = 100)]
    public string InvoiceId { get; init; } = "";

    /// <summary>Which invoices, where the run is about none.</summary>
    [Setting("Remind of", Choices = ["overdue=Overdue invoices", "due_soon=Invoices that are due soon", "all=All unpaid invoices"])]
    public UnpaidKind Which { get; init; } = UnpaidKind.Overdue;

    /// <summary>How soon.</summary>
    [Setting("Due within", Description = "From today on.", Unit = "days", Min = 0, Max = 365, When = "which=due_soon")]
    public int DaysAhead { get; init; } = 3;

    /// <summary>The channels.</summary>
    [Setting("Channels", Description = "The first one that reaches the client is taken.", Min = 1, Max = 2,
        Choices = ["sms=SMS", "email=E-mail"])]
    public IReadOnlyList<ReminderChannel> ChannelPriority { get; init; } = [ReminderChannel.Sms, ReminderChannel.Email];

    /// <summary>The messages.</summary>
    [Setting("Messages", Description = "They can name $invoice and $contact. A channel without one has a usual text: what is to be paid, "
        + "until when, and where.")]
    public ReminderMessages? MessageTemplates { get; init; }

    /// <summary>The gap.</summary>
    [Setting("Days between", Description = "Nobody is reminded of an invoice again before so many days have passed; 0 for no gap.",
        Unit = "days", Min = 0, Max = 365)]
    public int MinDaysBetween { get; init; } = 7;

    /// <summary>The most a run reminds of.</summary>
    [Setting("At most", Description = "Invoices in one run, those whose reminder is the longest ago first; clients who cannot be reached "
        + "come last.", Min = 1, Max = 200,
        Advanced = true)]
    public int Limit { get; init; } = 200;
}

/// <summary>The output of <see cref="InvoiceReminderNode"/>.</summary>
public sealed record InvoiceReminderOutput
{
    [Setting("Sent", Description = "How many reminders went out, into the outbox too.")]
    public required int Sent { get; init; }

    [Setting("Skipped", Description = "How many invoices were left alone: paid meanwhile, reminded of lately, nobody to be reached.")]
    public required int Skipped { get; init; }

    [Setting("Failed", Description = "How many reminders could not go out.")]
    public required int Failed { get; init; }

    [Setting("Invoices", Description = "What became of each.")]
    public required IReadOnlyList<RemindedInvoice> Invoices { get; init; }

    [Setting("Summary", Description = "For people, in a few lines.")]
    public required string Summary { get; init; }

    internal static InvoiceReminderOutput Of(IReadOnlyList<RemindedInvoice> done)
    {
        int Count(string result) => done.Count(d => d.Result == result);
        var (sent, skipped, failed) = (Count(RemindedInvoice.Sent), Count(RemindedInvoice.Skipped), Count(RemindedInvoice.Failed));
        var title = done.Count == 0
            ? "No invoice to remind of."
            : $"{(sent == 1 ? "1 reminder" : $"{sent} reminders")} sent, {skipped} skipped, {failed} failed.";
        return new InvoiceReminderOutput
        {
            Sent = sent, Skipped = skipped, Failed = failed, Invoices = done,
            Summary = InvoiceWords.Text(title, done, d => $"{d.Number}, {d.Client}, {d.Total}: {d.Reason ?? $"sent to {d.To}"}"),
        };
    }
}

/// <summary>What became of the reminder of an invoice.</summary>
public sealed record RemindedInvoice
{
    internal const string Sent = "sent";
    internal const string Skipped = "skipped";
    internal const string Failed = "failed";

    // no failures: the invoice is to be left alone, or its client can be written to in no way
    private static readonly string[] Reasons = ["invoice_paid", "invoice_void", IInvoiceReminders.RemindedLately, "no_channel"];

    [Setting("Invoice", Description = "Its id.")]
    public required Guid InvoiceId { get; init; }

    [Setting("Number", Description = "As people read it: INV-2041.")]
    public required string Number { get; init; }

    [Setting("Contact", Description = "The client's id.")]
    public required Guid ContactId { get; init; }

    [Setting("Client", Description = "What the client is called.")]
    public required string Client { get; init; }

    [Setting("Total", Description = "As people read it: $180.00.")]
    public required string Total { get; init; }

    [Setting("Result", Choices = [Sent, Skipped, Failed])]
    public required string Result { get; init; }

    [Setting("Captured", Description = "Whether it stayed in the outbox and nobody was written to.")]
    public bool Captured { get; init; }

    [Setting("To", Description = "The address or the phone number.")]
    public string? To { get; init; }

    [Setting("Message id")]
    public Guid? MessageId { get; init; }

    [Setting("Code", Description = "Of what was not sent: invoice_paid, invoice_void, reminded_lately, no_channel, or that of the "
        + "failure.")]
    public string? Code { get; init; }

    [Setting("Reason", Description = "The same in words.")]
    public string? Reason { get; init; }

    internal static RemindedInvoice Of(UnpaidInvoice unpaid, Answer<SentMessage> answer)
    {
        var (sent, problem) = (answer.Problem is null ? answer.Value : null, answer.Problem);
        return new RemindedInvoice
        {
            InvoiceId = unpaid.Invoice.Id,
            Number = unpaid.Invoice.Number,
            ContactId = unpaid.Contact.Id,
            Client = unpaid.Contact.Name,
            Total = unpaid.Invoice.Total,
            Result = problem is null ? Sent : Reasons.Contains(problem.Code) ? Skipped : Failed,
            Captured = sent?.Status == MessageStatus.Captured,
            To = sent?.To,
            MessageId = sent?.Id,
            Code = problem?.Code,
            Reason = problem?.Message,
        };
    }
}
