using System.Text.Json;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Messaging;
using WorkflowStudio.Engine.Nodes.Practice;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Messaging;

public sealed class ReviewSmsNodeTests : IDisposable
{
    private const string Settings =
        """{"delay_after_appointment_hours":2,"google_place_id":"ch_Ij houston/9341","sms_sender_id":"TXWEBSERV","message_template":"Hey Maria! Thanks."}""";

    private readonly PracticeFixture practice = new();

    public void Dispose() => practice.Dispose();

    [Fact]
    public async Task Execute_AfterBooking_WaitsUntilHoursAfterTheVisitThenSends()
    {
        var call = Call().After(await BookAsync());
        var waiting = await call.WaitAsync();

        Assert.Equal((new DateTimeOffset(2026, 11, 24, 15, 30, 0, TimeSpan.FromHours(-6)), null, "2 hours after the visit"),
            (waiting.Until, waiting.Signal, waiting.Caption));
        Assert.Equal(["Waits until Tue Nov 24, 3:30 PM: 2 hours after the visit"], call.Log);
        Assert.Empty((await practice.Outbox.ListAsync(practice.Tenant, null, null, 9, default)).Items);

        var output = await call.WakeAt(waiting.Until!.Value).OutputAsync();
        var item = Assert.Single((await practice.Outbox.ListAsync(practice.Tenant, null, null, 9, default)).Items);
        Assert.Equal(("+17135550142", "TXWEBSERV", "Hey Maria! Thanks.", "node_1"), (item.To, item.From, item.Body, item.NodeId));
        Assert.Equal((true, true, item.Id, "+17135550142"), (output.GetProperty("sent").GetBoolean(),
            output.GetProperty("captured").GetBoolean(), output.GetProperty("message_id").GetGuid(), output.GetProperty("to").GetString()));
    }

    [Fact]
    public async Task Execute_WakeNow_SendsEarlyAndOnce()
    {
        var call = Call().After(await BookAsync());
        await call.WaitAsync();
        call.WakeAt(practice.Clock.GetUtcNow());
        var first = await call.OutputAsync();
        var again = await call.OutputAsync();

        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal(1, (await practice.Outbox.ListAsync(practice.Tenant, null, null, 9, default)).Total);
    }

    [Fact]
    public async Task Execute_NoAppointment_CountsFromNow()
    {
        var waiting = await Call().WaitAsync();

        Assert.Equal((practice.Clock.GetUtcNow().AddHours(2), "2 hours from the start of this step"), (waiting.Until, waiting.Caption));
    }

    [Fact]
    public async Task Execute_VisitLongAgo_SendsAtOnce() =>
        Assert.True((await Call().After("""{"ends_at":"2026-11-24T08:00:00-06:00"}""").OutputAsync()).GetProperty("sent").GetBoolean());

    [Fact]
    public async Task Execute_VisitCanceledMeanwhile_SendsNothing()
    {
        var call = Call().After(await BookAsync());
        var waiting = await call.WaitAsync();
        using (var db = practice.CreateDbContext())
        {
            db.Appointments.Single().Status = AppointmentStatus.Canceled;
            await db.SaveChangesAsync();
        }

        var output = await call.WakeAt(waiting.Until!.Value).OutputAsync();
        Assert.Equal((false, "no_visit"), (output.GetProperty("sent").GetBoolean(), output.GetProperty("reason").GetString()));
        Assert.Empty((await practice.Outbox.ListAsync(practice.Tenant, null, null, 9, default)).Items);
    }

    [Fact]
    public async Task Execute_NoPhone_FailsBeforeWaiting() => Assert.Equal(
        new NodeOutcome.Failed("no_phone",
            "No phone number of Ana is known, so no SMS can be sent. Ask for it in the form, or add it to the contact, then try again."),
        await Call().With("""{"first_name":"Ana","email":"ana@example.test"}""").RunAsync());

    [Fact]
    public async Task Execute_LiveWithoutGateway_FailsWithRemedy()
    {
        using var strict = new PracticeFixture(captureUntilConnected: false);
        var call = new NodeCall(strict, new ReviewSmsNode(strict.Messenger, strict.Contacts, strict.Calendar),
            Settings.Replace(":2,", ":0,", StringComparison.Ordinal));

        Assert.Equal(
            new NodeOutcome.Failed("no_sms_gateway", "Connect an SMS gateway under Connections, or switch this workflow to the sandbox."),
            await call.RunAsync());
    }

    [Fact]
    public void Ambient_ReviewAddress_EscapesThePlace()
    {
        var ambient = Assert.Single(Node().Ambients);

        Assert.Equal("$google_review_url", ambient.Name);
        Assert.Equal("https://search.google.com/local/writereview?placeid=ch_Ij%20houston%2F9341",
            ambient.Value(JsonElement.Parse(Settings)).GetString());
        Assert.Equal(JsonValueKind.Undefined, ambient.Value(JsonElement.Parse("{}")).ValueKind);
    }

    [Theory]
    [InlineData(2, "2 hours after the visit")]
    [InlineData(1, "1 hour after the visit")]
    [InlineData(0, "Right after the visit")]
    public void Summary_SaysWhen(int hours, string expected) =>
        Assert.Equal(expected, Node().Summary(JsonElement.Parse(Settings.Replace(":2,", $":{hours},", StringComparison.Ordinal))));

    private ReviewSmsNode Node() => new(practice.Messenger, practice.Contacts, practice.Calendar);

    private NodeCall Call() => new(practice, Node(), Settings);

    private async Task<string> BookAsync() =>
        (await new NodeCall(practice, new BookingNode(practice.Calendar, practice.Contacts, new CalendarRules()), "{}")
        { EffectKey = "booking" }.OutputAsync()).GetRawText();
}
