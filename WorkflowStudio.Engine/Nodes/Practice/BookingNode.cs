using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Nodes.Effects;
using WorkflowStudio.Engine.Nodes.Upstream;
using WorkflowStudio.Engine.Nodes.Words;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Engine.Practice.Contacts;

namespace WorkflowStudio.Engine.Nodes.Practice;

/// <summary>Books the first free time in the practice's calendar that suits the client.</summary>
[Step("appointment_booking", "Booking", NodeGroup.Practice, "event_available", HasOutsideEffect = true,
    Does = "Books the first free time that suits the client and names a few others.",
    Example = """
        {"calendar_connector":"built_in","appointment_type_id":"type_8321a","allow_partial_deposit":true,"auto_booking_suggestion_limit":3}
        """)]
public sealed class BookingNode(ICalendar calendar, IContacts contacts, CalendarRules rules) : NodeType<BookingSettings, BookingOutput>
{
    private const int Candidates = 20;
    private const int Searches = 3;

    private static readonly TimeOnly Noon = new(12, 0);
    private static readonly TimeOnly Evening = new(17, 0);

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) => ReadOrNull(config)?.AutoBookingSuggestionLimit switch
    {
        null or 0 => null,
        1 => "Suggests 1 other time",
        var count => $"Suggests {count} other times",
    };

    /// <inheritdoc/>
    public override async ValueTask<NodeOutcome> ExecuteAsync(
        BookingSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        if (!settings.UsesBuiltIn)
            input.Log(NodeLogLevel.Info, $"The calendar {settings.CalendarName} is not connected, so the practice's own calendar is used.");
        if (!(await ClientOfRun.FindAsync(contacts, input, cancellationToken)).Has(out var client, out var nobody))
            return nobody.AsFailure();
        if (await TypeAsync(settings, input, cancellationToken) is not { } type)
            return new NodeOutcome.Failed(
                "no_appointment_type",
                "The practice has no appointment types that are offered. Add one in the calendar, under “Appointment types”.");

        var tenant = input.Run.Tenant;
        var booked = await calendar.FindByEffectAsync(tenant, input.EffectKey, cancellationToken);
        for (var search = 0; search < Searches && booked is null; search++)
        {
            var slots = await SlotsAsync(type, input, cancellationToken);
            if (slots.Free.Count == 0) return NoFreeSlot(type);
            var answer = await calendar.BookAsync(tenant, new Booking(type.Id, client.Id, slots.Free), input.Source(), cancellationToken);
            if (answer.Has(out booked, out var problem)) break;
            if (!problem.Retryable || search == Searches - 1) return problem.AsFailure();
        }

        return await ReportAsync(settings, input, client, booked!, cancellationToken);
    }

    private async Task<NodeOutcome> ReportAsync(
        BookingSettings settings, NodeInput input, Contact client, Appointment booked, CancellationToken cancellationToken)
    {
        var wish = WishOf(input);
        var (others, _) = await SlotsAsync(booked.Type, input, cancellationToken);
        var met = Meets(wish, booked);
        input.Log(NodeLogLevel.Info, $"Booked {booked.StartsAt.InShort()}{With(booked.Type)} for {client.Name}");
        if (!met) input.Log(NodeLogLevel.Warning, "No free time was as the client wished; this is the nearest.");
        return Complete(new BookingOutput
        {
            AppointmentId = booked.Id,
            StartsAt = booked.StartsAt,
            EndsAt = booked.EndsAt,
            When = booked.StartsAt.InFull(),
            AppointmentType = booked.Type.Name,
            AppointmentTypeId = booked.Type.Alias,
            PriceCents = booked.Type.PriceCents,
            With = booked.Type.With,
            ContactId = client.Id,
            InvitationUrl = booked.InvitationUrl,
            PreferenceMet = met,
            DepositAllowed = settings.AllowPartialDeposit,
            Suggestions =
            [
                .. others.Where(s => s.StartsAt != booked.StartsAt).Take(settings.AutoBookingSuggestionLimit)
                    .Select(s => new SuggestedTime { StartsAt = s.StartsAt, EndsAt = s.EndsAt, When = s.StartsAt.InFull() }),
            ],
        });
    }

    private async Task<AppointmentType?> TypeAsync(BookingSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        var types = await calendar.TypesAsync(input.Run.Tenant, cancellationToken);
        var wanted = settings.AppointmentTypeId;
        if (types.FirstOrDefault(t => t.Alias == wanted || t.Id.ToString() == wanted) is { } type) return type;
        if (types.Count > 0 && wanted.Length > 0)
            input.Log(NodeLogLevel.Warning, $"The practice has no appointment type {wanted}, so its first one is booked: {types[0].Name}.");
        return types.Count > 0 ? types[0] : null;
    }

    /// <summary>Free times as wished; when there are none, on the wished days at any hour, then from the wished day on, then any.</summary>
    private async Task<(IReadOnlyList<FreeSlot> Free, SlotWish? Wish)> SlotsAsync(
        AppointmentType type, NodeInput input, CancellationToken cancellationToken)
    {
        var wish = WishOf(input);
        SlotWish?[] ladder = wish is null
            ? [null]
            : [wish, wish with { From = null, Before = null }, wish with { LastDay = null, From = null, Before = null }, null];
        foreach (var step in ladder.Distinct())
        {
            var free = await calendar.FreeSlotsAsync(
                input.Run.Tenant, new SlotSearch(type, input.Now, Candidates, step), cancellationToken);
            if (free.Count > 0) return (free, step);
        }

        return ([], null);
    }

    private static SlotWish? WishOf(NodeInput input)
    {
        var (first, last) = (input.Day("preferred_from"), input.Day("preferred_to"));
        (TimeOnly? From, TimeOnly? Before) hours = input.Text("preferred_part") switch
        {
            "morning" => (null, Noon),
            "afternoon" => (Noon, Evening),
            "evening" => (Evening, null),
            _ => (null, null),
        };
        if (TimeOnly.TryParseExact(input.Text("preferred_time"), "HH:mm", out var time))
            hours = (time, time.Hour < 23 ? time.AddHours(1) : null);
        return first is null && last is null && hours is (null, null) ? null : new SlotWish(first, last, hours.From, hours.Before);
    }

    private static bool Meets(SlotWish? wish, Appointment booked)
    {
        if (wish is null) return true;
        var (day, time) = (DateOnly.FromDateTime(booked.StartsAt.DateTime), TimeOnly.FromDateTime(booked.StartsAt.DateTime));
        return !(day < wish.FirstDay) && !(day > wish.LastDay) && !(time < wish.From) && !(time >= wish.Before);
    }

    private static string With(AppointmentType type) => type.With.Length == 0 ? "" : $" with {type.With}";

    private NodeOutcome.Failed NoFreeSlot(AppointmentType type) => new("no_free_slot",
        $"No time is free for “{type.Name}”{With(type)} in the next {rules.Horizon.TotalDays:0} days. Open longer (in the "
        + "calendar, under “Opening hours”), or call off appointments that will not take place.");
}

