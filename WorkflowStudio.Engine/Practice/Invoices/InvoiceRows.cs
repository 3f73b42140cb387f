using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Invoices;

/// <summary>An invoice. Amounts are in the currency's smallest unit.</summary>
public sealed class InvoiceRow : TenantRow
{
    /// <summary>Counts per tenant; the number people read is made of it.</summary>
    public int Sequence { get; set; }

    public InvoiceStatus Status { get; set; }

    public required string Currency { get; set; }

    public long SubtotalCents { get; set; }

    public long TaxCents { get; set; }

    public long TotalCents { get; set; }

    public DateTimeOffset IssuedAt { get; set; }

    /// <summary>The days in the practice's zone.</summary>
    public DateOnly IssuedOn { get; set; }

    public DateOnly DueOn { get; set; }

    public DateTimeOffset? PaidAt { get; set; }

    /// <summary>160 random bits in the address of the public page.</summary>
    public required string Token { get; set; }

    /// <summary>How it can be paid, separated by commas.</summary>
    public required string PaymentMethods { get; set; }

    public string Note { get; set; } = "";

    public Guid ContactId { get; set; }

    public Guid? RunId { get; set; }

    /// <summary>The effect that found it overdue; null when a person did.</summary>
    public string? OverdueKey { get; set; }

    /// <summary>The day in the practice's zone on which the client was last reminded; null when nobody did.</summary>
    public DateOnly? RemindedOn { get; set; }

    /// <summary>The effect that reminded last.</summary>
    public string? ReminderKey { get; set; }

    /// <summary>The day of the reminder before, which counts again when the last one is taken back.</summary>
    public DateOnly? RemindedBefore { get; set; }

    /// <summary>What the payment provider calls it; null where it has none of it.</summary>
    public string? BillId { get; set; }

    /// <summary>The provider's page on which it is paid.</summary>
    public string? BillUrl { get; set; }

    /// <summary>
    /// Whether the provider is yet to make its bill: until then the invoice is void, and is billed and told by nobody.
    /// </summary>
    public bool AwaitsBill { get; set; }

    /// <summary>The account with the provider that the money is passed on to; empty for the one that is connected.</summary>
    public string Destination { get; set; } = "";

    /// <summary>The call of a step that made it, where other calls may come upon it, too; null for all others.</summary>
    public string? CallKey { get; set; }

    /// <summary>Whether it is still to be paid.</summary>
    public bool IsUnpaid => Status is InvoiceStatus.Open or InvoiceStatus.Overdue;

    /// <summary>The invoice.</summary>
    public Invoice ToInvoice(StudioAddress address) => new()
    {
        Id = Id,
        Number = InvoiceNumber.Text(Sequence),
        ContactId = ContactId,
        Status = Status,
        Currency = Currency,
        SubtotalCents = SubtotalCents,
        TaxCents = TaxCents,
        TotalCents = TotalCents,
        IssuedAt = IssuedAt,
        DueOn = DueOn,
        Url = BillUrl ?? address.Invoice(Token),
        RunId = RunId,
        IsBilled = BillId is not null,
        RemindedOn = RemindedOn,
        CallKey = CallKey,
    };
}

/// <summary>A line of an invoice.</summary>
public sealed class InvoiceLineRow
{
    public Guid InvoiceId { get; set; }

    public int Position { get; set; }

    public required string What { get; set; }

    public string Detail { get; set; } = "";

    public int Quantity { get; set; }

    public long AmountCents { get; set; }
}

/// <summary>A payment.</summary>
public sealed class PaymentRow : TenantRow
{
    public Guid InvoiceId { get; set; }

    /// <summary>How: <c>card</c>, <c>usdc</c>, or <c>recorded</c> when the practice noted it by hand.</summary>
    public required string Method { get; set; }

    public long AmountCents { get; set; }

    public required string Currency { get; set; }

    /// <summary>No money moved.</summary>
    public bool Simulated { get; set; }
}

internal sealed class InvoiceConfiguration : IEntityTypeConfiguration<InvoiceRow>, IEntityTypeConfiguration<InvoiceLineRow>,
    IEntityTypeConfiguration<PaymentRow>
{
    public void Configure(EntityTypeBuilder<InvoiceRow> builder)
    {
        builder.ToTable("invoices");
        builder.HasOneEffectPerKey();
        builder.Ignore(i => i.IsUnpaid);
        builder.HasIndex(i => i.Token).IsUnique();
        builder.HasIndex(i => new { i.WorkspaceId, i.BillId }).HasFilter("\"BillId\" IS NOT NULL");
        // numbers are given in the order of time, so this is also the order of lists
        builder.HasIndex(i => new { i.WorkspaceId, i.Environment, i.Sequence }).IsUnique();
        builder.HasIndex(i => new { i.WorkspaceId, i.Environment, i.Status, i.Sequence });
        // what is to be paid, by its day
        builder.HasIndex(i => new { i.WorkspaceId, i.Environment, i.Status, i.DueOn });
        builder.HasIndex(i => new { i.WorkspaceId, i.Environment, i.IssuedAt });
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
        builder.HasIndex(p => new { p.WorkspaceId, p.Environment, p.CreatedAt });
    }
}

/// <summary>The tables of invoices.</summary>
internal static class InvoiceTables
{
    extension(StudioDbContext db)
    {
        public DbSet<InvoiceRow> Invoices => db.Set<InvoiceRow>();

        public DbSet<InvoiceLineRow> InvoiceLines => db.Set<InvoiceLineRow>();

        public DbSet<PaymentRow> Payments => db.Set<PaymentRow>();
    }
}
