using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Practice;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Practice;

/// <summary>The example of the reference text on the real engine, the real writer and the real tables.</summary>
public abstract class PipelineRunTests(TestStore store) : EngineSuite(store)
{
    [Fact]
    public async Task Run_ReferenceExample_BooksInvoicesAsksRemindsAndEndsWhenPaid()
    {
        await using var engine = await StartAsync();
        var tenant = EngineHarness.Tenant;
        var runId = await engine.RunAsync(Definition(), SharedFiles.Read("examples/graph-webhook-payload.json"));

        await UntilWaitingAtAsync(engine, runId, "node_sms_review_generation_4");
        await engine.Runs.RequestAsync(tenant, runId, RunRequestKind.WakeNow, "node_sms_review_generation_4", "test");
        await UntilWaitingAtAsync(engine, runId, "node_unpaid_invoice_chaser_5");
        var sms = Assert.Single(await engine.Get<OutboxQueries>().OfRunAsync(tenant, runId, default));
        Assert.Equal("Hey Maria! Thanks for visiting us. Could you support our small business by sharing your feedback here: "
            + "https://search.google.com/local/writereview?placeid=ch_Ij_houston_dermatology_maps_id_9341 ?", sms.Body);

        var invoice = Assert.Single((await engine.Get<InvoiceQueries>().ListAsync(tenant, new InvoiceFilter(), null, 50, default)).Items);
        Assert.Equal(("Maria Lopez", "$150.00", runId), (invoice.ContactName, invoice.Total, invoice.RunId));
        await engine.Get<IInvoicing>().PayAsync(tenant, invoice.Id, "card", new EffectSource("pay"), default);
        var done = await engine.UntilAsync(runId, RunStatus.Done, RunStatus.Failed);
        Assert.Equal(RunStatus.Done, done.Header.Status);
    }

    [Fact]
    public async Task Run_TwentyAtOnce_BookTwentyTimes()
    {
        await using var engine = await StartAsync();
        var version = await engine.PublishAsync(Definition());
        var payload = SharedFiles.Read("examples/graph-webhook-payload.json");
        var runs = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => engine.StartRunAsync(version, payload)));
        foreach (var run in runs) await engine.UntilAsync(run, RunStatus.Waiting);

        await using var db = await engine.Get<IDbContextFactory<StudioDbContext>>().CreateDbContextAsync();
        var booked = await db.Appointments.Where(a => a.WorkspaceId == EngineHarness.Tenant.WorkspaceId).OrderBy(a => a.StartsAt)
            .ToListAsync();
        Assert.Equal(20, booked.Count);
        Assert.All(booked.Zip(booked.Skip(1)), pair => Assert.True(pair.First.EndsAt <= pair.Second.StartsAt));
        Assert.Equal(20, await db.Invoices.Where(i => i.WorkspaceId == EngineHarness.Tenant.WorkspaceId).Select(i => i.Sequence).Distinct()
            .CountAsync());
        Assert.Single(await db.Contacts.Where(c => c.WorkspaceId == EngineHarness.Tenant.WorkspaceId).ToListAsync());
    }

    private static async Task UntilWaitingAtAsync(EngineHarness engine, Guid runId, string node)
    {
        for (var tries = 0; tries < 500; tries++)
        {
            var view = await engine.UntilAsync(runId, RunStatus.Waiting, RunStatus.Failed);
            Assert.Equal(RunStatus.Waiting, view.Header.Status);
            if (view.Header.CurrentNode == node) return;
            await Task.Delay(10);
        }

        Assert.Fail($"The run never waited at {node}.");
    }

    private async Task<EngineHarness> StartAsync()
    {
        var engine = await CreateAsync(services => services
            .AddSingleton(new StudioAddress("https://studio.example.com")).AddSingleton<ISecretProtector, NoSecrets>()
            .AddConnectors().AddPractice().AddSteps());
        await engine.Writer.WriteAsync(write =>
        {
            var row = write.Db.Workspaces.Single(w => w.Id == EngineHarness.Tenant.WorkspaceId);
            (row.TimeZone, row.CaptureUntilConnected) = ("America/Chicago", true);
            for (var day = DayOfWeek.Sunday; day <= DayOfWeek.Saturday; day++)
                write.Db.OpeningHours.Add(new()
                { Id = new IdFactory(engine.Clock).New(), WorkspaceId = row.Id, Weekday = day, FromMinutes = 540, ToMinutes = 1020 });
            write.Db.AppointmentTypes.Add(new()
            {
                Id = new IdFactory(engine.Clock).New(), WorkspaceId = row.Id, Alias = "type_8321a", Name = "First visit", Minutes = 30,
                PriceCents = 15_000, With = "Dr. Reyes",
            });
            return true;
        });
        engine.Pump();
        return engine;
    }

    private static WorkflowDefinition Definition()
    {
        using var json = JsonDocument.Parse(SharedFiles.Read("examples/graph-create.json"));
        var root = json.RootElement.Clone();
        return new WorkflowDefinition
        {
            Trigger = new WorkflowTrigger { Type = "webhook" },
            Nodes = [.. root.GetProperty("nodes").EnumerateArray().Select(n => new WorkflowNode
            { Id = n.GetProperty("id").GetString()!, Type = n.GetProperty("type").GetString()!, Config = n.GetProperty("config") })],
            Links = [.. root.GetProperty("link_connections").EnumerateArray()
                .Select(l => new LinkConnection(l.GetProperty("from").GetString()!, null, l.GetProperty("to").GetString()!))],
        };
    }

    private sealed class NoSecrets : ISecretProtector
    {
        public byte[] Protect(string secret) => [];

        public string? Unprotect(byte[] protectedSecret) => null;
    }
}
