using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace WorkflowStudio.Engine.Storage.Postgres;

/// <summary>
/// What only nodes that share a database need: who is alive, who holds which shard. And how PostgreSQL is to keep the busy tables.
/// </summary>
[DbContext(typeof(PostgresStudioDbContext))]
[Migration("20260101000001_ClusterTables")]
public sealed class ClusterTables : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        CREATE TABLE nodes ("Id" text PRIMARY KEY, "SeenAt" timestamptz NOT NULL, "Leaving" boolean NOT NULL);
        CREATE TABLE shard_holders ("Shard" integer PRIMARY KEY, "Node" text NULL);
        -- headers of runs and the rows of waits and inboxes change often: room for new versions beside the old, and vacuum early
        ALTER TABLE runs SET (fillfactor=70, autovacuum_vacuum_scale_factor=0.05, autovacuum_vacuum_insert_scale_factor=0.1);
        ALTER TABLE run_waits SET (autovacuum_vacuum_scale_factor=0.05, autovacuum_vacuum_threshold=1000);
        ALTER TABLE run_inbox SET (autovacuum_vacuum_scale_factor=0.0, autovacuum_vacuum_threshold=1000);
        """);

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE nodes; DROP TABLE shard_holders;");
}
