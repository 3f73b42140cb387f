using UglyToad.PdfPig;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Tokens;

namespace WorkflowStudio.Engine.Practice.Documents.Reading;

/// <summary>
/// Finds out how much a page would have to be read before it is: what it shows may show other parts, each several times, and those others
/// again, so that a few lines become thousands of millions. Counted is what is written, each part as often as it is shown at the most.
/// </summary>
internal sealed class PdfForms(PdfDocument pdf, PdfFilters filters, string name)
{
    private const int MostPagesSeen = 5_000;
    private const int DeepestForms = 30;

    private static readonly NameToken Kids = NameToken.Create("Kids");
    private static readonly NameToken Shown = NameToken.Create("XObject");

    private readonly Dictionary<IndirectReference, long> known = [];
    private readonly HashSet<IndirectReference> inside = [];

    /// <summary>Refuses a document with a page that is too much to read.</summary>
    /// <exception cref="DocumentRefusedException">There is one.</exception>
    public void Check()
    {
        var seen = new HashSet<IndirectReference>();
        var left = new Stack<(IToken Node, DictionaryToken? Resources)>();
        if (Get(pdf.Structure.Catalog.CatalogDictionary, NameToken.Pages) is { } root) left.Push((root, null));
        while (left.Count > 0 && seen.Count < MostPagesSeen)
        {
            var (token, resources) = left.Pop();
            if (token is IndirectReferenceToken reference && !seen.Add(reference.Data)) continue;
            if (Whole(token) is not DictionaryToken node) continue;
            resources = Whole(Get(node, NameToken.Resources)) as DictionaryToken ?? resources;
            if (Whole(Get(node, Kids)) is ArrayToken kids) foreach (var kid in kids.Data) left.Push((kid, resources));
            else CheckPage(node, resources);
        }
    }

    private void CheckPage(DictionaryToken page, DictionaryToken? resources)
    {
        filters.NextPage();
        var contents = Whole(Get(page, NameToken.Contents));
        IEnumerable<IToken> parts = contents is ArrayToken several ? several.Data : contents is null ? [] : [contents];
        var work = 0L;
        foreach (var part in parts)
            if (Whole(part) is StreamToken stream) work += WorkOf(stream, resources, 0);
        if (work > DocumentLimits.MaxUnpackedOfPage) throw new DocumentRefusedException(DocumentProblem.Bomb(name));
    }

    private long WorkOf(StreamToken stream, DictionaryToken? inherited, int depth)
    {
        var content = Unpacked(stream);
        var resources = Whole(Get(stream.StreamDictionary, NameToken.Resources)) as DictionaryToken ?? inherited;
        var times = TimesShown(content.Span);
        if (times == 0 || resources is null || Whole(Get(resources, Shown)) is not DictionaryToken shown) return content.Length;
        var most = 0L;
        foreach (var one in shown.Data.Values) most = Math.Max(most, WorkOf(one, resources, depth + 1));
        return Math.Min(content.Length + (times * most), long.MaxValue / 1_000_000);
    }

    private long WorkOf(IToken form, DictionaryToken resources, int depth)
    {
        if (form is not IndirectReferenceToken { Data: var reference }) return 1;
        if (known.TryGetValue(reference, out var work)) return work;
        // one that shows itself is not shown again
        if (depth > DeepestForms || !inside.Add(reference)) return 1;
        work = Whole(form) is StreamToken stream && !IsImage(stream) ? WorkOf(stream, resources, depth) : 1;
        inside.Remove(reference);
        return known[reference] = work;
    }

    private static bool IsImage(StreamToken stream) =>
        stream.StreamDictionary.TryGet(NameToken.Subtype, out NameToken kind) && kind.Data == "Image";

    private ReadOnlyMemory<byte> Unpacked(StreamToken stream)
    {
        var (content, at) = (stream.Data, 0);
        foreach (var filter in pdf.Structure.FilterProvider.GetFilters(stream.StreamDictionary, pdf.Structure.TokenScanner))
            content = filter.Decode(content, stream.StreamDictionary, pdf.Structure.FilterProvider, at++);
        return content;
    }

    // the operator Do, between blanks
    private static long TimesShown(ReadOnlySpan<byte> content)
    {
        var (times, at) = (0L, 0);
        while (content[at..].IndexOf("Do"u8) is >= 0 and var next)
        {
            at += next + 2;
            if (at == content.Length || content[at] <= ' ' || content[at] is (byte)'/' or (byte)'%') times++;
        }

        return times;
    }

    private static IToken? Get(DictionaryToken of, NameToken name) => of.TryGet(name, out var value) ? value : null;

    private IToken? Whole(IToken? token)
    {
        for (var hops = 0; token is IndirectReferenceToken reference && hops < 10; hops++)
            token = pdf.Structure.GetObject(reference.Data)?.Data;
        return token;
    }
}
