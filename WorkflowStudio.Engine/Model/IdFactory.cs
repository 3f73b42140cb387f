using System.Buffers.Binary;

namespace WorkflowStudio.Engine.Model;

/// <summary>
/// Makes the ids of everything: UUIDs of version 7, so that rows of one time lie together and those of one moment in the order in which
/// they were made. The only source of ids.
/// </summary>
public sealed class IdFactory(TimeProvider clock)
{
    private const int CounterBits = 12;
    private const int StartMask = 0x7FF; // half of the counter is left for the ids of a millisecond
    private const long FarBack = 1_000L << CounterBits;
    private const ushort Version = 7 << CounterBits;

    // milliseconds and counter of the last id
    private long last;

    /// <summary>
    /// A new id that sorts after all that this factory has made. Behind the milliseconds stands a counter (RFC 9562, 6.2, method 1) that
    /// begins anywhere and runs on into the next millisecond; 62 bits are random. Where the clock was set back by more than a second, ids
    /// follow it.
    /// </summary>
    public Guid New()
    {
#pragma warning disable RS0030 // this is the one place that makes ids
        var random = Guid.NewGuid();
#pragma warning restore RS0030
        Span<byte> bytes = stackalloc byte[16];
        random.TryWriteBytes(bytes, bigEndian: true, out _);
        var stamp = Next(BinaryPrimitives.ReadUInt16BigEndian(bytes) & StartMask);
        var milliseconds = stamp >> CounterBits;
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)(milliseconds >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[2..], (uint)milliseconds);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)(Version | (stamp & ((1 << CounterBits) - 1))));
        return new Guid(bytes, bigEndian: true);
    }

    private long Next(int start)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds() << CounterBits;
        while (true)
        {
            var before = Interlocked.Read(ref last);
            var next = now > before || before - now > FarBack ? now | (uint)start : before + 1;
            if (Interlocked.CompareExchange(ref last, next, before) == before) return next;
        }
    }
}
