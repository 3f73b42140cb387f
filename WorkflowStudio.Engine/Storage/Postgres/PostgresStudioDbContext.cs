using Microsoft.EntityFrameworkCore;

namespace WorkflowStudio.Engine.Storage.Postgres;

/// <summary>The studio's tables as PostgreSQL has them: a type of its own, so that its migrations are kept apart from SQLite's.</summary>
public sealed class PostgresStudioDbContext(DbContextOptions<PostgresStudioDbContext> options) : StudioDbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<KeyRingRow>(key =>
        {
            key.ToTable("key_ring");
            key.HasKey(k => k.Name);
        });
    }
}

/// <summary>A key of the app's key ring, which all nodes share. With SQLite the ring lies in the data folder.</summary>
internal sealed class KeyRingRow
{
    public required string Name { get; set; }

    public required string Xml { get; set; }
}
