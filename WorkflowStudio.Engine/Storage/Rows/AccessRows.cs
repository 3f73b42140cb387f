using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Storage.Rows;

/// <summary>A person's place in a workspace. What they may there is said by their <see cref="MemberRoleRow"/>s.</summary>
public sealed class MemberRow
{
    public Guid WorkspaceId { get; set; }

    public Guid UserId { get; set; }
}

/// <summary>One of a member's roles: a built-in one (<see cref="BuiltInRoles"/>) or a <see cref="RoleRow"/>.</summary>
public sealed class MemberRoleRow
{
    public Guid WorkspaceId { get; set; }

    public Guid UserId { get; set; }

    public Guid RoleId { get; set; }
}

/// <summary>A role that somebody made in a workspace.</summary>
public sealed class RoleRow
{
    public Guid Id { get; set; }

    public Guid WorkspaceId { get; set; }

    public required string Name { get; set; }

    /// <summary>Names of permissions separated by spaces.</summary>
    public required string Permissions { get; set; }
}

/// <summary>What a person or a role was granted of a workflow. It counts while the workflow is shared.</summary>
public sealed class GrantRow
{
    public Guid WorkflowId { get; set; }

    /// <summary>The id of a user or of a role.</summary>
    public Guid GranteeId { get; set; }

    public bool IsRole { get; set; }

    public GrantLevel Level { get; set; }
}

/// <summary>Something that was done about who may do what. Never changed.</summary>
public sealed class AuditRow
{
    public Guid Id { get; set; }

    public Guid WorkspaceId { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>The person or the key that did it; null for the command line.</summary>
    public Guid? ById { get; set; }

    /// <summary>Their name as it was.</summary>
    public required string By { get; set; }

    /// <summary>What was done: <c>member.added</c>, <c>workflow.opened</c> …</summary>
    public required string Action { get; set; }

    /// <summary>What it was done to, as an id; null where it is the workspace.</summary>
    public Guid? TargetId { get; set; }

    /// <summary>The name of that as it was.</summary>
    public required string Target { get; set; }

    /// <summary>How it is since then, in words; empty where there is no more to say.</summary>
    public string Detail { get; set; } = "";
}

internal sealed class AccessConfiguration : IEntityTypeConfiguration<MemberRow>, IEntityTypeConfiguration<MemberRoleRow>,
    IEntityTypeConfiguration<RoleRow>, IEntityTypeConfiguration<GrantRow>, IEntityTypeConfiguration<AuditRow>
{
    public void Configure(EntityTypeBuilder<MemberRow> builder)
    {
        builder.ToTable("workspace_members");
        builder.HasKey(m => new { m.WorkspaceId, m.UserId });
        builder.HasIndex(m => m.UserId);
    }

    public void Configure(EntityTypeBuilder<MemberRoleRow> builder)
    {
        builder.ToTable("member_roles");
        builder.HasKey(m => new { m.WorkspaceId, m.UserId, m.RoleId });
        builder.HasIndex(m => new { m.WorkspaceId, m.RoleId });
    }

    public void Configure(EntityTypeBuilder<RoleRow> builder)
    {
        builder.ToTable("workspace_roles");
        builder.HasIndex(r => new { r.WorkspaceId, r.Name }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<GrantRow> builder)
    {
        builder.ToTable("workflow_grants");
        builder.HasKey(g => new { g.WorkflowId, g.GranteeId });
        builder.HasIndex(g => g.GranteeId);
    }

    public void Configure(EntityTypeBuilder<AuditRow> builder)
    {
        builder.ToTable("audit_log");
        // ids are made in the order of time
        builder.HasIndex(a => new { a.WorkspaceId, a.Id });
    }
}
