using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Storage.Rows;

/// <summary>Where the results of a workflow go: a channel, an address. Its settings hold secrets, so all of them are encrypted.</summary>
public sealed class IntegrationRow
{
    public Guid Id { get; set; }

    public Guid WorkspaceId { get; set; }

    public StudioEnvironment Environment { get; set; }

    /// <summary>The workflow that it was made for; null for any.</summary>
    public Guid? WorkflowId { get; set; }

    public required string Name { get; set; }

    /// <summary><c>slack</c>, <c>email</c> or <c>webhook</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>Its settings, a JSON object, protected by the app's key ring.</summary>
    public required byte[] ProtectedConfig { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

internal sealed class IntegrationConfiguration : IEntityTypeConfiguration<IntegrationRow>
{
    public void Configure(EntityTypeBuilder<IntegrationRow> builder)
    {
        builder.ToTable("integrations");
        builder.HasIndex(i => new { i.WorkspaceId, i.Environment, i.WorkflowId });
    }
}
