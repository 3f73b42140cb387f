using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using WorkflowStudio.Engine.Storage.Sqlite;

namespace WorkflowStudio.Hosting;

/// <summary>
/// One server per data folder: an operating-system lock on a file, which ends with the process however it ends. Commands that work beside a
/// running server do not take it. In a file beside it, which others may read meanwhile, the server notes how it lives.
/// </summary>
internal sealed class DataFolderLock : IDisposable
{
    private const string FileName = "studio.lock";
    private const string LifeName = "studio.life";

    // another process holds the lock: EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows
    private static readonly int[] Taken = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream file;
    private readonly FileStream life;
    private readonly string dataFolder;

    private DataFolderLock(string dataFolder)
    {
        this.dataFolder = dataFolder;
        file = new FileStream(Path.Combine(dataFolder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            life = new FileStream(LifeIn(dataFolder), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        Note = LifeNote.Read(life);
    }

    /// <summary>What the last life noted, and from <see cref="Begin"/> on this one.</summary>
    public LifeNote Note { get; private set; }

    /// <summary>Whether the last life ended without order.</summary>
    public bool IsAfterCrash { get; private set; }

    /// <summary>Takes the lock, or says why not.</summary>
    public static bool TryTake(string dataFolder, [NotNullWhen(true)] out DataFolderLock? held, [NotNullWhen(false)] out Refusal? refusal)
    {
        (held, refusal) = (null, null);
        try
        {
            held = new DataFolderLock(dataFolder);
            return true;
        }
        catch (IOException e) when (Taken.Contains(e.HResult))
        {
            refusal = new Refusal(
                3, $"Another WorkflowStudio is using the data folder {dataFolder}. Stop it, or start with another --data folder.");
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            refusal = new Refusal(2, $"The data folder {dataFolder} cannot be written ({e.Message.ReplaceLineEndings(" ")}). Let this "
                + "account write to it, or start with another --data folder.");
            return false;
        }
    }

    /// <summary>What the server that holds the lock notes, or noted last. Takes no lock.</summary>
    public static LifeNote Peek(string dataFolder)
    {
        try
        {
            using var file = new FileStream(LifeIn(dataFolder), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return LifeNote.Read(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new LifeNote();
        }
    }

    /// <summary>Whether nothing can be written into a folder that is there.</summary>
    public static bool IsReadOnly(string dataFolder)
    {
        try
        {
            File.OpenHandle(LifeIn(dataFolder), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite).Dispose();
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <summary>
    /// A command is about to open the database, and closing it folds the log into the file: what the log held is then in its place, and the
    /// next start need not miss it.
    /// </summary>
    public static void SettleLog(string dataFolder)
    {
        if (Peek(dataFolder).InLog == 0 || !SqliteLog.Read(dataFolder).IsWhole || !TryTake(dataFolder, out var held, out _)) return;
        using (held) held.Change(held.Note with { InLog = 0 });
    }

    /// <summary>What the last life left in the log and is no longer there, in one line; null when nothing is missing.</summary>
    public string? MissingLog() => Note.InLog == 0 || SqliteLog.Read(dataFolder).IsWhole
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"The log of the last life is missing or broken "
            + $"({SqliteLog.PathIn(dataFolder)}): about {Note.InLog:N0} commits may be lost. If the file lies elsewhere, stop the server "
            + $"and put it back; else compare with your last backup.");

    /// <summary>A server begins to live.</summary>
    public void Begin(DateTimeOffset now)
    {
        IsAfterCrash = Note.IsOpen;
        Change(new LifeNote
        {
            IsOpen = true, Since = now, Process = Environment.ProcessId,
            Crashes = Note.Crashes + (IsAfterCrash ? 1 : 0), LastCrash = IsAfterCrash ? now : Note.LastCrash,
        });
    }

    /// <summary>Notes something else of this life.</summary>
    public void Change(LifeNote note)
    {
        if (note == Note) return;
        Note = note;
        try
        {
            note.Write(life);
        }
        catch (IOException)
        {
            // a full disk: the note is old, and the server has more to tell than that
        }
    }

    /// <summary>The server has ended in order.</summary>
    public void End()
    {
        SqliteFile.Close(); // the last connection folds the log into the file: what is left of it then is what the next start may miss
        Change(Note with { IsOpen = false, InLog = SqliteLog.Read(dataFolder).IsWhole ? Note.InLog : 0 });
    }

    public void Dispose()
    {
        life.Dispose();
        file.Dispose();
    }

    private static string LifeIn(string dataFolder) => Path.Combine(dataFolder, LifeName);
}
