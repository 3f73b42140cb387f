using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Practice;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Practice;

public sealed class InvoiceReminderNodeTests : IDisposable
{
    private readonly PracticeFixture practice = new();

    public void Dispose() => practice.Dispose();

    [Fact]
    public async Task Execute_OverdueInvoices_AreRemindedOfAndOthersLeftAlone()
    {
        var late = await practice.InvoiceAsync(1);
        await practice.InvoiceAsync(2);
        practice.Clock.Advance(TimeSpan.FromDays(2));

        var output = await Call("{}").OutputAsync();
        var message = Assert.Single(await OutboxAsync());
        Assert.Equal((MessageChannel.Sms, "+17135550142",
            $"Hello Maria, a reminder: invoice INV-1001 over $150.00 was due on November 25. You can see and pay it here: {late.Url}"),
            (message.Channel, message.To, message.Body));
        Assert.Equal("1 0 0 1 reminder sent, 0 skipped, 0 failed.\n- INV-1001, Maria Lopez, $150.00: sent to +17135550142",
            Shown(output));
        Assert.Equal((late.Id, "sent", message.Id), (Of(output, "invoice_id").GetGuid(), Of(output, "result").GetString(),
            Of(output, "message_id").GetGuid()));
    }

    [Fact]
    public async Task Execute_OwnText_NamesInvoiceAndContact()
    {
        var late = await practice.InvoiceAsync(0, contact: await practice.ContactAsync("", "info@example.test", null));
        practice.Clock.Advance(TimeSpan.FromDays(3));

        await Call("""
            {"message_templates":{"email":"{{ $contact.first_name ?? \"there\" }} {{ $contact.email }} {{ $invoice.number }} {{ $invoice.total }} {{ $invoice.due_date }} {{ $invoice.due_on }} {{ $invoice.days_overdue }} {{ $invoice.url }}"}}
            """).OutputAsync();
        var message = Assert.Single(await OutboxAsync());
        Assert.Equal($"there info@example.test INV-1001 $150.00 November 24 2026-11-24 3 {late.Url}", message.Body);
        Assert.Equal("Invoice INV-1001, $150.00, due November 24", message.Subject);
    }

    [Theory]
    [InlineData("""{"which":"due_soon","days_ahead":3}""", "INV-1002")]
    [InlineData("""{"which":"all"}""", "INV-1001 INV-1002 INV-1003")]
    [InlineData("""{"which":"all","limit":2}""", "INV-1001 INV-1002")]
    [InlineData("{}", "INV-1001")]
    public async Task Execute_Which_ChoosesByTheDay(string settings, string expected)
    {
        foreach (var days in new[] { 0, 4, 5 }) await practice.InvoiceAsync(days);
        practice.Clock.Advance(TimeSpan.FromDays(1));

        var output = await Call(settings).OutputAsync();
        Assert.Equal(
            expected,
            string.Join(' ', output.GetProperty("invoices").EnumerateArray().Select(i => i.GetProperty("number").GetString())));
    }

    [Fact]
    public async Task Execute_InvoiceOfTheRun_IsTheOnlyOne()
    {
        await practice.InvoiceAsync(0);
        var second = await practice.InvoiceAsync(5);
        practice.Clock.Advance(TimeSpan.FromDays(1));

        foreach (var call in new[]
        {
            Call("""{"min_days_between":0}""", "1/a").After($$"""{"invoice_id":"{{second.Id}}"}"""),
            Call("""{"min_days_between":0}""", "2/a").With($$"""{"invoice_id":"{{second.Id}}"}"""),
            Call($$"""{"min_days_between":0,"invoice_id":"{{second.Id}}"}""", "3/a"),
        }) Assert.Equal("INV-1002", Of(await call.OutputAsync(), "number").GetString());
    }

    [Theory]
    [InlineData(InvoiceStatus.Paid, "invoice_paid", "This invoice is paid already.")]
    [InlineData(InvoiceStatus.Void, "invoice_void", "This invoice was taken back and is not to be paid any more.")]
    public async Task Execute_InvoiceOfTheRunIsClosed_IsSkippedWithTheReason(InvoiceStatus status, string code, string reason)
    {
        var invoice = await practice.InvoiceAsync(0);
        await practice.Invoices.MarkAsync(practice.Tenant, invoice.Id, status, null, default);

        var output = await Call($$"""{"invoice_id":"{{invoice.Id}}"}""").OutputAsync();
        Assert.Equal(("skipped", code, reason),
            (Of(output, "result").GetString(), Of(output, "code").GetString(), Of(output, "reason").GetString()));
        Assert.Empty(await OutboxAsync());
    }

