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

    /// <summary>What has come in for it, without what was paid back.</summary>
    public long PaidCents { get; set; }

    /// <summary>What credit notes have taken off it.</summary>
    public long CreditedCents { get; set; }

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

    /// <summary>What is still to be paid of it.</summary>
    public long BalanceCents => IsUnpaid ? TotalCents - PaidCents - CreditedCents : 0;

    /// <summary>What is to be paid back, because it was credited after it was paid.</summary>
    public long OverpaidCents => Math.Max(0, PaidCents + CreditedCents - TotalCents);

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
        BalanceCents = BalanceCents,
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

    public decimal Quantity { get; set; }

    /// <summary>The price of one; null where only the amount is known.</summary>
    public long? UnitCents { get; set; }

    /// <summary>The tax on it in percent.</summary>
    public decimal TaxPercent { get; set; }

    public long AmountCents { get; set; }

    public static InvoiceLineRow Of(Guid invoiceId, int position, InvoiceLine line) => new()
    {
        InvoiceId = invoiceId, Position = position, What = line.What, Detail = line.Detail, Quantity = line.Quantity,
        UnitCents = line.UnitCents, TaxPercent = line.TaxPercent, AmountCents = line.AmountCents,
    };

    public InvoiceLine ToLine() => new(What, Detail, Quantity, AmountCents) { UnitCents = UnitCents, TaxPercent = TaxPercent };
}

/// <summary>A payment, or with an amount below 0 what was paid back.</summary>
public sealed class PaymentRow : TenantRow
{
    public Guid InvoiceId { get; set; }

    /// <summary>How: <c>card</c>, <c>usdc</c>, or <c>recorded</c> when the practice noted it by hand.</summary>
    public required string Method { get; set; }

    public long AmountCents { get; set; }

    public required string Currency { get; set; }

    /// <summary>No money moved.</summary>
    public bool Simulated { get; set; }

    /// <summary>When the money came in, which may be before it was noted.</summary>
    public DateTimeOffset PaidAt { get; set; }

    /// <summary>What the practice noted with it.</summary>
    public string Note { get; set; } = "";

    /// <summary>Whether somebody of the practice noted it: then it can be taken back.</summary>
    public bool ByHand { get; set; }
}

/// <summary>A paper that takes a part of an invoice back, or all of it.</summary>
public sealed class CreditNoteRow : TenantRow
{
    /// <summary>Counts per tenant; the number people read is made of it.</summary>
    public int Sequence { get; set; }

    public Guid InvoiceId { get; set; }

    /// <summary>What is taken off, with its tax.</summary>
    public long AmountCents { get; set; }

    /// <summary>The tax in it.</summary>
    public long TaxCents { get; set; }

    /// <summary>The day in the practice's zone.</summary>
    public DateOnly IssuedOn { get; set; }

    public required string Reason { get; set; }
}

internal sealed class InvoiceConfiguration : IEntityTypeConfiguration<InvoiceRow>, IEntityTypeConfiguration<InvoiceLineRow>,
    IEntityTypeConfiguration<PaymentRow>, IEntityTypeConfiguration<CreditNoteRow>
{
    public void Configure(EntityTypeBuilder<InvoiceRow> builder)
    {
        builder.ToTable("invoices");
        builder.HasOneEffectPerKey();
        builder.Ignore(i => i.IsUnpaid);
        builder.Ignore(i => i.BalanceCents);
        builder.Ignore(i => i.OverpaidCents);
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
        builder.HasIndex(p => new { p.WorkspaceId, p.Environment, p.PaidAt });
    }

    public void Configure(EntityTypeBuilder<CreditNoteRow> builder)
    {
        builder.ToTable("credit_notes");
        builder.HasOneEffectPerKey();
        builder.HasIndex(c => c.InvoiceId);
        builder.HasIndex(c => new { c.WorkspaceId, c.Environment, c.Sequence }).IsUnique();
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

        public DbSet<CreditNoteRow> CreditNotes => db.Set<CreditNoteRow>();
    }
}
