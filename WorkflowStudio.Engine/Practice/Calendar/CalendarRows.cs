using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Calendar;

/// <summary>What a client can come for.</summary>
public sealed class AppointmentTypeRow : TenantRow
{
    /// <summary>The id in other systems and in settings, unique in the tenant.</summary>
    public required string Alias { get; set; }

    public required string Name { get; set; }

    public int Minutes { get; set; }

    public long PriceCents { get; set; }

    /// <summary>Who sees the client; one client at a time.</summary>
    public required string With { get; set; }

    /// <summary>The order in lists; the first is taken when a type is not known.</summary>
    public int Position { get; set; }
}

/// <summary>A time of the week at which the practice is open. Several of one day are fine.</summary>
public sealed class OpeningHoursRow : TenantRow
{
    public DayOfWeek Weekday { get; set; }

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

    public AppointmentStatus Status { get; set; }

    /// <summary>Who sees the client: kept here, since the type's may change.</summary>
    public required string With { get; set; }

    public Guid? RunId { get; set; }
}

internal sealed class CalendarConfiguration : IEntityTypeConfiguration<AppointmentTypeRow>, IEntityTypeConfiguration<OpeningHoursRow>,
    IEntityTypeConfiguration<AppointmentRow>
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
    }
}