/// <summary>The settings of <see cref="BookingNode"/>.</summary>
public sealed record BookingSettings
{
    private const string BuiltIn = "built_in";

    /// <summary>The system that keeps the calendar.</summary>
    [Setting("Calendar system", Description = "A system that is not connected is replaced by the practice's own calendar.", Max = 50,
        Advanced = true)]
    public string CalendarConnector { get; init; } = BuiltIn;

    /// <summary>The calendar in that system.</summary>
    [Setting("Calendar", Description = "The calendar's id in that system.", Max = 100, Advanced = true)]
    public string CalendarId { get; init; } = "";

    /// <summary>The appointment type.</summary>
    [Setting("Appointment type",
        Description = "The id of one of the practice's appointment types; the first one when it is empty or not known.", Max = 100)]
    public string AppointmentTypeId { get; init; } = "";

    /// <summary>Whether a part of the price may be paid in advance.</summary>
    [Setting("Allow a partial deposit", Description = "Tells later steps that a part of the price may be paid in advance.")]
    public bool AllowPartialDeposit { get; init; }

    /// <summary>How many other times are named.</summary>
    [Setting("Other times to suggest", Description = "How many other free times later steps can offer to the client.", Min = 0, Max = 10)]
    public int AutoBookingSuggestionLimit { get; init; } = 3;

    internal bool UsesBuiltIn => CalendarConnector is BuiltIn or "";

    internal string CalendarName => CalendarId.Length == 0 ? CalendarConnector : $"{CalendarConnector} ({CalendarId})";
}

/// <summary>The output of <see cref="BookingNode"/>.</summary>
public sealed record BookingOutput
{
    [Setting("Appointment", Description = "Its id.")]
    public required Guid AppointmentId { get; init; }

    [Setting("Begins", Description = "With the offset of the practice's zone.")]
    public required DateTimeOffset StartsAt { get; init; }

    [Setting("Ends", Description = "With the offset of the practice's zone.")]
    public required DateTimeOffset EndsAt { get; init; }

    [Setting("When", Description = "As people say it: Tuesday, December 1, 9:00 AM.")]
    public required string When { get; init; }

    [Setting("Appointment type", Description = "Its name.")]
    public required string AppointmentType { get; init; }

    [Setting("Appointment type id", Description = "As in settings: type_8321a.")]
    public required string AppointmentTypeId { get; init; }

    [Setting("Price", Description = "In cents.")]
    public required long PriceCents { get; init; }

    [Setting("With", Description = "Who sees the client.")]
    public required string With { get; init; }

    [Setting("Contact", Description = "The client's id.")]
    public required Guid ContactId { get; init; }

    [Setting("Invitation", Description = "An address under which the client takes the appointment into a calendar of their own.")]
    public required string InvitationUrl { get; init; }

    [Setting("As wished", Description = "Whether the time is as the client wished; true as well when nothing was wished.")]
    public required bool PreferenceMet { get; init; }

    [Setting("Deposit allowed", Description = "Whether a part of the price may be paid in advance.")]
    public required bool DepositAllowed { get; init; }

    [Setting("Other times", Description = "Other free times, the earliest first.")]
    public required IReadOnlyList<SuggestedTime> Suggestions { get; init; }
}

/// <summary>A free time that can be offered.</summary>
public sealed record SuggestedTime
{
    [Setting("Begins")]
    public required DateTimeOffset StartsAt { get; init; }

    [Setting("Ends")]
    public required DateTimeOffset EndsAt { get; init; }

    [Setting("When", Description = "As people say it.")]
    public required string When { get; init; }
}
