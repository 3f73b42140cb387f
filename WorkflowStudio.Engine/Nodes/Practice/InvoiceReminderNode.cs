using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Effects;
using WorkflowStudio.Engine.Nodes.Upstream;
using WorkflowStudio.Engine.Nodes.Words;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Engine.Practice.Messages;

namespace WorkflowStudio.Engine.Nodes.Practice;

/// <summary>Reminds clients of unpaid invoices, once.</summary>
[Step("send_invoice_reminder", "Invoice reminder", NodeGroup.Practice, "receipt_long", HasOutsideEffect = true,
    Does = "Reminds clients of unpaid invoices: of the one that the run is about, else of all that are overdue. Nobody is reminded of an "
        + "invoice again before some days have passed, whatever workflow reminds. A client who cannot be reached does not hold up the "
        + "others.",
    Example = """
        {"which":"overdue","channel_priority":["email","sms"],"min_days_between":7,
        "message_templates":{"email":"Hello {{ $contact.first_name ?? \"there\" }}, invoice {{ $invoice.number }} over {{ $invoice.total }} was due on {{ $invoice.due_date }}: {{ $invoice.url }}"}}
        """)]
public sealed class InvoiceReminderNode(IInvoiceReminders reminders, IMessenger messenger)
    : NodeType<InvoiceReminderSettings, InvoiceReminderOutput>
{
    private const string Messages = "message_templates";

    // so many in a row that another try could mend: whoever takes the messages is away
    private const int GivesUpAfter = 3;

    /// <inheritdoc/>
    public override IReadOnlyList<AmbientValue> Ambients => InvoiceScope.Ambients;

    /// <inheritdoc/>
    public override NodeShape Shape(JsonElement config) => Usual with { ItemSettings = [Messages] };

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) => ReadOrNull(config) switch
    {
        null => null,
        { InvoiceId.Length: > 0 } => "Of one invoice",
        { Which: UnpaidKind.Overdue } => "Of the overdue invoices",
        { Which: UnpaidKind.DueSoon } settings => $"Of those due within {SpokenTime.Days(settings.DaysAhead)}",
        _ => "Of all unpaid invoices",
    };

    /// <inheritdoc/>
    public override async ValueTask<NodeOutcome> ExecuteAsync(
        InvoiceReminderSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        if (!(await InvoicesAsync(settings, input, cancellationToken)).Has(out var unpaid, out var unknown)) return unknown.AsFailure();
        var texts = new ItemTemplate(this, input, Messages);
        var (done, failures) = (new List<RemindedInvoice>(), new List<ConnectorProblem>());
        foreach (var one in unpaid)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var answer = await RemindAsync(settings, input, texts, one, cancellationToken);
            done.Add(RemindedInvoice.Of(one, answer));
            if (answer.Problem is not { } problem) continue;
            var isSkipped = done[^1].Result == RemindedInvoice.Skipped;
            input.Log(isSkipped ? NodeLogLevel.Info : NodeLogLevel.Warning, $"{one.Invoice.Number}, {one.Contact.Name}: {problem.Message}");
            if (isSkipped) continue;
            failures.Add(problem);
            if (failures.Count >= GivesUpAfter && failures.TakeLast(GivesUpAfter).All(p => p.Retryable)
                && done.TakeLast(GivesUpAfter).All(d => d.Result == RemindedInvoice.Failed)) return problem.AsFailure();
        }

        var output = InvoiceReminderOutput.Of(done);
        // nobody was reminded, and for a reason of which somebody should hear
        if (failures.Count > 0 && failures.Count == done.Count(d => d.Result != RemindedInvoice.Skipped)) return failures[0].AsFailure();
        input.Log(NodeLogLevel.Info, output.Summary.Split('\n')[0]);
        return Complete(output);
    }

    private async Task<Answer<IReadOnlyList<UnpaidInvoice>>> InvoicesAsync(
        InvoiceReminderSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        var tenant = input.Run.Tenant;
        var named = settings.InvoiceId.Trim() is { Length: > 0 } given ? given : input.Text("invoice_id") ?? InPayload(input.Payload);
        if (named is null)
        {
            var wish = new ReminderWish(settings.Which, settings.DaysAhead, settings.Limit,
                settings.ChannelPriority.Contains(ReminderChannel.Sms), settings.ChannelPriority.Contains(ReminderChannel.Email));
            return new(await reminders.ListAsync(tenant, wish, input.Source(), cancellationToken), null);
        }

        if (Guid.TryParse(named, out var id) && await reminders.FindAsync(tenant, id, cancellationToken) is { } one)
            return new([one], null);
        return new ConnectorProblem("invoice_unknown", $"There is no invoice {Quote.Value(JsonSerializer.SerializeToElement(named))}. Name "
            + "its id, or leave it out to remind of all that are overdue.");
    }

    private async Task<Answer<SentMessage>> RemindAsync(
        InvoiceReminderSettings settings, NodeInput input, ItemTemplate texts, UnpaidInvoice unpaid, CancellationToken cancellationToken)
    {
        var (tenant, source) = (input.Run.Tenant, input.Source());
        var begun = await reminders.BeginAsync(tenant, unpaid.Invoice.Id, settings.MinDaysBetween, source, cancellationToken);
        if (!begun.Has(out _, out var not)) return not;
        if (MessageOf(settings, input, texts, unpaid).Has(out var message, out var problem))
        {
            var answer = await messenger.SendAsync(tenant, message, input.Source($":{unpaid.Invoice.Id:N}"), cancellationToken);
            // what may have gone out counts as gone
            if (answer.Problem is not { } refused || refused.Code == ConnectorProblem.OutcomeUnknown) return answer;
            problem = refused;
        }

        await reminders.TakeBackAsync(tenant, unpaid.Invoice.Id, source, cancellationToken);
        return problem;
    }

    private static Answer<OutgoingMessage> MessageOf(
        InvoiceReminderSettings settings, NodeInput input, ItemTemplate texts, UnpaidInvoice unpaid)
    {
        var today = DateOnly.FromDateTime(input.Now.On(input.Run.TimeZone).DateTime);
        var resolved = texts.Resolve(new InvoiceScope(input.Scope, unpaid, today));
        if (resolved.Failed is { } failed) return new ConnectorProblem(failed.Code, failed.Message);
        var written = resolved.Value.ValueKind == JsonValueKind.Object
            ? resolved.Value.Deserialize<ReminderMessages>(NodeJson.Options)!
            : new ReminderMessages();
        var usual = Usually(unpaid, today);
        return ReminderLetter.Of(unpaid.Contact, unpaid.Invoice, settings.ChannelPriority, new ReminderMessages
        {
            Sms = string.IsNullOrWhiteSpace(written.Sms) ? usual : written.Sms,
            Email = string.IsNullOrWhiteSpace(written.Email) ? usual : written.Email,
        });
    }

    private static string Usually(UnpaidInvoice unpaid, DateOnly today)
    {
        var (invoice, name) = (unpaid.Invoice, unpaid.Contact.FirstName);
        var due = invoice.DueOn < today ? $"was due on {invoice.DueOn.InFull()}"
            : invoice.DueOn == today ? "is due today"
            : $"is due on {invoice.DueOn.InFull()}";
        return $"Hello{(name.Length > 0 ? " " + name : "")}, a reminder: invoice {invoice.Number} over {invoice.Balance} {due}. "
            + $"You can see and pay it here: {invoice.Url}";
    }

    private static string? InPayload(JsonElement payload)
    {
        var posted = PostedPayload.BodyOf(payload);
        return posted.ValueKind == JsonValueKind.Object && posted.TryGetProperty("invoice_id", out var id)
            && id.ValueKind == JsonValueKind.String && id.GetString() is { Length: > 0 } text ? text : null;
    }
}
