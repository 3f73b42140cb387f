using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Shards.Fairness;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Runtime;

/// <summary>What runs take of their node, and that they give it back.</summary>
public sealed class RunPassTests
{
    private static readonly Guid Workspace = EngineHarness.Tenant.WorkspaceId;
    private static readonly Guid Root = Guid.Parse("22222222-2222-7222-8222-222222222222");

    [Fact]
    public async Task Family_ThatHasItsShare_StandsInLine_AndLeavesThePlacesToOthers()
    {
        var limits = new NodeLimits { PerFamily = 1 };
        using var first = new RunPass(limits, Workspace);
        using var second = new RunPass(limits, Workspace);
        using var stranger = new RunPass(limits, Workspace);
        Assert.True(first.TryEnter(Run(Root), suspect: false));
        Assert.False(second.TryEnter(Run(Root), suspect: false));
        Assert.True(stranger.TryEnter(Run(null), suspect: false));
        // who stands in line holds none
        Assert.Equal(
            (NodeLimits.MostRuns - 2, NodeLimits.MostPerWorkspace - 2), (limits.Runs.CurrentCount, limits.ShareOf(Workspace).CurrentCount));

        using var elsewhere = new RunPass(limits, null);
        // of another practice, whose number is the same
        Assert.True(elsewhere.TryEnter(Run(Root) with { Tenant = new Tenant(Root, StudioEnvironment.Live) }, suspect: false));
        elsewhere.Dispose();

        var entering = second.EnterAsync(default);
        Assert.False(entering.IsCompleted);
        first.Dispose();
        await entering.WaitAsync(EngineHarness.Patience);
        second.Dispose();
        stranger.Dispose();

        Assert.Equal(
            (NodeLimits.MostRuns, NodeLimits.MostPerWorkspace, 1, 1),
            (limits.Runs.CurrentCount, limits.ShareOf(Workspace).CurrentCount, limits.FamilyOf(Workspace, Root).CurrentCount,
                limits.Suspects.CurrentCount));
    }

    [Fact]
    public async Task Suspect_OfAFamily_WaitsForTheTurnFirst_WithNothingInHand()
    {
        var limits = new NodeLimits { PerFamily = 1 };
        using var watched = new RunPass(limits, Workspace);
        using var next = new RunPass(limits, Workspace);
        Assert.True(watched.TryEnter(Run(null), suspect: true));
        Assert.False(next.TryEnter(Run(Root), suspect: true));
        var entering = next.EnterAsync(default);
        Assert.Equal((1, NodeLimits.MostRuns - 1), (limits.FamilyOf(Workspace, Root).CurrentCount, limits.Runs.CurrentCount));
        watched.EndTurn();
        await entering.WaitAsync(EngineHarness.Patience);

        Assert.Equal((true, 0), (next.HasTurn, limits.FamilyOf(Workspace, Root).CurrentCount));
    }

    private static RunIdentity Run(Guid? root) =>
        new(new IdFactory(TimeProvider.System).New(), EngineHarness.Tenant, Guid.Empty, 1, 0) { RootId = root };
}
