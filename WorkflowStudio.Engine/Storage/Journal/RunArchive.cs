using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace WorkflowStudio.Engine.Storage.Journal;

/// <summary>
/// The entries of a journal as one block: a byte for the format, the length, then entry after entry compressed with Brotli (RFC 7932).
/// Entries are packed as the journal holds them, so that reading them back needs to know nothing of what they mean. The format is kept for
/// ever.
/// </summary>
internal static class RunArchive
{
    /// <summary>The most bytes of entries that are packed; a larger journal stays as it is.</summary>
    public const int MostBytes = 8 * 1024 * 1024;

    private const byte Format = 1;
    private const int Quality = 5;
    private const int Window = 20;

    /// <summary>Packs entries, in order.</summary>
    public static byte[] Pack(IReadOnlyList<EncodedEntry> entries)
    {
        using var plain = new MemoryStream();
        using (var writer = new BinaryWriter(plain, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            writer.Write7BitEncodedInt(entries.Count);
            var (seq, at) = (0L, 0L);
            foreach (var entry in entries)
            {
                Write(writer, entry, seq, at);
                (seq, at) = (entry.Seq, entry.At);
            }
        }

        return Compress(plain.GetBuffer().AsSpan(0, (int)plain.Length));
    }

    /// <summary>The entries, in order. Throws <see cref="InvalidDataException"/> when the block is damaged.</summary>
    public static EncodedEntry[] Unpack(byte[] data)
    {
        using var reader = new BinaryReader(new MemoryStream(Decompress(data)), System.Text.Encoding.UTF8);
        var entries = new EncodedEntry[reader.Read7BitEncodedInt()];
        var (seq, at) = (0L, 0L);
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = Read(reader, seq, at);
            (seq, at) = (entries[i].Seq, entries[i].At);
        }

        return entries;
    }

    private static void Write(BinaryWriter writer, in EncodedEntry entry, long seq, long at)
    {
        writer.Write7BitEncodedInt64(entry.Seq - seq);
        writer.Write7BitEncodedInt64(entry.At - at);
        writer.Write7BitEncodedInt(entry.Kind);
        writer.Write(entry.NodeId is not null);
        if (entry.NodeId is not null) writer.Write(entry.NodeId);
        writer.Write(entry.Iteration is not null);
        if (entry.Iteration is not null) writer.Write(entry.Iteration);
        writer.Write7BitEncodedInt(entry.Attempt);
        writer.Write7BitEncodedInt(entry.Payload is { } p ? p.Length + 1 : 0);
        if (entry.Payload is { } payload) writer.Write(payload);
    }

    private static EncodedEntry Read(BinaryReader reader, long seq, long at) => new(
        seq + reader.Read7BitEncodedInt64(),
        at + reader.Read7BitEncodedInt64(),
        reader.Read7BitEncodedInt(),
        reader.ReadBoolean() ? reader.ReadString() : null,
        reader.ReadBoolean() ? reader.ReadString() : null,
        reader.Read7BitEncodedInt(),
        reader.Read7BitEncodedInt() is > 0 and var length ? reader.ReadBytes(length - 1) : null);

    private static byte[] Compress(ReadOnlySpan<byte> plain)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(plain.Length) + 5);
        try
        {
            buffer[0] = Format;
            BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(1), plain.Length);
            if (!BrotliEncoder.TryCompress(plain, buffer.AsSpan(5), out var written, Quality, Window))
                throw new InvalidOperationException("Packing a journal: the buffer was too small.");
            return buffer[..(5 + written)];
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Decompress(byte[] data)
    {
        if (data.Length < 5 || data[0] != Format) throw new InvalidDataException("A packed journal is of an unknown format.");
        var plain = new byte[BinaryPrimitives.ReadInt32LittleEndian(data.AsSpan(1))];
        return BrotliDecoder.TryDecompress(data.AsSpan(5), plain, out var written) && written == plain.Length
            ? plain
            : throw new InvalidDataException("A packed journal is damaged.");
    }
}
