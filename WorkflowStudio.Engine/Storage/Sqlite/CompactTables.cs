using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Sqlite.Migrations.Internal;

namespace WorkflowStudio.Engine.Storage.Sqlite;

/// <summary>
/// Makes the hot tables without a rowid: the row lies in the B-tree of its primary key, so an append touches one tree and not two. EF Core
/// has no word for it.
/// </summary>
#pragma warning disable EF1001 // the only way to end a CREATE TABLE differently; the type has been stable since EF Core 3
internal sealed class CompactTables(MigrationsSqlGeneratorDependencies dependencies, IRelationalAnnotationProvider annotations)
    : SqliteMigrationsSqlGenerator(dependencies, annotations)
#pragma warning restore EF1001
{
    private static readonly HashSet<string> Names = ["runs", "run_events", "run_waits", "run_remains", "run_days", "retention",
        "workspace_members"];

    protected override void Generate(
        CreateTableOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        var compact = Names.Contains(operation.Name);
        base.Generate(operation, model, builder, terminate && !compact);
        if (!compact) return;
        builder.Append(" WITHOUT ROWID");
        if (!terminate) return;
        builder.AppendLine(Dependencies.SqlGenerationHelper.StatementTerminator);
        EndStatement(builder);
    }
}
