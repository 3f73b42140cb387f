using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace WorkflowStudio.Limits;

/// <summary>
/// Lets everybody do something so many times in a span of time. Spans begin at round times of the clock and each starts empty, so nothing
/// has to be cleaned up: as many names are kept as came in one span. Nobody waits in line. A call costs one look into a dictionary.
/// </summary>
/// <typeparam name="TName">What tells one party from another.</typeparam>
internal sealed class Allowance<TName>(int most, TimeSpan span, TimeProvider clock)
    where TName : notnull
{
    private volatile Span current = new(-1);

    /// <summary>How many there are in a span.</summary>
    public int Most => most;

    /// <summary>When there are as many again.</summary>
    public DateTimeOffset Renewal => new(((clock.GetUtcNow().Ticks / span.Ticks) + 1) * span.Ticks, TimeSpan.Zero);

    /// <summary>Takes one; answers 0, or when there is none left the seconds until there are more.</summary>
    public int SecondsToWait(TName name) => Take(name).Seconds;

    /// <summary>Takes one; answers how many are left and, when there was none, the seconds until there are more.</summary>
    public (int Left, int Seconds) Take(TName name)
    {
        var now = clock.GetUtcNow().Ticks;
        var number = now / span.Ticks;
        var counts = current;
        // of two threads that do this at once one counts in vain: a bound, no ledger
        if (counts.Number != number) current = counts = new Span(number);
        var taken = Interlocked.Increment(ref counts.Of.GetOrAdd(name, static _ => new StrongBox<int>()).Value);
        return taken <= most
            ? (most - taken, 0)
            : (0, (int)Math.Ceiling(TimeSpan.FromTicks(((number + 1) * span.Ticks) - now).TotalSeconds));
    }

    private sealed class Span(long number)
    {
        public long Number { get; } = number;

        public ConcurrentDictionary<TName, StrongBox<int>> Of { get; } = new();
    }
}
