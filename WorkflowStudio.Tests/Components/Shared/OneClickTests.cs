using Microsoft.Extensions.Time.Testing;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Components.Shared;

public sealed class OneClickTests
{
    [Fact]
    public async Task Run_ASecondClick_DoesNothingUntilAMomentAfterTheFirst()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero));
        var (click, under, done) = (new OneClick(clock), new TaskCompletionSource(), 0);
        var first = click.RunAsync(async () =>
        {
            done++;
            await under.Task;
        });
        await click.RunAsync(Do);
        under.SetResult();
        await first;
        await click.RunAsync(Do);
        Assert.Equal(1, done);

        clock.Advance(TimeSpan.FromSeconds(1));
        await click.RunAsync(Do);
        Assert.Equal(2, done);

        Task Do()
        {
            done++;
            return Task.CompletedTask;
        }
    }
}
