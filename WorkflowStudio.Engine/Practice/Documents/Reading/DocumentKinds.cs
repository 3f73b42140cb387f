using System.Text;
using System.Text.RegularExpressions;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Practice.Documents.Reading;

/// <summary>
/// Finds out what a document is by what is in it. Its name and what the sender calls it count only between kinds of text, which look alike.
/// </summary>
internal static partial class DocumentKinds
{
    private const int Beginning = 4096;

    private static readonly HashSet<string> MailHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "from", "to", "cc", "subject", "date", "mime-version", "message-id", "received", "return-path", "content-type", "reply-to",
        "delivered-to", "dkim-signature",
    };

    /// <summary>The kind; or why it cannot be read.</summary>
    public static Answer<DocumentKind> Of(byte[] content, string name, string contentType)
    {
        var head = content.AsSpan(0, Math.Min(Beginning, content.Length));
        if (head[..Math.Min(1024, head.Length)].IndexOf("%PDF-"u8) >= 0) return DocumentKind.Pdf;
        if (head.StartsWith("PK\x03\x04"u8)) return OfZip(content, name);
        // the container of Office before 2007, in which newer ones put what a password locks
        if (head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
            return content.AsSpan().IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0
                ? DocumentProblem.Locked(name)
                : DocumentProblem.Unknown(name, "is a file of Office before 2007");
        if (IsPicture(head)) return DocumentProblem.Picture(name);
        if (head.StartsWith("{\\rtf"u8)) return DocumentProblem.Unknown(name, "is rich text (RTF)");
        if (!TryText(content, out var text)) return DocumentProblem.Unknown(name, "is of a kind that nobody here knows");
        return OfText(text, name, contentType);
    }

    /// <summary>The text of bytes: by their mark, as UTF-8, else as what Windows writes in the West. False when they are no text.</summary>
    public static bool TryText(byte[] content, out string text)
    {
        if (!ForeignText.TryRead(content, null, out var read, out _) && !ForeignText.TryRead(content, "windows-1252", out read, out _))
            read = Encoding.Latin1.GetString(content);
        text = read;
        var seen = text.AsSpan(0, Math.Min(Beginning, text.Length));
        var odd = 0;
        foreach (var c in seen) if (c < ' ' && c is not ('\n' or '\r' or '\t' or '\f' or '\v' or '\x1a')) odd++;
        return odd * 50 <= seen.Length && !seen.Contains('\0');
    }

    private static Answer<DocumentKind> OfZip(byte[] content, string name)
    {
        try
        {
            var names = ZipGuard.Names(content);
            if (names.Contains("word/document.xml")) return DocumentKind.Docx;
            if (names.Contains("xl/workbook.xml")) return DocumentKind.Xlsx;
            return names.Contains("[Content_Types].xml")
                ? DocumentProblem.Unknown(name, "is a file of Office other than DOCX and XLSX")
                : DocumentProblem.Unknown(name, "is an archive of other files");
        }
        catch (InvalidDataException)
        {
            return DocumentProblem.Broken(name);
        }
    }

    private static bool IsPicture(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47])
        || head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) || head.StartsWith("GIF8"u8)
        || head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8) || head.StartsWith("BM"u8) && head.Length > 6 && head[6] == 0
        || (head.StartsWith("RIFF"u8) && head.Length > 11 && head[8..12].SequenceEqual("WEBP"u8));

    private static DocumentKind OfText(string text, string name, string contentType)
    {
        var head = text.AsSpan(0, Math.Min(Beginning, text.Length)).TrimStart();
        if (Markup().IsMatch(head)) return DocumentKind.Html;
        var isSaid = Extension(name) is "html" or "htm" || contentType.StartsWith("text/html", StringComparison.OrdinalIgnoreCase);
        if (isSaid && Tag().IsMatch(head)) return DocumentKind.Html;
        if (IsMail(head)) return DocumentKind.Eml;
        isSaid = Extension(name) is "csv" or "tsv" || contentType.StartsWith("text/csv", StringComparison.OrdinalIgnoreCase);
        return isSaid || (Extension(name) != "txt" && CsvReading.LooksLike(head.ToString())) ? DocumentKind.Csv : DocumentKind.Text;
    }

    // lines such as "Subject: …" from the first on, two of which only mails have, and an empty one behind them
    private static bool IsMail(ReadOnlySpan<char> head)
    {
        var known = 0;
        foreach (var line in head.EnumerateLines())
        {
            if (line.IsEmpty) return known >= 2;
            if (line[0] is ' ' or '\t' && known > 0) continue;
            if (line.IndexOf(':') is not (> 0 and < 80 and var colon) || line[..colon].ContainsAny(" \t")) return false;
            if (MailHeaders.Contains(line[..colon].ToString())) known++;
        }

        return known >= 3;
    }

    private static string Extension(string name) => Path.GetExtension(name).TrimStart('.').ToLowerInvariant();

    [GeneratedRegex(@"^(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b", RegexOptions.IgnoreCase
        | RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Markup();

    [GeneratedRegex(@"<[a-z][a-z0-9]*[\s>/]", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Tag();
}
