using WorkflowStudio.Operations.Workflows;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Operations.Workflows;

public sealed class WorkflowTurnsTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    private readonly WorkflowTurns turns = new();
    private readonly Guid one = NewIds.Next();

    [Fact]
    public async Task Turn_IsWaitedForUntilTheOneBeforeIsOver()
    {
        var first = await turns.TakeAsync(one, Long, default);
        var second = turns.TakeAsync(one, Long, default);

        Assert.NotNull(await turns.TakeAsync(NewIds.Next(), TimeSpan.Zero, default));
        Assert.False(second.IsCompleted);
        first!.Dispose();

        Assert.NotNull(await second);
    }

    [Fact]
    public async Task Turn_ThatOthersKeepTooLong_IsNoneAndLeavesTheRestInOrder()
    {
        var first = await turns.TakeAsync(one, Long, default);

        Assert.Null(await turns.TakeAsync(one, TimeSpan.Zero, default));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => turns.TakeAsync(one, Long, new CancellationToken(true)));

        first!.Dispose();
        Assert.NotNull(await turns.TakeAsync(one, TimeSpan.Zero, default));
        Assert.Null(await turns.TakeAsync(one, TimeSpan.Zero, default));
    }
}
