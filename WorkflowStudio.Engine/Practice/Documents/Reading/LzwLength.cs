namespace WorkflowStudio.Engine.Practice.Documents.Reading;

/// <summary>
/// How much an LZW stream of a PDF unpacks to (ISO 32000-1, 7.4.4), without unpacking it: a code may stand for some 3,800 bytes.
/// </summary>
internal static class LzwLength
{
    private const int Clear = 256;
    private const int End = 257;
    private const int First = 258;
    private const int MostCodes = 4096;

    /// <summary>
    /// The length in bytes, counted no further than a limit. Whether codes grow a code early is not read of the stream's parameters, which
    /// its sender writes as they like: the longer one counts.
    /// </summary>
    public static long Of(ReadOnlySpan<byte> packed, long limit) => Math.Max(Of(packed, limit, early: 1), Of(packed, limit, early: 0));

    private static long Of(ReadOnlySpan<byte> packed, long limit, int early)
    {
        var lengths = new int[MostCodes];
        Array.Fill(lengths, 1, 0, Clear);
        var (total, next, before, bits) = (0L, First, 0, 0L);
        for (var (at, held) = (0, 0); total <= limit;)
        {
            var width = (next + early) switch { >= 2048 => 12, >= 1024 => 11, >= 512 => 10, _ => 9 };
            for (; held < width && at < packed.Length; held += 8) bits = ((bits << 8) | packed[at++]) & uint.MaxValue;
            if (held < width) break;
            held -= width;
            var code = (int)(bits >> held) & ((1 << width) - 1);
            if (code == End) break;
            if (code == Clear)
            {
                (next, before) = (First, 0);
                continue;
            }

            // one that is not known yet stands for what was before it and a byte more
            var length = code < next ? lengths[code] : before + 1;
            if (before > 0 && next < MostCodes) lengths[next++] = before + 1;
            (total, before) = (total + length, length);
        }

        return total;
    }
}
