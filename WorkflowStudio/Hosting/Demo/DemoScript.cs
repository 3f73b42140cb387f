using NodaTime;
using NodaTime.Text;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Hosting.Demo;

/// <summary>
/// What happens in the demo practice in the two weeks before now, always the same. Clients write at any hour; the practice works in its
/// opening hours, so what would fall on a closed day is done on the Friday before, or answered on the Monday after.
/// </summary>
internal sealed class DemoScript
{
    private const StudioEnvironment Live = StudioEnvironment.Live;
    private static readonly LocalTime LastOnFriday = new(12, 40);
    private static readonly LocalTime LastOnOtherDays = new(16, 40);
    private static readonly LocalTime First = new(9, 10);

    private readonly DateTimeZone zone;
    private readonly LocalDate today;
    private readonly List<DemoMoment> moments = [];

    private DemoScript(DateTimeOffset now, DateTimeZone zone)
    {
        (this.zone, End) = (zone, now);
        today = Instant.FromDateTimeOffset(now).InZone(zone).Date;
    }

    /// <summary>When the two weeks begin: with the first moment of a day.</summary>
    public DateTimeOffset Start => BeginningOf(0);

    /// <summary>Now.</summary>
    public DateTimeOffset End { get; }

    /// <summary>What happens, in order.</summary>
    public IEnumerable<DemoMoment> Moments => moments.Where(m => m.At < End).OrderBy(m => m.At);

    /// <summary>The script for two weeks that end now.</summary>
    public static DemoScript Of(DateTimeOffset now, DateTimeZone zone)
    {
        var script = new DemoScript(now, zone);
        script.Workflows();
        script.Clients();
        script.Leads();
        script.Refunds();
        return script;
    }

    /// <summary>The first moment of a day, counted from 0.</summary>
    public DateTimeOffset BeginningOf(int day) => zone.AtStartOfDay(today.PlusDays(day - DemoLife.Days + 1)).ToDateTimeOffset();

    private void Workflows()
    {
        Add(Start.AddHours(7), (desk, c) => desk.CreateAsync(DemoFlow.Intake, Live, c));
        Add(Start.AddHours(7), (desk, c) => desk.CreateAsync(DemoFlow.Intake, StudioEnvironment.Test, c));
        foreach (var (i, flow) in new[] { DemoFlow.NewLead, DemoFlow.Refund, DemoFlow.Checklist, DemoFlow.Summary }.Index())
            Add(Start.AddHours(7).AddMinutes(5 + (i * 6)), (desk, c) => desk.CreateAsync(flow, Live, c));
        Add(Office(7, "09:00"),
            (desk, c) => desk.PublishAsync(DemoFlow.Refund, 2, "Small amounts need nobody, and there are five days to decide.", c));
        Add(Office(6, "13:20"), (desk, c) => desk.PublishAsync(DemoFlow.Checklist, 2, "The voicemail of the weekend.", c));
        Add(Office(2, "16:30"), (desk, c) => desk.PublishAsync(DemoFlow.NewLead, 2, "Tells the front desk when it is urgent.", c));
    }