    [Fact]
    public async Task Execute_AnotherRunWithinTheGap_RemindsNobodyTwice()
    {
        await practice.InvoiceAsync(0);
        practice.Clock.Advance(TimeSpan.FromDays(1));
        await Call("""{"min_days_between":3}""", "1/a").OutputAsync();
        practice.Clock.Advance(TimeSpan.FromDays(2));

        var output = await Call("""{"min_days_between":3}""", "2/a").OutputAsync();
        Assert.Equal(("skipped", "reminded_lately", "The client was reminded on November 25, which is not 3 days ago yet."),
            (Of(output, "result").GetString(), Of(output, "code").GetString(), Of(output, "reason").GetString()));
        practice.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, (await Call("""{"min_days_between":3}""", "3/a").OutputAsync()).GetProperty("sent").GetInt32());
        Assert.Equal(2, (await OutboxAsync()).Count);
    }

    [Fact]
    public async Task Execute_RemindedByALoop_CountsForTheGap()
    {
        var invoice = await practice.InvoiceAsync(0);
        var loop = new NodeCall(practice,
            new RemindersNode(practice.Invoices, practice.Messenger, practice.Contacts, practice.Reminders),
            """{"chase_intervals_days":[1,9],"message_templates":{"sms":"Still open"}}""").After($$"""{"invoice_id":"{{invoice.Id}}"}""");
        await loop.WakeAt((await loop.WaitAsync()).Until!.Value).WaitAsync();

        Assert.Equal("reminded_lately", Of(await Call("{}", "2/a").OutputAsync(), "code").GetString());
    }

    [Fact]
    public async Task Execute_CalledAgain_SendsOnceAndTellsTheSame()
    {
        foreach (var name in new[] { "Ana", "Bo", "Cy" })
            await practice.InvoiceAsync(0, contact: await practice.ContactAsync(name, $"{name}@example.test"));
        practice.Clock.Advance(TimeSpan.FromDays(1));

        var first = await Call("""{"limit":2}""").OutputAsync();
        Assert.Equal(first.GetRawText(), (await Call("""{"limit":2}""").OutputAsync()).GetRawText());
        Assert.Equal(2, (await OutboxAsync()).Count);
    }

    [Fact]
    public async Task Execute_OneWithoutAnAddress_DoesNotHoldUpTheOthers()
    {
        await practice.InvoiceAsync(0, contact: await practice.ContactAsync("Ana", null, null));
        await practice.InvoiceAsync(0);
        practice.Clock.Advance(TimeSpan.FromDays(1));

        var output = await Call("{}").OutputAsync();
        Assert.Equal(
            "1 1 0 1 reminder sent, 1 skipped, 0 failed.\n"
            + "- INV-1002, Maria Lopez, $150.00: sent to +17135550142\n"
            + "- INV-1001, Ana Lopez, $150.00: Ana Lopez cannot be reached: none of SMS, e-mail has both a message "
            + "in this step and an address or number of the contact. Add what is missing, then try again.", Shown(output));
        // it is the first again when she can be reached
        var hers = output.GetProperty("invoices")[1].GetProperty("invoice_id").GetGuid();
        Assert.Null((await practice.Invoices.FindAsync(practice.Tenant, hers, default))!.RemindedOn);
    }

    [Theory]
    [InlineData("""{"limit":2,"min_days_between":0}""", "INV-1003 INV-1004")]
    [InlineData("""{"limit":2,"min_days_between":0,"channel_priority":["email"]}""", "INV-1003 INV-1002")]
    [InlineData("""{"limit":2,"min_days_between":0,"channel_priority":["sms"]}""", "INV-1004 INV-1001")]
    public async Task Execute_MoreWhoCannotBeReachedThanTheLimit_DoNotTakeThePlacesOfOthers(string settings, string expected)
    {
        var phone = await practice.ContactAsync("Dee", null, "+17135550142");
        foreach (var contact in new[]
        {
            await practice.ContactAsync("Ana", null, null), await practice.ContactAsync("Bo", "bo@example.test", null),
            await practice.ContactAsync("Cy", "cy@example.test", null), phone,
        }) await practice.InvoiceAsync(0, contact: contact);
        practice.Clock.Advance(TimeSpan.FromDays(1));
        await Call("""{"limit":1}""", "0/a").OutputAsync(); // Bo is reminded of the first

        var output = await Call(settings).OutputAsync();
        Assert.Equal(
            expected,
            string.Join(' ', output.GetProperty("invoices").EnumerateArray().Select(i => i.GetProperty("number").GetString())));
    }

    [Fact]
    public async Task Execute_NoGateway_FailsAndRemindsWhenThereIsOne()
    {
        using var strict = new PracticeFixture(captureUntilConnected: false);
        var invoice = await strict.InvoiceAsync(0);
        strict.Clock.Advance(TimeSpan.FromDays(1));

        var failed = Assert.IsType<NodeOutcome.Failed>(
            await new NodeCall(strict, new InvoiceReminderNode(strict.Reminders, strict.Messenger), "{}").RunAsync());
        Assert.Equal("no_sms_gateway", failed.Code);
        Assert.Null((await strict.Invoices.FindAsync(strict.Tenant, invoice.Id, default))!.RemindedOn);
    }

    [Fact]
    public async Task Execute_GatewayIsAway_StopsAfterThreeAndMayBeTriedAgain()
    {
        for (var i = 0; i < 5; i++) await practice.InvoiceAsync(0);
        practice.Clock.Advance(TimeSpan.FromDays(1));
        var busy = new BusyMessenger();

        var failed = Assert.IsType<NodeOutcome.Failed>(
            await new NodeCall(practice, new InvoiceReminderNode(practice.Reminders, busy), "{}").RunAsync());
        Assert.Equal(("busy", true, 3), (failed.Code, failed.Retryable, busy.Keys.Count));
        Assert.Equal(3, busy.Keys.Distinct().Count());
    }

    [Fact]
    public async Task Execute_OfWhichNobodyKnows_CountsAsReminded()
    {
        await practice.InvoiceAsync(0);
        practice.Clock.Advance(TimeSpan.FromDays(1));
        var lost = new BusyMessenger(ConnectorProblem.OutcomeUnknown);
        await new NodeCall(practice, new InvoiceReminderNode(practice.Reminders, lost), "{}").RunAsync();

        Assert.Equal("reminded_lately", Of(await Call("{}", "2/a").OutputAsync(), "code").GetString());
    }

    [Fact]
    public async Task Execute_UnknownInvoice_IsSaid() => Assert.Equal(
        new NodeOutcome.Failed("invoice_unknown",
            "There is no invoice “INV-9”. Name its id, or leave it out to remind of all that are overdue."),
        await Call("""{"invoice_id":"INV-9"}""").RunAsync());

    [Fact]
    public async Task Execute_TextNeedsANameThatIsNotThere_FailsNamingTheSetting()
    {
        await practice.InvoiceAsync(0, contact: await practice.ContactAsync("", "info@example.test", null));
        practice.Clock.Advance(TimeSpan.FromDays(1));

        var failed = Assert.IsType<NodeOutcome.Failed>(
            await Call("""{"message_templates":{"email":"Dear {{ $contact.first_name }}"}}""").RunAsync());
        Assert.Equal("unresolved_reference", failed.Code);
        Assert.Contains("message_templates.email", failed.Message, StringComparison.Ordinal);
        Assert.Empty(await OutboxAsync());
    }

    [Theory]
    [InlineData("""{"which":"some"}""",
        "wrong_setting which: Remind of must be one of overdue, due_soon, all, but the text \"some\" was found.")]
    [InlineData("""{"limit":201}""", "wrong_setting limit: At most must be at most 200, but 201 was found.")]
    [InlineData("""{"min_days_between":-1}""", "wrong_setting min_days_between: Days between must be at least 0 days, but -1 was found.")]
    public void Check_BadSettings_AreNamed(string settings, string expected) =>
        Assert.Equal([expected], FlowCall.Problems(new InvoiceReminderNode(practice.Reminders, practice.Messenger), settings));

    [Fact]
    public void CheckExpressions_FieldThatInvoicesDoNotHave_IsNamed()
    {
        var node = new WorkflowNode
        {
            Id = "n", Type = "send_invoice_reminder",
            Config = JsonElement.Parse("""{"message_templates":{"sms":"{{ $invoice.number }} {{ $invoice.sum }}"}}"""),
        };
        var catalog = new NodeCatalog([new InvoiceReminderNode(practice.Reminders, practice.Messenger)]);
        var definition = WorkflowDefinition.Empty with { Nodes = [node] };

        var problem = Assert.Single(catalog.CheckExpressions(node, StepSight.Of(definition, catalog, "n")!));
        Assert.Contains("sum", problem.Message, StringComparison.Ordinal);
    }

    private NodeCall Call(string settings, string key = "run/step") =>
        new(practice, new InvoiceReminderNode(practice.Reminders, practice.Messenger), settings) { EffectKey = key };

    private async Task<IReadOnlyList<OutboxItem>> OutboxAsync() =>
        (await practice.Outbox.ListAsync(practice.Tenant, null, null, 9, default)).Items;

    private static JsonElement Of(JsonElement output, string field) => output.GetProperty("invoices")[0].GetProperty(field);

    private static string Shown(JsonElement output) =>
        string.Join(' ', new[] { "sent", "skipped", "failed", "summary" }.Select(n => output.GetProperty(n).ToString()));

    /// <summary>Takes no message.</summary>
    private sealed class BusyMessenger(string code = "busy") : IMessenger
    {
        public List<string> Keys { get; } = [];

        public Task<Answer<SentMessage>> SendAsync(
            Tenant tenant, OutgoingMessage message, EffectSource source, CancellationToken cancellationToken)
        {
            Keys.Add(source.Key);
            return Task.FromResult<Answer<SentMessage>>(new ConnectorProblem(code, "Busy.", Retryable: true));
        }
    }
}
