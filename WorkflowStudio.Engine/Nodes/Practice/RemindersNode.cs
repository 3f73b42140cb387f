using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Nodes.Effects;
using WorkflowStudio.Engine.Nodes.Upstream;
using WorkflowStudio.Engine.Nodes.Words;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Engine.Practice.Messages;

namespace WorkflowStudio.Engine.Nodes.Practice;

/// <summary>Reminds of an unpaid invoice on certain days, and stops as soon as it is paid.</summary>
[Step("invoice_reminder_loop", "Reminders", NodeGroup.Practice, "notifications_active", HasOutsideEffect = true, Waits = true,
    Does = "Reminds the client of the invoice on certain days, and stops as soon as it is paid.",
    Example = """
        {"chase_intervals_days":[3,7,10],"channel_priority":["sms","email"],
        "message_templates":{"sms":"Your invoice is still open: {{ invoice_url }}","email":"Your invoice is still open: {{ invoice_url }}"}}
        """)]
public sealed class RemindersNode(IInvoicing invoices, IMessenger messenger, IContacts contacts, IInvoiceReminders noted)
    : NodeType<ReminderSettings, ReminderOutput>
{
    /// <inheritdoc/>
    public override string? Summary(JsonElement config) => ReadOrNull(config)?.Days switch
    {
        null or [] => null,
        [var only] => $"After {SpokenTime.Days(only)}",
        [.. var days, var last] => $"After {string.Join(", ", days)} and {SpokenTime.Days(last)}" is { Length: <= Card.Longest } text
            ? text
            : $"{days.Length + 1} reminders in {SpokenTime.Days(last)}",
    };

    /// <inheritdoc/>
    public override async ValueTask<NodeOutcome> ExecuteAsync(
        ReminderSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        if (settings.ChaseIntervalsDays.FirstOrDefault(d => d is < 0 or > ReminderSettings.MaxDays) is var wrong and not 0)
            return SettingsFailure.Wrong(
                "chase_intervals_days", $"Remind after must hold days from 0 to {ReminderSettings.MaxDays}, but {wrong} was found.");

        if (await InvoiceAsync(input, cancellationToken) is not { } invoice)
        {
            return new NodeOutcome.Failed("no_invoice",
                "No invoice to remind of: no earlier step has made one, or it does not exist any more. Put an "
                + "invoice step before this one.");
        }

        var state = ReminderState.Read(input);
        if (!invoice.IsUnpaid) return End(input, invoice, state);
        if (input.Wake.Kind != NodeWakeKind.Time)
            return Wait(settings, input, invoice, state, planned: input.Wake.Kind == NodeWakeKind.FirstCall);

        if (!(await ClientOfRun.FindAsync(contacts, input, cancellationToken)).Has(out var client, out var nobody))
            return nobody.AsFailure();
        var letter = ReminderLetter.Of(client, invoice, settings.ChannelPriority, settings.MessageTemplates);
        if (!letter.Has(out var message, out var noChannel)) return noChannel.AsFailure();

        var answer = await messenger.SendAsync(input.Run.Tenant, message, input.Source($":{state.Sent}"), cancellationToken);
        if (!answer.Has(out var sent, out var problem)) return problem.AsFailure();
        input.Log(NodeLogLevel.Info, $"Reminder {state.Sent + 1} of {settings.Days.Length} to "
            + $"{sent.To}{(sent.Status == MessageStatus.Captured ? " is in the outbox; nobody was written to." : "")}");
        await noted.BeginAsync(input.Run.Tenant, invoice.Id, 0, input.Source($":{state.Sent}"), cancellationToken);
        await MarkLateAsync(input, invoice, cancellationToken);
        state = state with { Sent = state.Sent + 1 };
        return state.Sent < settings.Days.Length ? Wait(settings, input, invoice, state, planned: false) : End(input, invoice, state);
    }

    private async Task<Invoice?> InvoiceAsync(NodeInput input, CancellationToken cancellationToken) =>
        input.Id("invoice_id") is { } id ? await invoices.FindAsync(input.Run.Tenant, id, cancellationToken) : null;

    private async Task MarkLateAsync(NodeInput input, Invoice invoice, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(input.Now.On(input.Run.TimeZone).DateTime);
        // paid in this very moment: the ledger refuses, and the signal is on its way
        if (invoice.Status == InvoiceStatus.Open && invoice.DueOn < today)
            await invoices.MarkAsync(input.Run.Tenant, invoice.Id, InvoiceStatus.Overdue, input.Run.RunId, cancellationToken);
    }

    private static NodeOutcome Wait(ReminderSettings settings, NodeInput input, Invoice invoice, ReminderState state, bool planned)
    {
        var days = settings.Days;
        // settings can have become shorter only by another version, and a run keeps its own
        var until = state.Since.AddDays(days[Math.Min(state.Sent, days.Length - 1)]);
        if (planned)
            input.Log(NodeLogLevel.Info, $"Planning {(days.Length == 1 ? "1 reminder" : $"{days.Length} reminders")}, the first on "
                + $"{DateOnly.FromDateTime(until.On(input.Run.TimeZone).DateTime).InFull()}");
        return new NodeOutcome.Waiting(until, Invoice.PaidSignal(invoice.Id), JsonSerializer.SerializeToElement(state, NodeJson.Options),
            $"payment, or reminder {state.Sent + 1} of {days.Length}");
    }

    private static NodeOutcome End(NodeInput input, Invoice invoice, ReminderState state)
    {
        var status = invoice.Status switch { InvoiceStatus.Paid => "paid", InvoiceStatus.Void => "void", _ => "unpaid" };
        input.Log(status == "unpaid" ? NodeLogLevel.Warning : NodeLogLevel.Info, status switch
        {
            "paid" => $"Invoice {invoice.Number} is paid.",
            "void" => $"Invoice {invoice.Number} was taken back.",
            _ => $"Invoice {invoice.Number} is still not paid after the last reminder.",
        });
        return Complete(new ReminderOutput { Status = status, RemindersSent = state.Sent, InvoiceId = invoice.Id });
    }

    /// <summary>What the step keeps while it waits.</summary>
    /// <param name="Since">The first call: the days count from here.</param>
    /// <param name="Sent">How many reminders went out.</param>
    private sealed record ReminderState(DateTimeOffset Since, int Sent)
    {
        public static ReminderState Read(NodeInput input) =>
            input.State.ValueKind == JsonValueKind.Object
                ? input.State.Deserialize<ReminderState>(NodeJson.Options)!
                : new ReminderState(input.Now, 0);
    }
}

