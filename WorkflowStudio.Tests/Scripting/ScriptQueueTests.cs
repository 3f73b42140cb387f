using WorkflowStudio.Engine.Scripting;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Scripting;

public sealed class ScriptQueueTests
{
    private static readonly Guid One = NewIds.Next(), Other = NewIds.Next();

    [Fact]
    public void Queue_OfTwoPlaces_KeepsOneFromAWorkspace()
    {
        var queue = new ScriptQueue(2);
        ScriptJob[] jobs = [Job(One), Job(One), Job(Other)];
        foreach (var job in jobs) Assert.True(queue.TryAdd(job));

        Assert.Equal([jobs[0], jobs[2], null], [Take(queue), Take(queue), Take(queue)]);
        queue.Done(jobs[2]);
        Assert.Null(Take(queue));
        queue.Done(jobs[0]);
        Assert.Same(jobs[1], Take(queue));
    }

    [Fact]
    public void Queue_OfOnePlace_TakesTurnsBetweenWorkspaces()
    {
        var queue = new ScriptQueue(1);
        ScriptJob[] jobs = [Job(One), Job(One), Job(One), Job(Other)];
        foreach (var job in jobs) queue.TryAdd(job);
        var taken = new List<ScriptJob>();
        while (Take(queue) is { } job)
        {
            taken.Add(job);
            queue.Done(job);
        }

        Assert.Equal([jobs[0], jobs[3], jobs[1], jobs[2]], taken);
    }

    [Fact]
    public void Queue_WithALineThatIsFull_RefusesThatWorkspaceAlone()
    {
        var queue = new ScriptQueue(2);
        for (var i = 0; i < ScriptLimits.LongestLine; i++) Assert.True(queue.TryAdd(Job(One)));

        Assert.False(queue.TryAdd(Job(One)));
        Assert.True(queue.TryAdd(Job(Other)));
    }

    [Fact]
    public void Job_ThatWasGivenUp_IsPassedOver()
    {
        var queue = new ScriptQueue(2);
        var (gone, next) = (Job(One), Job(One));
        queue.TryAdd(gone);
        queue.TryAdd(next);

        Assert.True(gone.GiveUp());
        Assert.Same(next, Take(queue));
        Assert.False(next.GiveUp());
        Assert.True(next.Begun.IsCompletedSuccessfully);
    }

    [Fact]
    public void Queue_ThatIsClosed_GivesNothingAnyMore()
    {
        var queue = new ScriptQueue(2);
        queue.TryAdd(Job(One));
        queue.Close();

        Assert.False(queue.TryTake(Timeout.InfiniteTimeSpan, out var job));
        Assert.Null(job);
    }

    private static ScriptJob? Take(ScriptQueue queue) => queue.TryTake(TimeSpan.Zero, out var job) ? job : null;

    private static ScriptJob Job(Guid workspace) => new(workspace, new ScriptRequest("", [], TimeSpan.Zero), CancellationToken.None);
}
