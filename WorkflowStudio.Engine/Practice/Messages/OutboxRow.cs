using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Mail;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Messages;

/// <summary>A message to a client.</summary>
public sealed class OutboxRow : TenantRow
{
    public MessageChannel Channel { get; set; }

    public required string To { get; set; }

    public string From { get; set; } = "";

    /// <summary>Null for an SMS.</summary>
    public string? Subject { get; set; }

    public required string Body { get; set; }

    /// <summary>Of an e-mail the same as HTML; null for none.</summary>
    public string? Html { get; set; }

    /// <summary>Of an e-mail: copies and where answers go, as they were asked for.</summary>
    public string Cc { get; set; } = "";

    public string Bcc { get; set; } = "";

    public string ReplyTo { get; set; } = "";

    public MessageStatus Status { get; set; }

    /// <summary>What the gateway or the mail server said to it, or why it could not go out; at most 500 characters.</summary>
    public string Said { get; set; } = "";

    /// <summary>What the gateway calls it; null for an e-mail, and until it was handed over.</summary>
    public string? GatewayId { get; set; }

    /// <summary>Nobody was written to.</summary>
    public bool Captured { get; set; }

    public Guid? RunId { get; set; }

    public Guid? WorkflowId { get; set; }

    public string? NodeId { get; set; }

    /// <summary>What was written to and came from the same number or address; null for what is no message to a client.</summary>
    public Guid? ConversationId { get; set; }

    /// <summary>Who has written it by hand; null when a step has.</summary>
    public string? WrittenBy { get; set; }

    /// <summary>The message that it holds.</summary>
    internal OutgoingMessage ToMessage() => new(Channel, To, From, Subject, Body)
    { Html = Html, Cc = Cc, Bcc = Bcc, ReplyTo = ReplyTo, WrittenBy = WrittenBy };

    /// <summary>Whether it was written to this address of e-mail, in small letters.</summary>
    internal bool WentTo(string address) => MailAddresses.BareOnes(To, Cc).Contains(address);

    /// <summary>Holds another message from now on.</summary>
    internal void Take(OutgoingMessage message)
    {
        (Channel, To, From, Subject, Body) = (message.Channel, message.To, message.From, message.Subject, message.Body);
        (Html, Cc, Bcc, ReplyTo) = (message.Html, message.Cc, message.Bcc, message.ReplyTo);
        WrittenBy = message.WrittenBy;
    }

    /// <summary>A message as it is kept; nobody was written to yet.</summary>
    internal static OutboxRow Of(Tenant tenant, OutgoingMessage message, EffectSource source, Guid id, DateTimeOffset at)
    {
        var row = new OutboxRow
        {
            Id = id,
            WorkspaceId = tenant.WorkspaceId,
            Environment = tenant.Environment,
            EffectKey = source.Key,
            CreatedAt = at,
            To = "",
            Body = "",
            Status = MessageStatus.Captured,
            Captured = true,
            RunId = source.RunId,
            WorkflowId = source.WorkflowId,
            NodeId = source.NodeId,
        };
        row.Take(message);
        return row;
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
        // who was written to by a number: asked when an SMS of somebody unknown comes
        builder.HasIndex(o => new { o.WorkspaceId, o.Environment, o.To, o.CreatedAt }).HasFilter("\"Channel\" = 0");
        builder.HasIndex(o => new { o.WorkspaceId, o.Environment, o.GatewayId }).HasFilter("\"GatewayId\" IS NOT NULL");
        // of which nobody knows what became: they wait for somebody
        builder.HasIndex(o => new { o.WorkspaceId, o.Environment, o.Status }).HasFilter("\"Status\" = 4");
        builder.HasIndex(o => o.RunId).HasFilter("\"RunId\" IS NOT NULL");
        builder.HasIndex(o => new { o.ConversationId, o.CreatedAt, o.Id }).HasFilter("\"ConversationId\" IS NOT NULL");
    }
}

/// <summary>The table of messages.</summary>
internal static class OutboxTables
{
    extension(StudioDbContext db)
    {
        public DbSet<OutboxRow> Outbox => db.Set<OutboxRow>();
    }
}
