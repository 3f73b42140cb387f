using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Sqlite;

namespace WorkflowStudio.Engine.Practice.Demo;

/// <summary>
/// A database of its own in which a practice is made before anybody sees it. It lies in the system's folder for what is thrown away: what
/// becomes of it in a crash does not matter, because nothing of it is in the studio's database before all of it is
/// (<see cref="DemoCarrier"/>).
/// </summary>
public sealed class DemoDraft : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("studio-demo-").FullName;
    private readonly SqliteDatabase database;

    private DemoDraft() => database = new SqliteDatabase(folder, checkpoints: true, durable: false);

    /// <summary>The database.</summary>
    public StudioDatabase Database => database;

    /// <summary>A draft with its tables and nothing in it.</summary>
    public static async Task<DemoDraft> OpenAsync(CancellationToken cancellationToken)
    {
        var draft = new DemoDraft();
        try
        {
            await draft.Database.MigrateAsync(cancellationToken);
            return draft;
        }
        catch
        {
            draft.Dispose();
            throw;
        }
    }

    /// <summary>Throws it away.</summary>
    public void Dispose()
    {
        database.ClosePooled();
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // the system empties the folder for what is thrown away
        }
    }
}
