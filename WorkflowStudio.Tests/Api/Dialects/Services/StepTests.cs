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
