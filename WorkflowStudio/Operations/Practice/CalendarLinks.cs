using WorkflowStudio.Engine.Practice.Calendar;

namespace WorkflowStudio.Operations.Practice;

/// <summary>The link under which other programs follow the calendar.</summary>
public sealed class CalendarLinks(CalendarFeeds feeds)
{
    /// <summary>What the caller needs to see it.</summary>
    public const Permission Needs = Permission.ViewData;

    /// <summary>What the caller needs to make it, to make it anew, and to take it away.</summary>
    public const Permission NeedsToChange = Permission.ManageData;

    /// <summary>The link; its <see cref="CalendarLinkView.Link"/> is null when there is none.</summary>
    public async Task<Result<CalendarLinkView>> FindAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return new CalendarLinkView(await feeds.FindAsync(caller.Tenant, cancellationToken));
    }

    /// <summary>Makes it, or a new one in place of the one before, which leads nowhere from then on.</summary>
    public async Task<Result<CalendarLinkView>> RenewAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (caller.Refuse(NeedsToChange) is { } refused) return refused;
        return new CalendarLinkView(await feeds.RenewAsync(caller.Tenant, cancellationToken));
    }

    /// <summary>Says whether it tells telephone numbers, e-mail addresses and notes as well.</summary>
    public async Task<Result<CalendarLinkView>> TellAsync(Caller caller, bool more, CancellationToken cancellationToken)
    {
        if (caller.Refuse(NeedsToChange) is { } refused) return refused;
        return new CalendarLinkView(await feeds.TellAsync(caller.Tenant, more, cancellationToken));
    }

    /// <summary>Takes it away.</summary>
    public async Task<Result<CalendarLinkView>> StopAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (caller.Refuse(NeedsToChange) is { } refused) return refused;
        await feeds.StopAsync(caller.Tenant, cancellationToken);
        return new CalendarLinkView(null);
    }
}

/// <summary>The link of a calendar.</summary>
/// <param name="Link">It, or null when there is none.</param>
public sealed record CalendarLinkView(CalendarLink? Link);

/// <summary>
/// What somebody may read who has the link of a calendar or of an appointment. The link is the permission; there is no caller.
/// </summary>
public sealed class PublicCalendar(CalendarFeeds feeds)
{
    /// <summary>The calendar of the link as iCalendar; null when it leads nowhere.</summary>
    public Task<string?> FeedAsync(string token, CancellationToken cancellationToken) => feeds.FeedAsync(token, cancellationToken);

    /// <summary>The appointment of the link as iCalendar; null when it leads nowhere.</summary>
    public Task<string?> InvitationAsync(string token, CancellationToken cancellationToken) =>
        feeds.InvitationAsync(token, cancellationToken);
}
