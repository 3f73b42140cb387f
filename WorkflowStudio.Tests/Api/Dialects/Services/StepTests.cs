using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Practice.Notifications;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;
using WorkflowStudio.Tests.Support;
using static WorkflowStudio.Tests.Api.Dialects.Services.CreateTests;

namespace WorkflowStudio.Tests.Api.Dialects.Services;

/// <summary>The steps that the reference text names do what it says, from the request to the row.</summary>
[Collection(StudioAppTests.Name)]
public sealed class StepTests(StudioApp app)
{
    [Fact]
    public async Task ReferenceExample_RunByPost_MarksTheOverdueInvoice()
    {
        var practice = await app.PracticeAsync();
        var late = await InvoiceAsync(practice, lateDays: 3);
        var open = await InvoiceAsync(practice, lateDays: -3);

        Assert.Equal("completed", Text(await RunAsync(practice, Reference), "status"));
        Assert.Equal((InvoiceStatus.Overdue, InvoiceStatus.Open), (await StatusAsync(practice, late), await StatusAsync(practice, open)));
    }

    [Fact]
    public async Task ReceivablesSummary_BeforeAnEmail_IsDeliveredByIt()
    {
        var practice = await app.PracticeAsync();
        await InvoiceAsync(practice, lateDays: 45, cents: 10_005);
        await InvoiceAsync(practice, lateDays: -2, cents: 20_000);

        var run = await RunAsync(practice, """
            {"name":"Weekly receivables","cron_expression":"0 8 * * 1","steps":[
            {"step_type":"invoicing_ar_summary","step_config":{"date_range":"last_7_days"}},
            {"step_type":"send_email","step_config":{"to":"owner@example.test","subject":"What is owed"}}]}
            """);
        Assert.Equal("completed", Text(run, "status"));
        var message = Assert.Single(await app.Get<OutboxQueries>().OfRunAsync(
            practice.Owner.Tenant, Guid.Parse(Text(run, "run_id")!), default));
        Assert.Equal((MessageChannel.Email, "owner@example.test", "What is owed"), (message.Channel, message.To, message.Subject));
        Assert.Contains(
            "\nUSD: $300.05 on 2 invoices\n- not yet due: $200.00\n- 0–30 days: $0.00\n- 31–60 days: $100.05\n- 61–90 days: $0.00\n"
            + "- over 90 days: $0.00\nWho owes most: Maria Lopez, $300.05 on 2 invoices\n", message.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PaymentsSummary_BeforeANotification_IsDeliveredByIt()
    {
        var practice = await app.PracticeAsync();
        var run = await RunAsync(practice, """
            {"name":"Paid today","trigger_type":"manual","steps":[
            {"step_type":"payments_summary","step_config":{"date_range":"all"}},{"step_type":"create_notification"}]}
            """);
        Assert.Equal("completed", Text(run, "status"));
        var told = await app.Get<IStudioWriter>().WriteAsync(w => w.Db.Set<NotificationRow>()
            .Where(n => n.WorkspaceId == practice.Owner.Tenant.WorkspaceId).Select(n => new { n.Title, n.Text }).Single());
        Assert.Equal(("Paid today", "Payments, all time\nNothing was paid."), (told.Title, told.Text));
    }

    [Fact]
    public async Task Summary_OfAnUnknownPeriod_IsRefusedNamingTheKnown()
    {
        var refused = await (await app.PracticeAsync()).PostAsync(Address, """
            {"name":"x","trigger_type":"manual","steps":[
            {"step_type":"payments_summary","step_config":{"date_range":"last_fortnight"}},{"step_type":"create_notification"}]}
            """);
        Assert.Equal(400, refused.Status);
        Assert.Contains("Use one of today, yesterday, last_7_days", refused.Body, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> RunAsync(TestPractice practice, string body)
    {
        var made = await practice.PostAsync(Address, body);
        Assert.True(made.Status == 201, made.Body);
        var path = $"{Address}/{Text(made.Json.GetProperty("data"), "id")}";
        Assert.Equal(201, (await practice.PostAsync(path + "/run", "")).Status);
        using var patience = new CancellationTokenSource(EngineHarness.Patience);
        JsonElement run;
        do run = (await practice.GetAsync(path + "/runs")).Json.GetProperty("data")[0];
        while (Text(run, "status") is not ("completed" or "failed") && !patience.IsCancellationRequested);
        return run;
    }

    private async Task<Guid> InvoiceAsync(TestPractice practice, int lateDays, long cents = 18_000)
    {
        var (tenant, key) = (practice.Owner.Tenant, new EffectSource($"{app.Get<IdFactory>().New()}"));
        var client = await app.Get<IContacts>().UpsertAsync(
            tenant, ContactFields.Of("Maria", "Lopez", "maria.lopez@example.test", null), key, default);
        var made = await app.Get<IInvoicing>().CreateAsync(
            tenant, new InvoiceDraft(client.Value!.Id, "usd", [new InvoiceLine("Visit", "", 1, cents)], 0, ["card"]), key, default);
        await app.Get<IStudioWriter>().WriteAsync(w =>
        {
            var row = w.Db.Invoices.Find(made.Value!.Id)!;
            row.DueOn = row.DueOn.AddDays(-lateDays);
            return 0;
        });
        return made.Value!.Id;
    }

    private async Task<InvoiceStatus> StatusAsync(TestPractice practice, Guid id) =>
        (await app.Get<IInvoicing>().FindAsync(practice.Owner.Tenant, id, default))!.Status;
}
