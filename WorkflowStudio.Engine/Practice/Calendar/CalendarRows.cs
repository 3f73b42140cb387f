using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Calendar;

/// <summary>What a client can come for.</summary>
public sealed class AppointmentTypeRow : TenantRow
{
    /// <summary>The id in other systems and in settings, unique in the tenant.</summary>
    public string Alias { get; set; } = "";

    public string Name { get; set; } = "";

    public int Minutes { get; set; }

    /// <summary>How long after it nobody else comes to whoever saw the client.</summary>
    public int BufferMinutes { get; set; }

    public long PriceCents { get; set; }

    /// <summary>Who sees the client; one client at a time.</summary>
    public string With { get; set; } = "";

    /// <summary>Whether it is offered. What was booked of it stays.</summary>
    public bool IsActive { get; set; } = true;

    /// <summary>The order in lists; the first is taken when a type is not known.</summary>
    public int Position { get; set; }
}

/// <summary>A time of the week, or of one day, at which the practice is open. Several of one day are fine.</summary>
public sealed class OpeningHoursRow : TenantRow
{
    public DayOfWeek Weekday { get; set; }

    /// <summary>The one day for which it holds, in place of what holds for its weekday; null for every week.</summary>
    public DateOnly? Day { get; set; }

    /// <summary>Whether the practice is closed on <see cref="Day"/>; then the times are 0.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Minutes from midnight on the practice's clock.</summary>
    public int FromMinutes { get; set; }

    /// <summary>Minutes from midnight on the practice's clock, at most 1440.</summary>
    public int ToMinutes { get; set; }
}

/// <summary>An appointment.</summary>
public sealed class AppointmentRow : TenantRow
{
    public Guid ContactId { get; set; }

    public Guid TypeId { get; set; }

    public DateTimeOffset StartsAt { get; set; }

    public DateTimeOffset EndsAt { get; set; }

    /// <summary>From when on somebody else may come: its end and the buffer that its type had.</summary>
    public DateTimeOffset FreeAt { get; set; }

    public AppointmentStatus Status { get; set; }

    /// <summary>Who sees the client: kept here, since the type's may change.</summary>
    public string With { get; set; } = "";

    public string Notes { get; set; } = "";

    /// <summary>Why it was called off; empty where nobody said so.</summary>
    public string CancelReason { get; set; } = "";

    /// <summary>Of the link to its invitation.</summary>
    public string Token { get; set; } = "";

    /// <summary>How often it was changed: the sequence of its invitation.</summary>
    public int Sequence { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    public Guid? RunId { get; set; }

    // looked up for whoever is told of it, and not kept
    internal string? ContactName { get; set; }

    internal string? TypeName { get; set; }

    internal string InvitationUrl { get; set; } = "";
}

/// <summary>The link under which other programs read a calendar.</summary>
public sealed class CalendarFeedRow : TenantRow
{
    public string Token { get; set; } = "";

    /// <summary>Whether it tells telephone numbers, addresses and notes as well.</summary>
    public bool TellsMore { get; set; }
}

internal sealed class CalendarConfiguration : IEntityTypeConfiguration<AppointmentTypeRow>, IEntityTypeConfiguration<OpeningHoursRow>,
    IEntityTypeConfiguration<AppointmentRow>, IEntityTypeConfiguration<CalendarFeedRow>
{
    public void Configure(EntityTypeBuilder<AppointmentTypeRow> builder)
    {
        builder.ToTable("appointment_types");
        builder.HasIndex(t => new { t.WorkspaceId, t.Environment, t.Alias }).IsUnique();
        builder.Ignore(t => t.EffectKey);
    }

    public void Configure(EntityTypeBuilder<OpeningHoursRow> builder)
    {
        builder.ToTable("opening_hours");
        builder.HasIndex(h => new { h.WorkspaceId, h.Environment, h.Weekday });
        builder.Ignore(h => h.EffectKey);
    }

    public void Configure(EntityTypeBuilder<AppointmentRow> builder)
    {
        builder.ToTable("appointments");
        builder.HasOneEffectPerKey();
        builder.HasIndex(a => new { a.WorkspaceId, a.Environment, a.StartsAt });
        builder.HasIndex(a => a.ContactId);
        builder.HasIndex(a => a.TypeId);
        builder.HasIndex(a => a.Token).IsUnique();
        builder.Ignore(a => a.ContactName);
        builder.Ignore(a => a.TypeName);
        builder.Ignore(a => a.InvitationUrl);
    }

    public void Configure(EntityTypeBuilder<CalendarFeedRow> builder)
    {
        builder.ToTable("calendar_feeds");
        builder.HasIndex(f => new { f.WorkspaceId, f.Environment }).IsUnique();
        builder.HasIndex(f => f.Token).IsUnique();
        builder.Ignore(f => f.EffectKey);
    }
}

/// <summary>The tables of the calendar.</summary>
internal static class CalendarTables
{
    extension(StudioDbContext db)
    {
        public DbSet<AppointmentTypeRow> AppointmentTypes => db.Set<AppointmentTypeRow>();

        public DbSet<OpeningHoursRow> OpeningHours => db.Set<OpeningHoursRow>();

        public DbSet<AppointmentRow> Appointments => db.Set<AppointmentRow>();

        public DbSet<CalendarFeedRow> CalendarFeeds => db.Set<CalendarFeedRow>();
    }
}
