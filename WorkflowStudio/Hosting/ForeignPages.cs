using WorkflowStudio.Api;

namespace WorkflowStudio.Hosting;

/// <summary>
/// Tells whoever runs the server of pages that were refused: behind a proxy that nobody named, these are its own pages, and none of them
/// works. Once a minute at most, for anybody can ask.
/// </summary>
internal sealed class ForeignPages(OwnAddress own, TimeProvider clock, ILogger<ForeignPages> log)
{
    private const int Longest = 200;

    private static readonly TimeSpan BetweenLines = TimeSpan.FromMinutes(1);

    private long saidUntil;

    /// <summary>A page was refused.</summary>
    public void Met(HttpRequest request)
    {
        var (now, until) = (clock.GetUtcNow(), Interlocked.Read(ref saidUntil));
        if (now.UtcTicks < until || Interlocked.CompareExchange(ref saidUntil, (now + BetweenLines).UtcTicks, until) != until) return;
        log.LogWarning("A page of {Page} was refused; this server takes itself for {Own}. If that page is its own, set STUDIO_PUBLIC_URL "
            + "to the address of the page", Shown(request.Headers.Origin.ToString()), Shown(own.Of(request)));
    }

    private static string Shown(string text) => string.Concat(text.Where(c => !char.IsControl(c)).Take(Longest));
}
