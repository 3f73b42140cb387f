using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WorkflowStudio.Engine.Storage.Rows;

internal sealed class ContactConfiguration : IEntityTypeConfiguration<ContactRow>
{
    public void Configure(EntityTypeBuilder<ContactRow> builder)
    {
        builder.ToTable("contacts");
        builder.HasOneEffectPerKey();
        builder.HasIndex(c => new { c.WorkspaceId, c.Environment, c.Email }).HasFilter("\"Email\" IS NOT NULL");
        builder.HasIndex(c => new { c.WorkspaceId, c.Environment, c.Phone }).HasFilter("\"Phone\" IS NOT NULL");
    }
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

internal sealed class InvoiceConfiguration : IEntityTypeConfiguration<InvoiceRow>, IEntityTypeConfiguration<InvoiceLineRow>,
    IEntityTypeConfiguration<PaymentRow>
{
    public void Configure(EntityTypeBuilder<InvoiceRow> builder)
    {
        builder.ToTable("invoices");
        builder.HasOneEffectPerKey();
        builder.HasIndex(i => i.Token).IsUnique();
        // numbers are given in the order of time, so this is also the order of lists
        builder.HasIndex(i => new { i.WorkspaceId, i.Environment, i.Sequence }).IsUnique();
        builder.HasIndex(i => new { i.WorkspaceId, i.Environment, i.Status, i.Sequence });
        builder.HasIndex(i => new { i.WorkspaceId, i.Environment, i.PaidAt }).HasFilter("\"PaidAt\" IS NOT NULL");
        builder.HasIndex(i => i.ContactId);
    }

    public void Configure(EntityTypeBuilder<InvoiceLineRow> builder)
    {
        builder.ToTable("invoice_lines");
        builder.HasKey(l => new { l.InvoiceId, l.Position });
    }

    public void Configure(EntityTypeBuilder<PaymentRow> builder)
    {
        builder.ToTable("payments");
        builder.HasOneEffectPerKey();
        builder.HasIndex(p => p.InvoiceId);
    }
}

internal sealed class OutboxConfiguration : IEntityTypeConfiguration<OutboxRow>
{
    public void Configure(EntityTypeBuilder<OutboxRow> builder)
    {
        builder.ToTable("outbox");
        builder.HasOneEffectPerKey();
        builder.HasIndex(o => new { o.WorkspaceId, o.Environment, o.CreatedAt });
        builder.HasIndex(o => new { o.WorkspaceId, o.Environment, o.Channel, o.CreatedAt });
        builder.HasIndex(o => o.RunId).HasFilter("\"RunId\" IS NOT NULL");
    }
}

internal static class TenantRowConfiguration
{
    /// <summary>An effect key makes one row in a tenant; rows made by hand have none.</summary>
    public static void HasOneEffectPerKey<TRow>(this EntityTypeBuilder<TRow> builder)
        where TRow : TenantRow =>
        builder.HasIndex(r => new { r.WorkspaceId, r.Environment, r.EffectKey }).IsUnique().HasFilter("\"EffectKey\" IS NOT NULL");
}
