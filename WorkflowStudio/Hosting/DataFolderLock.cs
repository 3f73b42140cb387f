using System.Diagnostics.CodeAnalysis;

namespace WorkflowStudio.Hosting;

/// <summary>
/// One server per data folder: an operating-system lock on a file, which ends with the process however it ends. Commands that work beside a
/// running server do not take it.
/// </summary>
internal sealed class DataFolderLock : IDisposable
{
    private const string FileName = "studio.lock";

    private readonly FileStream file;

    private DataFolderLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock, or says why not.</summary>
    public static bool TryTake(string dataFolder, [NotNullWhen(true)] out DataFolderLock? held, [NotNullWhen(false)] out Refusal? refusal)
    {
        (held, refusal) = (null, null);
        try
        {
            held = new DataFolderLock(new FileStream(Path.Combine(dataFolder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            return true;
        }
        catch (UnauthorizedAccessException e)
        {
            refusal = new Refusal(2, $"The data folder cannot be written: {e.Message}");
            return false;
        }
        catch (IOException)
        {
            refusal = new Refusal(3, $"Another WorkflowStudio is using the data folder {dataFolder}. Stop it, or start with another --data folder.");
            return false;
        }
    }

    public void Dispose() => file.Dispose();
}
