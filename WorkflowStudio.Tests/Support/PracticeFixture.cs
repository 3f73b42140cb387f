using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Feed;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice;
using WorkflowStudio.Engine.Practice.Approvals;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Forms;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Practice.Properties;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Support;

/// <summary>
/// A practice in Houston with an empty calendar, in a SQLite database in memory when no other is given: open Monday to Friday 9 to 12 and
/// 13 to 17, two appointment types. It is Tuesday, November 24, 2026, 10:14 in the morning there.
/// </summary>
internal sealed class PracticeFixture : IDisposable, IAsyncDisposable, IDbContextFactory<StudioDbContext>
{
    public const string Zone = "America/Chicago";

    // the tables are made once and copied: making them takes longer than most tests
    private static readonly Lazy<SqliteConnection> Tables = new(MakeTables);

    private readonly SqliteConnection? keepAlive;
    private readonly TestDatabase? data;
    private readonly DbContextOptions<StudioDbContext> options;

    public PracticeFixture(StudioEnvironment environment = StudioEnvironment.Live, bool captureUntilConnected = true, string zone = Zone,
        TestDatabase? data = null)
    {
        Ids = new IdFactory(Clock);
        this.data = data;
        var builder = new DbContextOptionsBuilder<StudioDbContext>();
        if (data is null)
        {
            var name = $"Data Source=practice-{Ids.New():N};Mode=Memory;Cache=Shared";
            keepAlive = new SqliteConnection(name);
            keepAlive.Open();
            lock (Tables) Tables.Value.BackupDatabase(keepAlive);
            builder.UseSqlite(name);
        }
        else
        {
            data.Open().ForUse(builder, StudioDbContext.HistoryTable);
        }

        options = builder.AddInterceptors(Reads).Options;
        Writer = new DirectWriter(this);
        Tenant = new Tenant(Ids.New(), environment);
        Events = new PlatformEvents(this, Ids, Clock, new RunFeed());
        Contacts = new ContactStore(Writer, this, Ids, Clock, Events);
        Calendar = new CalendarStore(Writer, this, Ids, Clock, new CalendarRules(), Events, Address);
        var books = new InvoiceBooks(Events);
        var bills = new InvoiceBills(Writer, this, Ids, Clock, Events, books);
        Invoices = new InvoiceLedger(Writer, this, Ids, Clock, Address, Events, bills, books);
        Desk = new InvoiceDesk(Writer, this, Ids, Clock, Invoices, bills, books, Events);
        Payments = new PaymentQueries(this);
        Forms = new FormRuns(this, Clock);
        FormStore = new FormStore(Writer, Ids, Clock, Events, Address);
        FormPages = new FormQueries(this, Clock, Address);
        Inbox = new FormInbox(Writer, this, Ids, Clock, Events, Contacts);
        Figures = new MoneyFigures(this, Clock);
        Reminders = new InvoiceReminders(Writer, this, Clock, Address);
        Messenger = new OutboxMessenger(Writer, Ids, Clock);
        Kept = new OutboxCalls(Writer, Ids, Clock);
        Approvals = new ApprovalStore(Writer, this, Ids, Clock, new FakeProtector(), Address);
        Outbox = new OutboxQueries(this);
        Weeks = new CalendarQueries(this, Clock);
        InvoicePages = new InvoiceQueries(this, Clock, Address);
        using var db = CreateDbContext();
        Fill(db, captureUntilConnected, zone);
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 24, 16, 14, 2, TimeSpan.Zero));

    public BlockingReads Reads { get; } = new();

    public StudioAddress Address { get; } = new("https://studio.example.com");

    public IdFactory Ids { get; }

    public DirectWriter Writer { get; }

    public Tenant Tenant { get; }

    public PlatformEvents Events { get; }

    public ContactStore Contacts { get; }

    public CalendarStore Calendar { get; }

    public InvoiceLedger Invoices { get; }

    public InvoiceDesk Desk { get; }

    public PaymentQueries Payments { get; }

    public FormRuns Forms { get; }

    public FormStore FormStore { get; }

    public FormQueries FormPages { get; }

    public FormInbox Inbox { get; }

    public MoneyFigures Figures { get; }

    public InvoiceReminders Reminders { get; }

    public OutboxMessenger Messenger { get; }

    public OutboxCalls Kept { get; }

    public ApprovalStore Approvals { get; }

    public OutboxQueries Outbox { get; }

    public CalendarQueries Weeks { get; }

    public AppointmentTable Appointments => new(Writer, this, Ids, Clock, Events, Address);

    public AppointmentTypeTable AppointmentTypes => new(Writer, this, Ids, Clock);

    public OpeningHoursTable OpeningHours => new(Writer, this, Ids, Clock);

    public ContactTable ContactRecords => new(Writer, this, Ids, Clock, Events, []);

    public PropertyTable Properties => new(Writer, this, Ids, Clock, Events);

    public InvoiceQueries InvoicePages { get; }

    public StudioDbContext CreateDbContext() => new(options);

    public async Task<Contact> ContactAsync(
        string first = "Maria", string? email = "maria.lopez@example.test", string? phone = "+17135550142")
    {
        var answer = await Contacts.UpsertAsync(Tenant, ContactFields.Of(first, "Lopez", email, phone), Key($"contact:{first}"), default);
        Assert.True(answer.Has(out var contact, out _));
        return contact;
    }

    public async Task<AppointmentType> TypeAsync(string alias = "type_8321a") =>
        (await Calendar.TypesAsync(Tenant, default)).Single(t => t.Alias == alias);

    /// <summary>An invoice of one line for a contact, Maria unless told otherwise.</summary>
    public async Task<Invoice> InvoiceAsync(
        int dueInDays = 3, long cents = 15_000, string currency = "usd", Contact? contact = null)
    {
        var draft = new InvoiceDraft(
            (contact ?? await ContactAsync()).Id, currency, [new InvoiceLine("Visit", "", 1, cents)], dueInDays, ["card", "usdc"]);
        var answer = await Invoices.CreateAsync(Tenant, draft, Key($"invoice:{Ids.New()}"), default);
        Assert.True(answer.Has(out var invoice, out var problem), problem?.Message);
        return invoice;
    }

    public static EffectSource Key(string key) => new(key);

    public void Dispose()
    {
        Writer.Dispose();
        keepAlive?.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        if (data is not null) await data.DisposeAsync();
    }

    private static SqliteConnection MakeTables()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var db = new StudioDbContext(new DbContextOptionsBuilder<StudioDbContext>().UseSqlite(connection).Options);
        db.Database.EnsureCreated();
        return connection;
    }

    private void Fill(StudioDbContext db, bool capture, string zone)
    {
        db.Workspaces.Add(new WorkspaceRow
        {
            Id = Tenant.WorkspaceId, Slug = "houston", Name = "Houston Dermatology", TimeZone = zone, CaptureUntilConnected = capture,
            CreatedAt = Clock.GetUtcNow(),
        });
        db.AppointmentTypes.Add(Type("type_8321a", "First visit, skin check", 30, 15_000, 0));
        db.AppointmentTypes.Add(Type("type_1", "Follow-up", 15, 9_000, 1));
        foreach (var day in new[] { DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday })
        {
            db.OpeningHours.Add(Open(day, 9 * 60, 12 * 60));
            db.OpeningHours.Add(Open(day, 13 * 60, 17 * 60));
        }

        db.SaveChanges();
    }

    private AppointmentTypeRow Type(string alias, string name, int minutes, long price, int position) => new()
    {
        Id = Ids.New(), WorkspaceId = Tenant.WorkspaceId, Environment = Tenant.Environment, Alias = alias, Name = name, Minutes = minutes,
        PriceCents = price, With = "Dr. Reyes", Position = position, CreatedAt = Clock.GetUtcNow(),
    };

    private OpeningHoursRow Open(DayOfWeek day, int from, int to) => new()
    {
        Id = Ids.New(), WorkspaceId = Tenant.WorkspaceId, Environment = Tenant.Environment, Weekday = day, FromMinutes = from,
        ToMinutes = to, CreatedAt = Clock.GetUtcNow(),
    };
}
