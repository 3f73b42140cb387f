using System.Text.Json;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Practice;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Practice;

public sealed class RemindersNodeTests : IDisposable
{
    private const string Settings =
        """{"chase_intervals_days":[3,7,10],"channel_priority":["sms","email"],"message_templates":{"sms":"Hi Maria, still open.","email":"Dear Maria, still open."}}""";

    private readonly PracticeFixture practice = new();

    public void Dispose() => practice.Dispose();

    [Fact]
    public async Task Execute_NeverPaid_RemindsOnDays3And7And10ThenEndsUnpaid()
    {
        var start = practice.Clock.GetUtcNow();
        var (call, id) = await CallAsync();
        foreach (var (day, index) in new[] { (3, 1), (7, 2), (10, 3) })
        {
            var waiting = await call.WaitAsync();
            Assert.Equal((start.AddDays(day), $"invoice.paid:{id}", $"payment, or reminder {index} of 3"),
                (waiting.Until, waiting.Signal, waiting.Caption));
            call.WakeAt(waiting.Until!.Value);
        }

        var output = await call.OutputAsync();
        Assert.Equal($$"""{"status":"unpaid","reminders_sent":3,"invoice_id":"{{id}}"}""", output.GetRawText());
        Assert.Equal(
            [
                "Planning 3 reminders, the first on November 27",
                "Reminder 1 of 3 to +17135550142 is in the outbox; nobody was written to.",
                "Reminder 2 of 3 to +17135550142 is in the outbox; nobody was written to.",
                "Reminder 3 of 3 to +17135550142 is in the outbox; nobody was written to.",
                "Warning: Invoice INV-1001 is still not paid after the last reminder.",
            ],
            call.Log);
        Assert.Equal(InvoiceStatus.Overdue, (await practice.Invoices.FindAsync(practice.Tenant, id, default))!.Status);
        var sent = (await practice.Outbox.ListAsync(practice.Tenant, MessageChannel.Sms, null, 9, default)).Items;
        Assert.Equal([10, 7, 3], sent.Select(i => (i.CreatedAt - start).Days));
        Assert.All(sent, i => Assert.Equal("Hi Maria, still open.", i.Body));
    }

    [Fact]
    public async Task Execute_PaidWhileWaiting_EndsPaid()
    {
        var (call, id) = await CallAsync();
        var waiting = await call.WaitAsync();
        await call.WakeAt(waiting.Until!.Value).WaitAsync();
        await practice.Invoices.PayAsync(practice.Tenant, id, "card", PracticeFixture.Key("pay"), default);
        Assert.Equal(waiting.Signal, practice.Writer.Signals[0].Name);
        call.Wake = new NodeWake(NodeWakeKind.Signal, waiting.Signal, practice.Writer.Signals[0].Data);

        Assert.Equal($$"""{"status":"paid","reminders_sent":1,"invoice_id":"{{id}}"}""", (await call.OutputAsync()).GetRawText());
        Assert.Equal("Invoice INV-1001 is paid.", call.Log[^1]);
    }

    [Theory]
    [InlineData(InvoiceStatus.Paid, "paid")]
    [InlineData(InvoiceStatus.Void, "void")]
    public async Task Execute_SettledBeforeTheFirstCall_EndsAtOnce(InvoiceStatus status, string expected)
    {
        var (call, id) = await CallAsync();
        await practice.Invoices.MarkAsync(practice.Tenant, id, status, null, default);

        Assert.Equal((expected, 0), ((await call.OutputAsync()) is var output ? output.GetProperty("status").GetString() : null,
            output.GetProperty("reminders_sent").GetInt32()));
    }

    [Fact]
    public async Task Execute_PaidAtTheSameTimeAsTheReminderIsDue_SendsNothing()
    {
        var (call, id) = await CallAsync();
        var waiting = await call.WaitAsync();
        await practice.Invoices.MarkAsync(practice.Tenant, id, InvoiceStatus.Paid, null, default);

        Assert.Equal("paid", (await call.WakeAt(waiting.Until!.Value).OutputAsync()).GetProperty("status").GetString());
        Assert.Empty((await practice.Outbox.ListAsync(practice.Tenant, null, null, 9, default)).Items);
    }

    [Fact]
    public async Task Execute_StrayedSignal_WaitsOn()
    {
        var (call, _) = await CallAsync();
        var waiting = await call.WaitAsync();
        practice.Clock.Advance(TimeSpan.FromDays(1));
        call.Wake = new NodeWake(NodeWakeKind.Signal, waiting.Signal, default);

        Assert.Equal(waiting.Until, (await call.WaitAsync()).Until);
        Assert.Single(call.Log);
    }

