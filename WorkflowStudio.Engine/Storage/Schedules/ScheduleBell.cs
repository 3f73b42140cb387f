using System.Threading.Channels;

namespace WorkflowStudio.Engine.Storage.Schedules;

/// <summary>
/// Says that a schedule was changed, so that its trigger follows at once. Only a hint: what is lost here is found by the reconciler.
/// </summary>
public sealed class ScheduleBell
{
    private readonly Channel<Guid> changed = Channel.CreateBounded<Guid>(
        new BoundedChannelOptions(4_096) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Says that a schedule was changed or removed.</summary>
    public void Ring(Guid scheduleId) => changed.Writer.TryWrite(scheduleId);

    internal ChannelReader<Guid> Changed => changed.Reader;
}
