using WorkflowStudio.Engine.Connectors.Calendars;
using WorkflowStudio.Engine.Connectors.Invoices;
using WorkflowStudio.Engine.Connectors.Messages;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Storage.Rows;

/// <summary>What belongs to a workspace and one of its environments.</summary>
public abstract class TenantRow
{
    public Guid Id { get; set; }

    public Guid WorkspaceId { get; set; }

    public StudioEnvironment Environment { get; set; }

    /// <summary>The effect that made the row, unique in the tenant; null when a person did.</summary>
    public string? EffectKey { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>A person the practice deals with.</summary>
public sealed class ContactRow : TenantRow
{
    public string FirstName { get; set; } = "";

    public string LastName { get; set; } = "";

    /// <summary>In lower case. Not unique: families share an address.</summary>
    public string? Email { get; set; }

    /// <summary>E.164 where it could be made so. Not unique.</summary>
    public string? Phone { get; set; }
}

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

/// <summary>A message to a client.</summary>
public sealed class OutboxRow : TenantRow
{
    public MessageChannel Channel { get; set; }

    public required string To { get; set; }

    public string From { get; set; } = "";

    /// <summary>Null for an SMS.</summary>
    public string? Subject { get; set; }

    public required string Body { get; set; }

    public MessageStatus Status { get; set; }

    /// <summary>Nobody was written to.</summary>
    public bool Captured { get; set; }

    public Guid? RunId { get; set; }

    public Guid? WorkflowId { get; set; }

    public string? NodeId { get; set; }
}
