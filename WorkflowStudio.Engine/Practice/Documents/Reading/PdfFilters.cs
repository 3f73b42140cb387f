using System.IO.Compression;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace WorkflowStudio.Engine.Practice.Documents.Reading;

/// <summary>
/// Unpacks the streams of a PDF, each after a look at what would come out of it. Every stream that is opened comes by here, so this is also
/// where reading ends once it has taken too long or too much.
/// </summary>
internal sealed class PdfFilters(long packed, string name, CancellationToken cancellationToken) : IFilterProvider
{
    private const int MostStreams = 100_000;

    private long unpacked;
    private long ofPage;
    private int streams;

    /// <summary>Why reading has to end, though the library went on; null when it has not.</summary>
    public DocumentRefusedException? Refusal { get; private set; }

    /// <summary>The next page begins.</summary>
    public void NextPage() => ofPage = 0;

    public IReadOnlyList<IFilter> GetFilters(DictionaryToken dictionary)
    {
        var filters = DefaultFilterProvider.Instance.GetFilters(dictionary);
        if (filters.Count == 0 && dictionary.TryGet(NameToken.Length, out NumericToken length)) Take(length.Long);
        return Watched(filters);
    }

    public IReadOnlyList<IFilter> GetNamedFilters(IReadOnlyList<NameToken> names) =>
        Watched(DefaultFilterProvider.Instance.GetNamedFilters(names));

    public IReadOnlyList<IFilter> GetAllFilters() => Watched(DefaultFilterProvider.Instance.GetAllFilters());

    private List<IFilter> Watched(IReadOnlyList<IFilter> filters)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (++streams > MostStreams) throw Bomb();
        return [.. filters.Select(f => new Watch(this, f))];
    }

    private void Take(long bytes)
    {
        cancellationToken.ThrowIfCancellationRequested();
        unpacked += bytes;
        ofPage += bytes;
        if (ofPage > DocumentLimits.MaxUnpackedOfPage || ZipGuard.IsBomb(unpacked, packed)) throw Bomb();
    }

    private DocumentRefusedException Bomb() => Refusal ??= new DocumentRefusedException(DocumentProblem.Bomb(name));

    // how much would come out; what is damaged is for the filter itself to find
    private long Measure(IFilter filter, ReadOnlyMemory<byte> input) => filter switch
    {
        FlateFilter => Inflated(input),
        RunLengthFilter => Runs(input.Span),
        LzwFilter => LzwLength.Of(input.Span, DocumentLimits.MaxUnpackedOfPage),
        _ => 0,
    };

    private long Inflated(ReadOnlyMemory<byte> input)
    {
        var (total, buffer) = (0L, new byte[81_920]);
        try
        {
            using var stream = new ZLibStream(new MemoryStream(input.ToArray(), writable: false), CompressionMode.Decompress);
            while (total <= DocumentLimits.MaxUnpackedOfPage && stream.Read(buffer) is > 0 and var read)
            {
                cancellationToken.ThrowIfCancellationRequested();
                total += read;
            }
        }
        catch (InvalidDataException)
        {
            // told by what could be read of it
        }

        return total;
    }

    // a length byte, then as many bytes, or one that is repeated (ISO 32000-1, 7.4.5)
    private static long Runs(ReadOnlySpan<byte> input)
    {
        var total = 0L;
        for (var i = 0; i < input.Length && input[i] != 128;)
        {
            total += input[i] < 128 ? input[i] + 1 : 257 - input[i];
            i += input[i] < 128 ? input[i] + 2 : 2;
        }

        return total;
    }

    private sealed class Watch(PdfFilters owner, IFilter inner) : IFilter
    {
        public bool IsSupported => inner.IsSupported;

        public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex)
        {
            if (owner.Measure(inner, input) > DocumentLimits.MaxUnpackedOfPage) throw owner.Bomb();
            var output = inner.Decode(input, streamDictionary, filterProvider, filterIndex);
            owner.Take(output.Length);
            return output;
        }
    }
}
