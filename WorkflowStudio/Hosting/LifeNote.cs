using System.Text.Json;

namespace WorkflowStudio.Hosting;

/// <summary>
/// What a server notes of its life beside the lock, for the next one: how it ended, and what it left in the database's log.
/// </summary>
internal sealed record LifeNote
{
    // written over as a whole: padded, so that nothing of a longer note stays behind it
    private const int Bytes = 1024;

    /// <summary>Whether it has not ended in order: it runs, or it was killed.</summary>
    public bool IsOpen { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Its process.</summary>
    public int Process { get; init; }

    /// <summary>Where it answers.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>How many commits lie in the log only, to about a second.</summary>
    public long InLog { get; init; }

    /// <summary>How many lives on this folder ended without order.</summary>
    public int Crashes { get; init; }

    /// <summary>When the last of them was noticed, by the start after it.</summary>
    public DateTimeOffset? LastCrash { get; init; }

    /// <summary>Reads a note; an empty one where there is none, or none that can be read.</summary>
    public static LifeNote Read(FileStream file)
    {
        var bytes = new byte[Bytes];
        var read = RandomAccess.Read(file.SafeFileHandle, bytes, 0);
        try
        {
            return read == 0 ? new LifeNote() : JsonSerializer.Deserialize<LifeNote>(bytes.AsSpan(0, read)) ?? new LifeNote();
        }
        catch (JsonException)
        {
            return new LifeNote();
        }
    }

    /// <summary>Writes it. Not synced: what a power failure takes with it costs no more than the note.</summary>
    public void Write(FileStream file)
    {
        var bytes = new byte[Bytes];
        bytes.AsSpan().Fill((byte)' ');
        var json = JsonSerializer.SerializeToUtf8Bytes(this);
        if (json.Length > Bytes) json = JsonSerializer.SerializeToUtf8Bytes(this with { Addresses = [] });
        json.CopyTo(bytes, 0);
        RandomAccess.Write(file.SafeFileHandle, bytes, 0);
    }
}
