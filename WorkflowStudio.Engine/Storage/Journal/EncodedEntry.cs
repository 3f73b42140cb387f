using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Storage.Journal;

/// <summary>An entry as the database takes it. Encoded by the run's own thread, so that the writer only binds and steps.</summary>
internal readonly record struct EncodedEntry(long Seq, long At, int Kind, string? NodeId, string? Iteration, int Attempt, byte[]? Payload)
{
    /// <summary>Payloads above this go to the blob table, in bytes.</summary>
    public const int LargeFrom = 32 * 1024;

    public bool IsLarge => Payload is { Length: > LargeFrom };

    public static EncodedEntry Of(in JournalEntry entry) => new(
        entry.Seq, entry.At.ToUnixTimeMilliseconds(), (int)entry.Event.Kind, entry.Event.NodeId, entry.Event.Iteration, entry.Event.Attempt,
        RunEventCodec.Write(entry.Event));

    /// <summary>
    /// The entry again. Throws <see cref="System.Text.Json.JsonException"/> or <see cref="InvalidOperationException"/> when it cannot be
    /// read.
    /// </summary>
    public JournalEntry Decode() =>
        new(Seq, DateTimeOffset.FromUnixTimeMilliseconds(At), RunEventCodec.Read((RunEventKind)Kind, NodeId, Iteration, Attempt, Payload));

    public static EncodedEntry[] Of(IReadOnlyList<JournalEntry> entries)
    {
        var encoded = new EncodedEntry[entries.Count];
        for (var i = 0; i < encoded.Length; i++) encoded[i] = Of(entries[i]);
        return encoded;
    }
}
