using Microsoft.Extensions.Time.Testing;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Queries;

namespace WorkflowStudio.Tests.Model;

public sealed class IdFactoryTests
{
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 9, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider clock = new(Now);

    [Fact]
    public void Ids_OfOneMoment_SortAsTheyWereMade()
    {
        var ids = new IdFactory(clock);
        Guid[] made = [.. Enumerable.Range(0, 10_000).Select(_ => ids.New())];
        Assert.Equal(made, made.Order());
        // the counter runs over into the milliseconds that follow: two or three of them, not more
        Assert.InRange(TimeOrderedId.TimeOf(made[^1]) - Now, TimeSpan.Zero, TimeSpan.FromMilliseconds(3));
        Assert.All(made, id => Assert.Equal((7, 8), (id.Version, id.Variant & 0xC)));
    }

    [Fact]
    public void Ids_OfLaterMoments_SortAfterThem_AndTellTheTime()
    {
        var ids = new IdFactory(clock);
        var first = ids.New();
        Assert.Equal(Now, TimeOrderedId.TimeOf(first));
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(ids.New().CompareTo(first) > 0);
    }

    [Fact]
    public void Ids_WhereTheClockIsSetBack_FollowItWhenItIsFar()
    {
        var watch = new SetClock { At = Now };
        var ids = new IdFactory(watch);
        var first = ids.New();
        watch.At = Now.AddMilliseconds(-500);
        Assert.True(ids.New().CompareTo(first) > 0);
        watch.At = Now.AddDays(-3);
        Assert.Equal(watch.At, TimeOrderedId.TimeOf(ids.New()));
    }

    [Fact]
    public async Task Ids_MadeAtOnce_AreDifferent()
    {
        var ids = new IdFactory(clock);
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
            Enumerable.Range(0, 5_000).Select(_ => ids.New()).ToArray())));
        Assert.Equal(40_000, made.SelectMany(m => m).Distinct().Count());
        Assert.All(made, m => Assert.Equal(m, m.Order()));
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset At { get; set; }

        public override DateTimeOffset GetUtcNow() => At;
    }
}
