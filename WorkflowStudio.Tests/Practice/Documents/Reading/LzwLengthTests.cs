using System.Text;
using UglyToad.PdfPig.Tokens;
using WorkflowStudio.Engine.Practice.Documents.Reading;

namespace WorkflowStudio.Tests.Practice.Documents.Reading;

/// <summary>What LZW streams unpack to is known before they are.</summary>
public sealed class LzwLengthTests
{
    private const long Limit = DocumentLimits.MaxUnpackedOfPage;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(700)]
    [InlineData(300_000)]
    public void Length_OfWhatWasPacked_IsThatOfTheContent(int length)
    {
        var dice = new Random(5);
        byte[] content = [.. Enumerable.Range(0, length).Select(_ => (byte)dice.Next('a', 'e'))];
        var packed = Samples.Lzw(content);

        Assert.Equal(length, LzwLength.Of(packed, Limit));
        Assert.Equal(content, Filter(packed).ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("ffffffffffffffffffff")]
    [InlineData("80402010080402")]
    public void Length_OfNonsense_IsShort(string packed) =>
        Assert.InRange(LzwLength.Of(Convert.FromHexString(packed), Limit), 0, 100);

    [Fact]
    public void Length_OfMoreThanTheLimit_IsCountedNoFurther() =>
        Assert.InRange(LzwLength.Of(Samples.Lzw(new byte[20 << 20]), 1_000), 1_001, 5_000);

    [Fact]
    public void Filter_OfABomb_RefusesItBeforeItIsUnpacked()
    {
        var packed = Samples.Lzw(new byte[60 << 20]);
        Assert.InRange(packed.Length, 1, 128 << 10);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<DocumentRefusedException>(() => Filter(packed));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public async Task Page_WithALongLzwStreamThatIsNoBomb_IsRead()
    {
        var dice = new Random(6);
        var comment = string.Concat(Enumerable.Range(0, 300_000).Select(_ => (char)dice.Next('!', 'z')));
        var content = Samples.Lzw(Encoding.ASCII.GetBytes($"%{comment}\nBT /F1 12 Tf 72 700 Td (Invoice 42) Tj ET"));
        Assert.True(content.Length > 128 << 10);
        using var reader = new DocumentReader(TimeProvider.System);

        var answer = await reader.ReadAsync(Samples.RawPdf(content, "/Filter/LZWDecode"), "long", "", default);

        Assert.Equal("Invoice 42", answer.Value?.Text.Trim() ?? answer.Problem!.Code);
    }

    private static ReadOnlyMemory<byte> Filter(byte[] packed)
    {
        var filters = new PdfFilters(packed.Length, "file", CancellationToken.None);
        var dictionary = new DictionaryToken(new Dictionary<NameToken, IToken> { [NameToken.Filter] = NameToken.LzwDecode });
        return filters.GetNamedFilters([NameToken.LzwDecode])[0].Decode(packed, dictionary, filters, 0);
    }
}