    [Fact]
    public async Task Execute_SameReminderTwice_SendsOnceAndWakeNowKeepsTheLaterDays()
    {
        var start = practice.Clock.GetUtcNow();
        var (call, _) = await CallAsync();
        await call.WaitAsync();
        var state = call.State;
        call.WakeAt(start.AddHours(1));
        await call.WaitAsync();
        call.State = state;
        var waiting = await call.WaitAsync();

        Assert.Equal(start.AddDays(7), waiting.Until);
        Assert.Equal(1, (await practice.Outbox.ListAsync(practice.Tenant, null, null, 9, default)).Total);
    }

    [Fact]
    public async Task Execute_NoPhone_TakesTheEmailWithASubject()
    {
        var (call, _) = await CallAsync("""{"first_name":"Ana","email":"ana@example.test"}""");
        var waiting = await call.WaitAsync();
        await call.WakeAt(waiting.Until!.Value).WaitAsync();

        var item = Assert.Single((await practice.Outbox.ListAsync(practice.Tenant, null, null, 9, default)).Items);
        Assert.Equal((MessageChannel.Email, "ana@example.test", "Invoice INV-1001, $150.00, due November 27", "Dear Maria, still open."),
            (item.Channel, item.To, item.Subject, item.Body));
    }

    [Fact]
    public async Task Execute_NoWayToReach_SaysWhatIsMissing()
    {
        var (call, _) = await CallAsync("""{"first_name":"Ana"}""");
        var waiting = await call.WaitAsync();

        Assert.Equal(new NodeOutcome.Failed("no_channel",
            "Ana cannot be reached: none of SMS, e-mail has both a message in this step and an address or number of the contact. Add what "
            + "is missing, then try again."),
            await call.WakeAt(waiting.Until!.Value).RunAsync());
    }

    [Fact]
    public async Task Execute_NoInvoice_SaysWhatToDo()
    {
        var expected = new NodeOutcome.Failed("no_invoice",
            "No invoice to remind of: no earlier step has made one, or it does not exist any more. Put an invoice step before this one.");

        Assert.Equal(expected, await new NodeCall(practice, Node(), Settings).RunAsync());
        Assert.Equal(
            expected, await new NodeCall(practice, Node(), Settings).After($$"""{"invoice_id":"{{practice.Ids.New()}}"}""").RunAsync());
    }

    [Theory]
    [InlineData("[3,7,10]", "After 3, 7 and 10 days")]
    [InlineData("[10,3,3]", "After 3 and 10 days")]
    [InlineData("[1]", "After 1 day")]
    [InlineData("[1,2,3,4,5,6,7,8,9,10,11,12,13,14]", "14 reminders in 14 days")]
    public void Summary_NamesTheDays(string days, string expected) =>
        Assert.Equal(expected, Node().Summary(JsonElement.Parse(Settings.Replace("[3,7,10]", days, StringComparison.Ordinal))));

    [Theory]
    [InlineData(-1)]
    [InlineData(366)]
    public async Task Execute_DayOutOfRange_ShowsIt(int day) => Assert.Equal(
        new NodeOutcome.Failed(
            "wrong_setting", $"Remind after must hold days from 0 to 365, but {day} was found. (Setting: chase_intervals_days)"),
        await new NodeCall(practice, Node(), Settings.Replace("[3,7,10]", $"[0,{day},10]", StringComparison.Ordinal)).RunAsync());

    [Fact]
    public async Task Execute_UnknownChannel_NamesTheKnown()
    {
        var failed = Assert.IsType<NodeOutcome.Failed>(
            await new NodeCall(practice, Node(), Settings.Replace("\"sms\",\"email\"", "\"fax\"", StringComparison.Ordinal)).RunAsync());

        Assert.Equal(
            ("wrong_setting", "Channels must be one of sms, email, but the text \"fax\" was found. (Setting: channel_priority[0])"),
            (failed.Code, failed.Message));
    }

    private RemindersNode Node() => new(practice.Invoices, practice.Messenger, practice.Contacts, practice.Reminders);

    private async Task<(NodeCall Call, Guid InvoiceId)> CallAsync(string payload = NodeCall.Payload)
    {
        var invoice = new NodeCall(practice, new InvoiceNode(practice.Invoices, practice.Contacts, practice.Calendar),
            """{"due_date_offset_days":3}""")
        { EffectKey = "invoice" }.With(payload);
        var output = await invoice.OutputAsync();
        return (
            new NodeCall(practice, Node(), Settings).With(payload).After(output.GetRawText()), output.GetProperty("invoice_id").GetGuid());
    }
}
