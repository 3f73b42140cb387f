namespace WorkflowStudio.Engine.Webhooks;

/// <summary>When a delivery that did not arrive is tried again: ten times over three days (Standard Webhooks, "Retries").</summary>
internal static class RetrySchedule
{
    /// <summary>How many tries there are, the first among them.</summary>
    public const int Tries = 10;

    /// <summary>The longest time that an answer may ask for.</summary>
    public static readonly TimeSpan MostAsked = TimeSpan.FromHours(24);

    // later by up to a tenth, so that what failed together does not come back together
    private const double Jitter = 0.1;

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>How long to wait after a try; null when it was the last.</summary>
    /// <param name="tries">How many tries there were.</param>
    /// <param name="asked">What the other side asked for (Retry-After); null for nothing.</param>
    /// <param name="chance">A number from 0 up to 1.</param>
    public static TimeSpan? After(int tries, TimeSpan? asked, double chance)
    {
        if (tries >= Tries) return null;
        var wait = Waits[Math.Max(0, tries - 1)] * (1 + (Jitter * chance));
        var least = asked is { } wanted ? (wanted < MostAsked ? wanted : MostAsked) : TimeSpan.Zero;
        return wait > least ? wait : least;
    }
}
