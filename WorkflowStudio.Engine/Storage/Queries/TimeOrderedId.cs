using System.Buffers.Binary;

namespace WorkflowStudio.Engine.Storage.Queries;

/// <summary>
/// The bounds of time in ids: a UUID of version 7 begins with 48 bits of Unix milliseconds (RFC 9562, section 5.7), so a range of time is a
/// range of ids and needs no index of its own.
/// </summary>
internal static class TimeOrderedId
{
    /// <summary>
    /// An id that sorts at or before every id made at or after <paramref name="time"/>, and after all made before. No id is of a time
    /// before 1970: the first that there can be stands for all of them.
    /// </summary>
    public static Guid FirstAt(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        var milliseconds = Math.Max(0, time.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)(milliseconds >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[2..], (uint)milliseconds);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>When an id was made, to the millisecond.</summary>
    public static DateTimeOffset TimeOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return DateTimeOffset.FromUnixTimeMilliseconds(
            ((long)BinaryPrimitives.ReadUInt16BigEndian(bytes) << 32) | BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]));
    }
}
