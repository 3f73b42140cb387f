namespace WorkflowStudio.Components.Shared;

/// <summary>Lets an action be done once for a double click: another click counts only a moment after the action is over.</summary>
internal sealed class OneClick(TimeProvider? time = null)
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly TimeProvider clock = time ?? TimeProvider.System;
    private DateTimeOffset? over;
    private bool isUnderWay;

    /// <summary>Does it, or nothing.</summary>
    public async Task RunAsync(Func<Task> action)
    {
        if (isUnderWay || (over is { } last && (clock.GetUtcNow() - last).Duration() < Moment)) return;
        isUnderWay = true;
        try
        {
            await action();
        }
        finally
        {
            (isUnderWay, over) = (false, clock.GetUtcNow());
        }
    }
}
