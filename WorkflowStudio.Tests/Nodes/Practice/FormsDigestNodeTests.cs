using WorkflowStudio.Engine.Nodes.Practice;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Practice;

/// <summary>What it counts is tested over both databases: <see cref="Tests.Practice.Forms.FormRunsTests"/>.</summary>
public sealed class FormsDigestNodeTests : IDisposable
{
    private readonly PracticeFixture practice = new();

    public void Dispose() => practice.Dispose();

    [Fact]
    public async Task Execute_NothingSent_SaysSo()
    {
        var call = new NodeCall(practice, new FormsDigestNode(practice.Forms), """{"date_range":{"from":"2026-11-01","to":"2026-11-02"}}""");
        var output = await call.OutputAsync();

        Assert.Equal("Forms, November 1, 2026 to November 2, 2026\nNothing was sent.", output.GetProperty("summary").GetString());
        Assert.Equal(["0 by forms, 0 by posts to webhooks"], call.Log);
    }

    [Fact]
    public void Check_UnknownPeriod_NamesTheKnown() => Assert.Contains(
        "Use one of today",
        Assert.Single(FlowCall.Problems(new FormsDigestNode(practice.Forms), """{"date_range":"last_week"}""")), StringComparison.Ordinal);
}
