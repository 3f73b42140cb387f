using System.Text.Json;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Engine.Practice.Approvals;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Flow;

public sealed class ApprovalNodeTests : IDisposable
{
    private const string ByMail = """{"title":"Give a discount?","message":"For Maria.","to":"boss@example.test","timeout":"2 days"}""";

    private readonly PracticeFixture practice = new();

    public void Dispose() => practice.Dispose();

    [Fact]
    public async Task Execute_FirstCall_AsksAndWaitsForTheDecision()
    {
        var call = Call(ByMail);
        var waiting = await call.WaitAsync();

        var asked = Assert.Single(await practice.Approvals.ListAsync(practice.Tenant, open: true, default));
        Assert.Equal(($"approval:{asked.Id}", practice.Clock.GetUtcNow().AddDays(2), "an approval"),
            (waiting.Signal!, waiting.Until!.Value, waiting.Caption!));
        Assert.Equal(("Give a discount?", "For Maria.", "boss@example.test"), (asked.Title, asked.Message, asked.AskedOf));
        var mail = Assert.Single((await practice.Outbox.ListAsync(practice.Tenant, MessageChannel.Email, null, 9, default)).Items);
        Assert.Matches(
            "^Give a discount\\?\n\nFor Maria\\.\n\nDecide here: https://studio\\.example\\.com/approvals/[A-Za-z0-9_-]{27}$", mail.Body);
    }

    [Fact]
    public async Task Execute_CalledAgainAfterACrash_AsksOnceWithTheSameAddress()
    {
        await Call(ByMail).WaitAsync();
        practice.Clock.Advance(TimeSpan.FromMinutes(1));
        await Call(ByMail).WaitAsync();

        Assert.Single(await practice.Approvals.ListAsync(practice.Tenant, open: true, default));
        var mail = Assert.Single((await practice.Outbox.ListAsync(practice.Tenant, null, null, 9, default)).Items);
        Assert.NotNull(await practice.Approvals.ByTokenAsync(mail.Body.Split('/')[^1], default));
    }

    [Theory]
    [InlineData(true, "approved")]
    [InlineData(false, "rejected")]
    public async Task Execute_Decided_LeavesThroughItsPort(bool approve, string port)
    {
        var call = Call("""{"title":"Sure?"}""");
        var waiting = await call.WaitAsync();
        var id = Guid.Parse(waiting.Signal!.Split(':')[1]);
        Assert.True((await practice.Approvals.DecideAsync(practice.Tenant, id, approve, "Dr. Reyes", "Fine.", default)).Has(out _, out _));
        Assert.Equal(waiting.Signal, practice.Writer.Signals[0].Name);
        call.Wake = new NodeWake(NodeWakeKind.Signal, waiting.Signal, practice.Writer.Signals[0].Data);

        var done = Assert.IsType<NodeOutcome.Completed>(await call.RunAsync());
        Assert.Equal(
            (port, $$"""{"status":"{{port}}","decided_by":"Dr. Reyes","decided_at":"2026-11-24T10:14:02-06:00","comment":"Fine."}"""),
            (done.Port, done.Output.GetRawText()));
    }

    [Fact]
    public async Task Execute_NobodyDecided_LeavesThroughTimeoutAndCloses()
    {
        var call = Call(ByMail);
        var waiting = await call.WaitAsync();

        Assert.Equal("timeout", Assert.IsType<NodeOutcome.Completed>(await call.WakeAt(waiting.Until!.Value).RunAsync()).Port);
        Assert.Equal(
            ApprovalStatus.Expired, Assert.Single(await practice.Approvals.ListAsync(practice.Tenant, open: false, default)).Status);
    }

    [Fact]
    public async Task Execute_DecidedAtTheMomentTheTimeIsOver_KeepsTheDecision()
    {
        var call = Call(ByMail);
        var waiting = await call.WaitAsync();
        await practice.Approvals.DecideAsync(
            practice.Tenant, Guid.Parse(waiting.Signal!.Split(':')[1]), true, "boss@example.test", "", default);

        Assert.Equal("approved", Assert.IsType<NodeOutcome.Completed>(await call.WakeAt(waiting.Until!.Value).RunAsync()).Port);
    }

    [Theory]
    [InlineData("""{"title":"Sure?","to":"nobody"}""", "wrong_setting to")]
    [InlineData("""{"title":"Sure?","timeout":"soon"}""", "wrong_setting timeout")]
    [InlineData("""{"title":"Sure?","timeout":"P1.5M"}""", "wrong_setting timeout")]
    [InlineData("{}", "missing_setting title")]
    public void Check_SettingsThatDoNotFit_AreNamed(string config, string expected) =>
        Assert.StartsWith(expected, FlowCall.Problems(Node(), config).Single(), StringComparison.Ordinal);

    [Theory]
    [InlineData("+1 713 555 0142", MessageChannel.Sms)]
    [InlineData("a@b.test", MessageChannel.Email)]
    public async Task Execute_Recipient_IsReachedByItsChannel(string to, MessageChannel channel)
    {
        await Call($$"""{"title":"Sure?","to":"{{to}}"}""").WaitAsync();

        Assert.Single((await practice.Outbox.ListAsync(practice.Tenant, channel, null, 9, default)).Items);
    }

    private ApprovalNode Node() => new(practice.Approvals, practice.Messenger);

    private NodeCall Call(string settings) => new(practice, Node(), settings);
}
