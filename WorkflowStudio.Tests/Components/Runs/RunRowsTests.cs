using WorkflowStudio.Components.Runs;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Tests.Components.Runs;

public sealed class RunRowsTests
{
    private static readonly RunLine Old = Line(1, RunStatus.Running);
    private static readonly RunLine Middle = Line(2, RunStatus.Running);
    private static readonly RunLine New = Line(3, RunStatus.Running);

    [Fact]
    public void Merge_AChangedRun_IsReplacedInItsPlace()
    {
        var done = Old with { Status = RunStatus.Done };
        Assert.Equal([Middle, done], RunRows.Merge([Middle, Old], Ids(done), [done], first: true, most: 50));
    }

    [Fact]
    public void Merge_ToldTwiceAboutANewRun_ShowsItOnceAndFirst() =>
        Assert.Equal([New, Middle, Old], RunRows.Merge([Middle, Old], Ids(New), [New, New], first: true, most: 50));

    [Fact]
    public void Merge_ARunThatNoLongerFitsTheFilter_Goes() =>
        Assert.Equal([Old], RunRows.Merge([Middle, Old], Ids(Middle), [], first: true, most: 50));

    [Fact]
    public void Merge_ANewRunOnALaterPage_StaysOut() =>
        Assert.Equal([Middle, Old], RunRows.Merge([Middle, Old], Ids(New), [New], first: false, most: 50));

    [Fact]
    public void Merge_AFullPage_DropsTheOldest() =>
        Assert.Equal([New, Middle], RunRows.Merge([Middle, Old], Ids(New), [New], first: true, most: 2));

    private static HashSet<Guid> Ids(params RunLine[] lines) => [.. lines.Select(l => l.Id)];

    private static RunLine Line(int number, RunStatus status) => new(
        new Guid($"0000000{number}-0000-7000-8000-000000000000"), Guid.Empty, "Intake", status, "webhook", null, 0, 5, null, null,
        DateTimeOffset.UnixEpoch, null);
}