    // who is paid for, who is reminded, who never answers
    private void Clients()
    {
        Write(At(13, "08:40"), "Nadia", "Rahman", "+17135550211",
            "A mole on my back has changed. I would like a skin check this week, mornings are best.");
        Pay(12, "12:30", "Nadia Rahman");
        Write(At(13, "19:55"), "Victor", "Lindqvist", "+18325550212",
            "My acne is back and the cream does not help any more. Afternoons suit me.");
        Pay(10, "08:05", "Victor Lindqvist");
        Write(At(12, "11:20"), "Ethan", "Brooks", null, "Do you have a time for another look at my psoriasis next week?");
        Write(
            At(12, "20:15"), "Camila", "Torres", "+17135550214", "I have a dry patch on my cheek that itches. Any day after work is fine.");
        Pay(7, "18:40", "Camila Torres");
        Write(At(11, "08:30"), "Hannah", "Becker", "+12815550215", "I need a follow-up for my eczema, as soon as possible please.");
        Pay(9, "13:15", "Hannah Becker");
        Write(At(10, "12:45"), "Tyrone", "Jackson", "+17135550216", "Can somebody look at a cyst on my shoulder? It is painful at night.");
        Write(At(9, "18:10"), "Mei", "Chen", "+18325550217", "First visit for me and a question about my sunscreen allergy.");
        Pay(8, "21:20", "Mei Chen");
        Write(At(8, "10:05"), "Olivia", "Grant", "+17135550218", "I would like to have some freckles checked before summer, no rush.");
        Add(OfficeFrom(At(7, "10:30")), (desk, c) => desk.CancelAsync("Olivia Grant", c));
        Write(At(7, "21:30"), "Samuel", "Price", "+17135550219", "My son has a wart on his foot, we can come in the morning.");
        Pay(5, "09:50", "Samuel Price");
        Write(At(6, "09:15"), "Fatima", "Zahra", "+12815550220", "A red spot on my nose will not heal. When can I come?");
        Add(OfficeFrom(At(4, "11:10")), (desk, c) => desk.PauseAsync("Fatima Zahra", c));
        Write(At(6, "17:40"), "Lucas", "Moreau", "+18325550221", "Rash after hiking, it is spreading. Tomorrow if you can.");
        Pay(3, "12:00", "Lucas Moreau");
        Write(At(5, "13:25"), "Ingrid", "Olsen", "+17135550222", "I would like to talk about laser treatment for a scar.");
        Write(At(4, "11:50"), "Andre", "Silva", "+17135550223", "Nail fungus, I think. Is there a time on Thursday?");
        Pay(1, "19:30", "Andre Silva");
        Write(At(3, "08:20"), "Keiko", "Tanaka", "+12815550224", "Yearly skin check please, mornings only.");
        Write(At(3, "19:05"), "Patrick", "Doyle", "+17135550225", "Sunburn with blisters on my neck. Do I have to come in?");
        Write(At(2, "10:30"), "Rosa", "Alvarez", "+18325550226", "My daughter needs something for her acne, after school if possible.");
        Write(At(1, "15:10"), "Amara", "Osei", "+17135550123", "I am due for my follow-up, mornings would be good.");
        Write(Ago(5.2), "Maya", "Feldman", "+17135550228", "Hives since yesterday evening. I would like an appointment this week.");
        Write(At(9, "14:00"), "Terry", "Sample", "+17135550190", "This is a test of the form, mornings are best.", StudioEnvironment.Test);
        Write(Ago(50), "Robin", "Sample", "+17135550191", "Another test of the form.", StudioEnvironment.Test);
    }

    // the urgent ones of yesterday and today meet a step whose connection is missing
    private void Leads()
    {
        Lead(At(13, "10:20"), "Bruno", "Costa", "+17135550231", "routine", "Prices of light therapy");
        Lead(At(13, "16:45"), "Leila", "Amini", "+12815550232", "urgent", "Swelling after an injection");
        Lead(At(11, "14:05"), "Noah", "Fischer", "+17135550233", "routine", "Do you take my insurance?");
        Lead(At(10, "09:30"), "Ada", "Nwosu", "+18325550234", "routine", "A second opinion on a biopsy");
        Lead(At(9, "20:40"), "Jonas", "Meyer", "+17135550235", "urgent", "Allergic reaction, hands and face");
        Lead(At(8, "12:15"), "Sara", "Haddad", "+17135550236", "routine", "Acne treatment for teenagers");
        Lead(At(7, "08:55"), "Peter", "Nowak", "+12815550237", "routine", "Mole removal, how long is the wait?");
        Lead(At(6, "15:35"), "Chiara", "Rossi", "+17135550238", "urgent", "A wound that opened again");
        Lead(At(5, "18:20"), "Derek", "Young", "+18325550239", "routine", "Parking and opening hours");
        Lead(At(4, "10:10"), "Emma", "Laurent", "+17135550240", "routine", "Consultation about rosacea");
        Lead(At(2, "13:50"), "Tomás", "Rivera", "+17135550241", "routine", "Skin check for the whole family");
        Lead(Ago(19), "Helena", "Weiss", "+12815550242", "urgent", "Fever and a rash after a bite");
        Lead(Ago(8), "Oscar", "Lund", "+17135550243", "routine", "Prices of mole removal");
        Lead(Ago(2.2), "Aaron", "Blake", "+18325550244", "urgent", "A burn on the forearm");
    }

    private void Refunds()
    {
        Refund(Office(13, "11:15"), "Grace", "Kim", 85, "Light therapy called off two days before.", 1.2, true, "Called off in time.");
        Refund(Office(12, "14:20"), "Marcus", "Bell", 110, "Says that the consultation was too short.", 20, false,
            "The visit took place as planned, see the notes of Dr. Okafor.");
        Refund(Office(12, "15:05"), "Omar", "Haddad", 150, "Paid twice, by card and by transfer.");
        Refund(
            Office(7, "09:30"), "Omar", "Haddad", 150, "Paid twice; nobody answered the first request.", 1.9, true, "Sorry for the wait.");
        Refund(Office(7, "11:30"), "Yuki", "Sato", 25, "Parking was promised.");
        Refund(Office(4, "10:40"), "Helen", "Novak", 320, "Mole removal moved to the clinic.", 5.5, true, "");
        Refund(Office(3, "10:15"), "Chloe", "Martin", 18, "Charged the old price.");
        Refund(LastOffice(), "Priyanka", "Menon", 180, "Booked twice by mistake, the second visit did not take place.");
    }

