using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WorkflowStudio.Engine.Storage.Rows;

internal sealed class WorkspaceConfiguration : IEntityTypeConfiguration<WorkspaceRow>,
    IEntityTypeConfiguration<ApiKeyRow>, IEntityTypeConfiguration<ConnectionRow>, IEntityTypeConfiguration<IdempotencyRow>
{
    public void Configure(EntityTypeBuilder<WorkspaceRow> builder)
    {
        builder.ToTable("workspaces");
        builder.HasIndex(w => w.Slug).IsUnique();
    }

    public void Configure(EntityTypeBuilder<ApiKeyRow> builder)
    {
        builder.ToTable("api_keys");
        builder.HasIndex(k => k.Hash).IsUnique();
        builder.HasIndex(k => k.WorkspaceId);
    }

    public void Configure(EntityTypeBuilder<ConnectionRow> builder)
    {
        builder.ToTable("connections");
        builder.HasIndex(c => new { c.WorkspaceId, c.Environment, c.Kind, c.Name }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<IdempotencyRow> builder)
    {
        builder.ToTable("idempotency");
        builder.HasKey(i => new { i.WorkspaceId, i.Environment, i.Method, i.Path, i.Key });
        builder.HasIndex(i => i.CreatedAt);
    }
}

internal sealed class WorkflowConfiguration : IEntityTypeConfiguration<WorkflowRow>, IEntityTypeConfiguration<WorkflowVersionRow>
{
    public void Configure(EntityTypeBuilder<WorkflowRow> builder)
    {
        builder.ToTable("workflows");
        builder.HasIndex(w => new { w.WorkspaceId, w.Environment, w.Slug }).IsUnique().HasFilter("\"DeletedAt\" IS NULL");
        // the order of lists, with all that they are narrowed by: they are counted and a page is found without a look at the rows.
        // No filter on DeletedAt: SQLite would read each row for it
        builder.HasIndex(w => new
        {
            w.WorkspaceId, w.Environment, w.DeletedAt, w.UpdatedAt, w.Id, w.Status, w.Shape, w.TriggerType, w.Visibility, w.OwnerId,
            w.OwnerKeyId,
        }).HasDatabaseName("IX_workflows_listed");
        // whether anything is hidden from anybody: asked before lists are
        builder.HasIndex(w => w.WorkspaceId).HasFilter("\"Visibility\" <> 1").HasDatabaseName("IX_workflows_not_for_all");
        // who listens for events: asked whenever one is raised
        builder.HasIndex(w => new { w.WorkspaceId, w.Environment, w.ActiveSerial }).HasFilter("\"TriggerType\" = 'event'");
    }

    public void Configure(EntityTypeBuilder<WorkflowVersionRow> builder)
    {
        builder.ToTable("workflow_versions");
        builder.HasKey(v => v.Serial);
        builder.Property(v => v.Serial).ValueGeneratedOnAdd();
        builder.HasIndex(v => new { v.WorkflowId, v.Number }).IsUnique();
    }
}

internal sealed class RunConfiguration : IEntityTypeConfiguration<RunRow>, IEntityTypeConfiguration<RunEventRow>,
    IEntityTypeConfiguration<RunBlobRow>, IEntityTypeConfiguration<RunWaitRow>, IEntityTypeConfiguration<RunInboxRow>,
    IEntityTypeConfiguration<SignalRow>, IEntityTypeConfiguration<ShardRow>
{
    public void Configure(EntityTypeBuilder<RunRow> builder)
    {
        builder.ToTable("runs");
        builder.HasIndex(r => new { r.Shard, r.WakeAt }).HasFilter("\"WakeAt\" IS NOT NULL");
        // ids are made in the order of time, so (workspace, environment, id) is also the order of lists
        builder.HasIndex(r => new { r.WorkspaceId, r.Environment, r.Id });
        builder.HasIndex(r => new { r.WorkspaceId, r.Environment, r.Status, r.Id });
        builder.HasIndex(r => new { r.WorkflowId, r.Id });
        builder.HasIndex(r => r.ParentId).HasFilter("\"ParentId\" IS NOT NULL");
        // the open runs of a family, see ChildRuns
        builder.HasIndex(r => r.RootId).HasFilter("\"RootId\" IS NOT NULL AND \"FinishedAt\" IS NULL");
        builder.HasIndex(r => r.RetryOf).HasFilter("\"RetryOf\" IS NOT NULL");
        // test runs are few, and left out of every figure
        builder.HasIndex(r => new { r.WorkspaceId, r.Environment, r.Status, r.Id }, "IX_runs_tests").HasFilter("\"IsTest\"");
        // the open runs of workflows with a concurrency rule, in the order of their starts
        builder.HasIndex(r => new { r.WorkflowId, r.Gate, r.Id }).HasFilter("\"Gate\" > 0 AND \"FinishedAt\" IS NULL")
            .HasDatabaseName("IX_runs_gate");
        // few runs are for a contact: the others cost nothing here
        builder.HasIndex(r => new { r.WorkflowId, r.ContactId }).HasFilter("\"ContactId\" IS NOT NULL AND \"FinishedAt\" IS NULL");
        builder.HasIndex(r => new { r.WorkspaceId, r.Environment, r.ContactId, r.Id }).HasFilter("\"ContactId\" IS NOT NULL");
        builder.Property(r => r.Gate).HasDefaultValue(Runtime.State.RunGate.None);
        builder.Property(r => r.Depth).HasDefaultValue(0);
        builder.Property(r => r.Crashes).HasDefaultValue(0);
        builder.Property(r => r.Trials).HasDefaultValue(0);
        builder.Property(r => r.IsTest).HasDefaultValue(false);
        // the next waits of a practice; few rows at a time, whatever the number of runs
        builder.HasIndex(r => new { r.WorkspaceId, r.Environment, r.WakeAt }).HasFilter("\"Status\" = 2");
    }

    public void Configure(EntityTypeBuilder<RunEventRow> builder)
    {
        builder.ToTable("run_events");
        builder.HasKey(e => new { e.RunId, e.Seq });
    }

    public void Configure(EntityTypeBuilder<RunBlobRow> builder)
    {
        builder.ToTable("run_blobs");
        builder.HasKey(b => new { b.RunId, b.Seq });
    }

    public void Configure(EntityTypeBuilder<RunWaitRow> builder)
    {
        builder.ToTable("run_waits");
        builder.HasKey(w => new { w.RunId, w.NodeId, w.Iteration });
        builder.HasIndex(w => new { w.WorkspaceId, w.Environment, w.Signal }).HasFilter("\"Signal\" IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<RunInboxRow> builder)
    {
        builder.ToTable("run_inbox");
        builder.HasIndex(i => i.RunId);
        builder.Property(i => i.SignalId).HasDefaultValue(0L);
    }

    public void Configure(EntityTypeBuilder<SignalRow> builder)
    {
        builder.ToTable("signals");
        builder.HasIndex(s => new { s.WorkspaceId, s.Environment, s.Name, s.At });
        builder.HasIndex(s => s.At);
    }

    public void Configure(EntityTypeBuilder<ShardRow> builder)
    {
        builder.ToTable("shards");
        builder.Property(s => s.Id).ValueGeneratedNever();
    }
}
