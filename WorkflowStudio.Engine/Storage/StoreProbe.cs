using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Runtime.Journal;

namespace WorkflowStudio.Engine.Storage;

/// <summary>
/// Tries whether the database can be written again, where nobody else may be writing: whoever was told "not ready" sends no more work.
/// </summary>
public sealed class StoreProbe(StudioDatabase database, IStudioWriter writer)
{
    /// <summary>Writes what changes nothing. The writer tells <see cref="StoreTrouble"/> what came of it.</summary>
    public async Task TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await writer.WriteAsync(write => write.Db.Database.ExecuteSqlRaw(database.Probe), cancellationToken);
        }
        catch (StoreAwayException)
        {
            // still
        }
    }
}
