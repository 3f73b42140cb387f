using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Keys;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Runtime;

/// <summary>What there may be one of only, wanted on two nodes at once.</summary>
public abstract class NodeRaceTests(TestStore store) : EngineSuite(store)
{
    private const int Many = 50;

    private static Tenant Tenant => EngineHarness.Tenant;

    [Fact]
    public async Task Bookings_OfOneSlot_OneIsMade()
    {
        await using var nodes = await PracticeAsync();
        var (contact, type) = await PeopleAsync(nodes.First);
        var at = nodes.First.Clock.GetUtcNow().AddDays(1);
        var booking = new Booking(type, contact, [new FreeSlot(at, at.AddMinutes(30))]);

        var answers = await nodes.AtOnceAsync(
            Many, (node, i) => node.Get<ICalendar>().BookAsync(Tenant, booking, new EffectSource($"book-{i}"), default));

        Assert.Single(answers, a => a.Problem is null);
        Assert.All(answers.Where(a => a.Problem is not null), a => Assert.Equal("slot_taken", a.Problem!.Code));
        Assert.Equal(1, await CountAsync(nodes.Second, db => db.Appointments));
    }

    [Fact]
    public async Task Bookings_OfOneEffect_AnswerTheSameAppointment()
    {
        await using var nodes = await PracticeAsync();
        var (contact, type) = await PeopleAsync(nodes.First);
        var at = nodes.First.Clock.GetUtcNow().AddDays(1);

        // each asks for a time of its own: only the effect's key can keep the others from being booked
        var answers = await nodes.AtOnceAsync(Many, (node, i) => node.Get<ICalendar>().BookAsync(
            Tenant, new Booking(type, contact, [new FreeSlot(at.AddHours(i), at.AddHours(i).AddMinutes(30))]),
            new EffectSource("book"), default));

        Assert.Single(answers.Select(a => a.Value?.Id).Distinct());
        Assert.Equal(1, await CountAsync(nodes.Second, db => db.Appointments));
    }

    [Fact]
    public async Task Invoices_AtOnce_GetConsecutiveNumbers()
    {
        await using var nodes = await PracticeAsync();
        var (contact, _) = await PeopleAsync(nodes.First);
        var draft = new InvoiceDraft(contact, "USD", [new InvoiceLine("First visit", "", 1, 15_000)], 3, ["card"]);

        var answers = await nodes.AtOnceAsync(
            Many, (node, i) => node.Get<IInvoicing>().CreateAsync(Tenant, draft, new EffectSource($"invoice-{i}"), default));

        Assert.All(answers, a => Assert.Null(a.Problem));
        Assert.Equal(
            Enumerable.Range(1001, Many).Select(InvoiceNumber.Text), answers.Select(a => a.Value!.Number).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Starts_WithOneIdempotencyKey_MakeOneRun()
    {
        await using var nodes = new TwoNodes(await CreateAsync(ScriptedNode.Echo()));
        var version = await nodes.First.PublishAsync(Flows.Of("trigger > a:echo"));

        var started = await nodes.AtOnceAsync(Many, (node, _) => TryStartAsync(node, version));

        var run = Assert.Single(started, s => s is not null);
        Assert.Equal(1, await CountAsync(nodes.Second, db => db.Runs));
        Assert.Equal(1, await CountAsync(nodes.Second, db => db.RunEvents));
        var answer = await new KeyStore(nodes.Second.Get<IDbContextFactory<StudioDbContext>>()).AnswerAsync(Answer(""), default);
        Assert.Equal(run.ToString(), answer?.Body);
    }

    private static async Task<Guid?> TryStartAsync(EngineHarness node, long version)
    {
        try
        {
            return (await node.Runs.StartAsync(new StartRunRequest
            {
                Tenant = Tenant, VersionSerial = version, Payload = JsonElement.Parse("{}"), Cause = "api",
                Answer = s => Answer(s.RunId.ToString()),
            })).RunId;
        }
        catch (DbException)
        {
            return null; // the key is taken: whoever asked reads the first answer
        }
    }

    private static KeptAnswer Answer(string body) =>
        new(Tenant, "POST", "/start", "once", [1], DateTimeOffset.UnixEpoch) { Status = 202, Body = body };

    private async Task<TwoNodes> PracticeAsync() => new(await CreateAsync(services => services
        .AddSingleton(new StudioAddress("https://studio.example.com")).AddSingleton<ISecretProtector, FakeProtector>().AddConnectors()
        .AddPractice()));

    private static async Task<(Guid Contact, Guid Type)> PeopleAsync(EngineHarness engine)
    {
        var type = engine.Get<IdFactory>().New();
        await engine.Writer.WriteAsync(write =>
        {
            write.Db.AppointmentTypes.Add(new()
            {
                Id = type, WorkspaceId = Tenant.WorkspaceId, Environment = Tenant.Environment, Alias = "visit", Name = "First visit",
                Minutes = 30, PriceCents = 15_000, With = "Dr. Reyes",
            });
            return true;
        });
        var contact = await engine.Get<IContacts>()
            .UpsertAsync(Tenant, ContactFields.Of("Maria", "Lopez", "maria@example.test", null), new EffectSource("contact"), default);
        return (contact.Value!.Id, type);
    }

    private static async Task<int> CountAsync<T>(EngineHarness node, Func<StudioDbContext, IQueryable<T>> rows)
    {
        await using var db = await node.Get<IDbContextFactory<StudioDbContext>>().CreateDbContextAsync();
        return await rows(db).CountAsync();
    }
}