    private void Write(DateTimeOffset at, string first, string last, string? phone, string message, StudioEnvironment environment = Live)
    {
        var form = new { first_name = first, last_name = last, email = Email(first, last), phone, form_message = message };
        Add(at, (desk, c) => desk.ReceiveAsync(DemoFlow.Intake, environment, form, $"{first} {last}", c));
    }

    private void Lead(DateTimeOffset at, string first, string last, string phone, string urgency, string interest)
    {
        var form = new { first_name = first, last_name = last, phone, urgency, interest };
        Add(at, (desk, c) => desk.ReceiveAsync(DemoFlow.NewLead, Live, form, $"{first} {last}", c));
    }

    private void Refund(DateTimeOffset at, string first, string last, int amount, string reason) =>
        Add(at, (desk, c) => desk.StartAsync(DemoFlow.Refund, new { first_name = first, last_name = last, amount, reason }, c));

    private void Refund(
        DateTimeOffset at, string first, string last, int amount, string reason, double decidedAfterHours, bool approve, string comment)
    {
        Refund(at, first, last, amount, reason);
        Add(OfficeFrom(at.AddHours(decidedAfterHours)), (desk, c) => desk.DecideAsync($"{first} {last}", approve, comment, c));
    }

    private void Pay(int daysAgo, string time, string client) => Add(At(daysAgo, time), (desk, c) => desk.PayAsync(client, c));

    private void Add(DateTimeOffset at, Func<DemoDesk, CancellationToken, Task> what) => moments.Add(new DemoMoment(at, what));

    private DateTimeOffset Ago(double hours) => End.AddHours(-hours);

    private DateTimeOffset At(int daysAgo, string time) =>
        At(today.PlusDays(-daysAgo), LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(time).Value);

    private DateTimeOffset At(LocalDate day, LocalTime time) => zone.AtLeniently(day + time).ToDateTimeOffset();

    // something that can be done ahead
    private DateTimeOffset Office(int daysAgo, string time)
    {
        var (day, wanted) = (OpenDay(today.PlusDays(-daysAgo)), LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(time).Value);
        if (day < today.PlusDays(1 - DemoLife.Days)) day = day.PlusDays(3); // that Friday is before all of it: on the Monday then
        return At(day, LocalTime.Min(wanted, LastOn(day)));
    }

    // an answer to something: it cannot come before it
    private DateTimeOffset OfficeFrom(DateTimeOffset time)
    {
        var wanted = Instant.FromDateTimeOffset(time).InZone(zone).LocalDateTime;
        for (var day = wanted.Date; ; day = day.PlusDays(1))
        {
            var earliest = day == wanted.Date ? LocalTime.Max(wanted.TimeOfDay, First) : First;
            if (day == OpenDay(day) && earliest <= LastOn(day)) return At(day, earliest);
        }
    }

    // the last time somebody was there
    private DateTimeOffset LastOffice()
    {
        var now = Instant.FromDateTimeOffset(End.AddMinutes(-25)).InZone(zone).LocalDateTime;
        var day = OpenDay(now.Date);
        if (day == now.Date && now.TimeOfDay < First) day = OpenDay(day.PlusDays(-1));
        return At(day, day == now.Date ? LocalTime.Min(now.TimeOfDay, LastOn(day)) : LastOn(day));
    }

    private static LocalDate OpenDay(LocalDate day) => day.DayOfWeek switch
    {
        IsoDayOfWeek.Saturday => day.PlusDays(-1),
        IsoDayOfWeek.Sunday => day.PlusDays(-2),
        _ => day,
    };

    private static LocalTime LastOn(LocalDate day) => day.DayOfWeek == IsoDayOfWeek.Friday ? LastOnFriday : LastOnOtherDays;

    private static string Email(string first, string last) => $"{first}.{last}@example.test".ToLowerInvariant();
}

/// <summary>Something that happens in the demo practice.</summary>
internal sealed record DemoMoment(DateTimeOffset At, Func<DemoDesk, CancellationToken, Task> Do);
