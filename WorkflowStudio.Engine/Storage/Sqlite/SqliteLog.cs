using System.Buffers.Binary;

namespace WorkflowStudio.Engine.Storage.Sqlite;

/// <summary>
/// The write-ahead log beside the file, as its header tells (sqlite.org/fileformat2.html, 4.1). SQLite takes a log without a valid header
/// for an empty one, and drops the commits in it without a word. Locks lie on other files, so it may be opened while connections are.
/// </summary>
/// <param name="IsWhole">Whether there is one whose header is valid.</param>
/// <param name="Sequence">Counts how often it began anew.</param>
public readonly record struct SqliteLog(bool IsWhole, uint Sequence)
{
    private const int HeaderBytes = 32;
    private const int SummedBytes = 24;
    private const uint LittleEndian = 0x377f0682;

    /// <summary>The path of the log in a data folder.</summary>
    public static string PathIn(string dataFolder) => SqliteFile.PathIn(dataFolder) + "-wal";

    /// <summary>Reads the header of the log in a data folder.</summary>
    public static SqliteLog Read(string dataFolder)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        try
        {
            using var file = File.OpenHandle(PathIn(dataFolder), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (RandomAccess.Read(file, header, 0) < HeaderBytes) return default;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return default;
        }

        var magic = BinaryPrimitives.ReadUInt32BigEndian(header);
        return new SqliteLog(
            (magic | 1) == (LittleEndian | 1) && IsSum(header, magic == LittleEndian), BinaryPrimitives.ReadUInt32BigEndian(header[12..]));
    }

    private static bool IsSum(ReadOnlySpan<byte> header, bool littleEndian)
    {
        var (first, second) = (0u, 0u);
        for (var i = 0; i < SummedBytes; i += 8)
        {
            unchecked
            {
                first += Word(header[i..], littleEndian) + second;
                second += Word(header[(i + 4)..], littleEndian) + first;
            }
        }

        return first == BinaryPrimitives.ReadUInt32BigEndian(header[SummedBytes..])
            && second == BinaryPrimitives.ReadUInt32BigEndian(header[(SummedBytes + 4)..]);
    }

    private static uint Word(ReadOnlySpan<byte> bytes, bool littleEndian) =>
        littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
