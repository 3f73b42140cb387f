using System.Threading.Channels;

namespace WorkflowStudio.Engine.Webhooks;

/// <summary>Wakes the courier: there is something to deliver, or room for more. Only a hint; the slow look finds what is lost.</summary>
internal sealed class CourierBell
{
    private readonly Channel<bool> rung = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    public CourierBell() => Ring = () => rung.Writer.TryWrite(true);

    /// <summary>Rings. Made once: every commit with an event has it.</summary>
    public Action Ring { get; }

    /// <summary>Waits until it is rung, or for so long.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(rung.Reader.WaitToReadAsync(either.Token).AsTask(), Task.Delay(atMost, clock, either.Token));
        await either.CancelAsync();
        rung.Reader.TryRead(out _);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
