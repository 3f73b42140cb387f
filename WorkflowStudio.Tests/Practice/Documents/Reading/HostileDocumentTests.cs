using System.Text;
using Microsoft.Extensions.Time.Testing;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Practice.Documents.Reading;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Practice.Documents.Reading;

/// <summary>Documents that are broken, locked, empty or made to break their reader: each is answered, and the process goes on.</summary>
public sealed class HostileDocumentTests
{
    public static TheoryData<string> Files => [.. Bad.Keys];

    private static readonly Dictionary<string, (string Code, Func<byte[]> Content)> Bad = new()
    {
        ["empty"] = ("document_no_text", () => []),
        ["blanks"] = ("document_no_text", () => "  \n "u8.ToArray()),
        ["zeros"] = ("document_kind", () => new byte[1000]),
        ["archive"] = ("document_kind", () => Samples.Zip(("a.txt", "x"u8.ToArray()))),
        ["powerpoint"] = ("document_kind", () => Samples.Zip(("[Content_Types].xml", "x"u8.ToArray()), ("ppt/presentation.xml", []))),
        ["old office"] = ("document_kind", () => [0xD0, 0xCF, 0x11, 0xE0, .. new byte[600]]),
        ["locked office"] = ("document_locked", () => [0xD0, 0xCF, 0x11, 0xE0, 0, 0, .. Encoding.Unicode.GetBytes("EncryptedPackage")]),
        ["rtf"] = ("document_kind", () => "{\\rtf1 hello}"u8.ToArray()),
        ["picture"] = ("document_no_text", () => [0xFF, 0xD8, 0xFF, 0xE0, .. new byte[50]]),
        ["too large"] = ("document_too_large", () => new byte[DocumentLimits.MaxBytes + 1]),
        ["pdf without anything"] = ("document_broken", () => "%PDF-1.7\n"u8.ToArray()),
        ["pdf cut off"] = ("document_broken", () => Samples.Pdf()[..200]),
        ["pdf of pictures"] = ("document_no_text", () => PdfSheet.Of(_ => { })),
        ["pdf locked"] = ("document_locked", LockedPdf),
        ["zip cut off"] = ("document_broken", () => Samples.Docx()[..300]),
        ["docx of nonsense"] = ("document_broken", () => Samples.Zip(("word/document.xml", "<a"u8.ToArray()))),
        ["docx bomb"] = ("document_bomb", () => Samples.Zip(("word/document.xml", new byte[40 << 20]))),
        ["docx entities"] = ("document_broken", () => WithDocument("""
            <!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>
            """)),
        ["pdf flate bomb"] = ("document_bomb", () => Samples.RawPdf(Samples.Deflated(new byte[60 << 20]), "/Filter/FlateDecode")),
        ["pdf flate in flate"] = ("document_bomb", () => Samples.RawPdf(
            Samples.Deflated(Samples.Deflated(new byte[200 << 20])), "/Filter[/FlateDecode/FlateDecode]")),
        ["pdf run length bomb"] = ("document_bomb", () => Samples.RawPdf(
            [.. Enumerable.Repeat<byte[]>([129, 32], 400_000).SelectMany(b => b)], "/Filter/RunLengthDecode")),
        ["pdf lzw bomb"] = ("document_bomb", () => Samples.RawPdf(Samples.Lzw(new byte[60 << 20]), "/Filter/LZWDecode")),
        ["pdf forms in forms"] = ("document_bomb", FormsInForms),
        ["html nested"] = ("document_bomb", () => Nested(200_000)),
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Document_ThatCannotBeRead_IsAnsweredWithACode(string file)
    {
        using var reader = new DocumentReader(TimeProvider.System);
        var answer = await reader.ReadAsync(Bad[file].Content(), "file", "", default);
        Assert.Equal(Bad[file].Code, answer.Problem?.Code ?? $"read: {answer.Value!.Text.Length}");
        Assert.StartsWith("file ", answer.Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nested_AsDeepAsItsSenderLikes_IsReadOrRefused()
    {
        using var reader = new DocumentReader(TimeProvider.System);
        var brackets = Samples.RawPdf(Encoding.ASCII.GetBytes(new string('[', 1_000_000)), "");
        var dictionaries = Samples.RawPdf(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("<</a ", 300_000))), "");
        foreach (var content in new[] { brackets, dictionaries }) await reader.ReadAsync(content, "deep", "", default);
        Assert.Equal("deep", (await reader.ReadAsync(Nested(1_500), "deep", "", default)).Value!.Text);
    }

    // bytes are changed, left out and doubled at places that are the same in every run
    [Fact]
    public async Task Damage_OfAnyKind_IsReadOrRefused()
    {
        using var reader = new DocumentReader(TimeProvider.System);
        var dice = new Random(7);
        byte[][] all =
        [
            Samples.Pdf(), Samples.Docx(), Samples.Xlsx(), Encoding.UTF8.GetBytes(Samples.Mail), Encoding.UTF8.GetBytes(Samples.Page),
        ];
        foreach (var sample in all)
            for (var i = 0; i < 60; i++)
            {
                var content = sample.ToList();
                for (var changes = dice.Next(1, 20); changes > 0; changes--) content[dice.Next(content.Count)] = (byte)dice.Next(256);
                if (i % 3 == 0) content.RemoveRange(dice.Next(content.Count / 2), dice.Next(content.Count / 2));
                if (i % 5 == 0) content.InsertRange(dice.Next(content.Count), content.Take(dice.Next(200)).ToList());
                var answer = await reader.ReadAsync([.. content], "damaged", "", default);
                Assert.True(answer.Value is not null || answer.Problem!.Code.StartsWith("document_", StringComparison.Ordinal));
            }
    }

    [Fact]
    public async Task Reading_ThatHangs_FailsAndKeepsItsPlaceUntilItEnds()
    {
        var clock = new FakeTimeProvider();
        using var reader = new DocumentReader(clock);
        using var hold = new ManualResetEventSlim();
        var begun = new SemaphoreSlim(0);
        var places = Math.Clamp(Environment.ProcessorCount, 2, 8);
        Answer<DocumentText> Hang(CancellationToken stop)
        {
            begun.Release();
            hold.Wait(CancellationToken.None);
            return new DocumentText(DocumentKind.Text, "late");
        }

        var hanging = Enumerable.Range(0, places).Select(_ => reader.ReadAsync("slow", Hang, default)).ToList();
        for (var i = 0; i < places; i++) await begun.WaitAsync();
        clock.Advance(DocumentLimits.MaxTime);
        foreach (var one in hanging) Assert.Equal("document_too_slow", (await one).Problem!.Code);

        var next = reader.ReadAsync("a"u8.ToArray(), "next", "", default);
        clock.Advance(DocumentLimits.MaxTime);
        Assert.Equal(("documents_busy", true), ((await next).Problem!.Code, (await next).Problem!.Retryable));

        hold.Set();
        Assert.Equal("a", (await reader.ReadAsync("a"u8.ToArray(), "next", "", default)).Value!.Text);
    }

    [Theory]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(OutOfMemoryException))]
    [InlineData(typeof(KeyNotFoundException))]
    public async Task Reading_ThatThrows_SaysThatTheDocumentIsBroken(Type exception)
    {
        using var reader = new DocumentReader(TimeProvider.System);
        var answer = await reader.ReadAsync("file", _ => throw (Exception)Activator.CreateInstance(exception)!, default);
        Assert.Equal("document_broken", answer.Problem!.Code);
    }

    private static byte[] Nested(int depth) =>
        Encoding.ASCII.GetBytes("<html><body>" + string.Concat(Enumerable.Repeat("<div>", depth)) + "deep");

    private static byte[] WithDocument(string xml) => Samples.Zip(
        ("[Content_Types].xml", """
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>
            """u8.ToArray()),
        ("_rels/.rels", """
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>
            """u8.ToArray()),
        ("word/document.xml", Encoding.UTF8.GetBytes(xml.Trim())));

    // a password is asked for: nobody knows the one that made these values
    private static byte[] LockedPdf()
    {
        var plain = Encoding.Latin1.GetString(Samples.RawPdf("BT /F1 12 Tf (x) Tj ET"u8.ToArray(), ""));
        var key = string.Concat(Enumerable.Repeat("41", 32));
        return Encoding.Latin1.GetBytes(plain.Replace("trailer<<",
            $"trailer<</Encrypt<</Filter/Standard/V 1/R 2/O<{key}>/U<{key}>/P -44>>/ID[<00112233445566778899AABBCCDDEEFF>"
            + "<00112233445566778899AABBCCDDEEFF>]",
            StringComparison.Ordinal));
    }

    // ten levels of forms, each showing the next ten times: ten thousand million letters
    private static byte[] FormsInForms()
    {
        const int first = 6, levels = 10;
        byte[][] forms =
        [
            .. Enumerable.Range(0, levels).Select(level =>
            {
                var body = level == levels - 1 ? "BT /F1 12 Tf (x) Tj ET" : string.Concat(Enumerable.Repeat("/X Do ", 10));
                var next = level == levels - 1 ? "" : $"/XObject<</X {first + level + 1} 0 R>>";
                return Encoding.ASCII.GetBytes(
                    $"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F1 5 0 R>>{next}>>/Length {body.Length}>>\n"
                    + $"stream\n{body}\nendstream");
            }),
        ];
        return Samples.RawPdf("/X Do"u8.ToArray(), "", $"/XObject<</X {first} 0 R>>", forms);
    }
}
