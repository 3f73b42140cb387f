using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Practice;

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

internal static class TenantRowConfiguration
{
    /// <summary>An effect key makes one row in a tenant; rows made by hand have none.</summary>
    public static void HasOneEffectPerKey<TRow>(this EntityTypeBuilder<TRow> builder)
        where TRow : TenantRow =>
        builder.HasIndex(r => new { r.WorkspaceId, r.Environment, r.EffectKey }).IsUnique().HasFilter("\"EffectKey\" IS NOT NULL");
}
