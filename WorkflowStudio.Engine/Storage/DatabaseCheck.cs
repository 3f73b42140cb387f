using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace WorkflowStudio.Engine.Storage;

/// <summary>Looks whether the database is whole and everything in it can be read.</summary>
public sealed class DatabaseCheck(IDbContextFactory<StudioDbContext> contexts, StudioDatabase database)
{
    /// <summary>What is wrong, one line each, and how many definitions were read.</summary>
    public async Task<(IReadOnlyList<string> Problems, int Definitions)> RunAsync(CancellationToken cancellationToken)
    {
        List<string> problems = [.. await database.DamagesAsync(cancellationToken)];
        var definitions = 0;
        try
        {
            definitions = await ReadDefinitionsAsync(problems, cancellationToken);
        }
        catch (DbException e)
        {
            problems.Add($"The stored definitions cannot be read to their end: {e.Message}");
        }

        return (problems, definitions);
    }

    private async Task<int> ReadDefinitionsAsync(List<string> problems, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var definitions = 0;
        await foreach (var version in db.Versions.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
            definitions += Try(problems, $"Version {version.Number} of workflow {version.WorkflowId}",
                () => { StoredDefinitions.Definition(version.Definition); StoredDefinitions.Editor(version.EditorState); });
        await foreach (var workflow in db.Workflows.AsNoTracking().Where(w => w.DraftDefinition != null).AsAsyncEnumerable()
            .WithCancellation(cancellationToken))
            definitions += Try(problems, $"The draft of workflow {workflow.Id}",
                () => { StoredDefinitions.Definition(workflow.DraftDefinition!); StoredDefinitions.Editor(workflow.EditorState); });
        return definitions;
    }

    private static int Try(List<string> problems, string what, Action read)
    {
        try
        {
            read();
            return 1;
        }
        catch (InvalidOperationException e)
        {
            problems.Add($"{what}: {e.Message}");
            return 0;
        }
    }
}