/// <summary>The settings of <see cref="RemindersNode"/>.</summary>
public sealed record ReminderSettings
{
    internal const int MaxDays = 365;

    /// <summary>The days of the reminders.</summary>
    [Setting("Remind after", Description = "Days from the start of this step, one for each reminder.", Unit = "days", Min = 1, Max = 20)]
    public IReadOnlyList<int> ChaseIntervalsDays { get; init; } = [3, 7, 10];

    /// <summary>The channels.</summary>
    [Setting("Channels", Description = "The first one that has a message and reaches the client is taken.", Min = 1, Max = 2,
        Choices = ["sms=SMS", "email=E-mail"])]
    public IReadOnlyList<ReminderChannel> ChannelPriority { get; init; } = [ReminderChannel.Sms, ReminderChannel.Email];

    /// <summary>The messages.</summary>
    [Setting("Messages", Description = "One for each channel that is to be used.")]
    public required ReminderMessages MessageTemplates { get; init; }

    /// <summary>The days in order, each once.</summary>
    internal int[] Days => [.. ChaseIntervalsDays.Distinct().Order()];
}

/// <summary>The output of <see cref="RemindersNode"/>.</summary>
public sealed record ReminderOutput
{
    [Setting("Status", Description = "paid, unpaid after the last reminder, or void.", Choices = ["paid", "unpaid", "void"])]
    public required string Status { get; init; }

    [Setting("Reminders sent")]
    public required int RemindersSent { get; init; }

    [Setting("Invoice", Description = "Its id.")]
    public required Guid InvoiceId { get; init; }
}
