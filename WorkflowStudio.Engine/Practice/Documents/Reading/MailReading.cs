using System.Globalization;
using MimeKit;

namespace WorkflowStudio.Engine.Practice.Documents.Reading;

/// <summary>Reads a mail: who, to whom, when, about what, its text, and the names of what it brings along.</summary>
internal static class MailReading
{
    private const int MostAttachments = 200;

    private static readonly ParserOptions Options = new() { MaxMimeDepth = 20 };

    public static DocumentText Read(byte[] content, string name, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(content, writable: false);
        using var mail = MimeMessage.Load(Options, stream, cancellationToken);
        var room = new TextRoom();
        Head(room, "From", mail.From.ToString());
        Head(room, "To", mail.To.ToString());
        Head(room, "Cc", mail.Cc.ToString());
        if (mail.Headers.Contains(HeaderId.Date))
            Head(room, "Date", mail.Date.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture));
        Head(room, "Subject", mail.Subject);
        room.Add('\n');
        var body = mail.TextBody;
        if (string.IsNullOrWhiteSpace(body) && mail.HtmlBody is { } html) body = HtmlReading.Read(html, name, cancellationToken).Text;
        room.Add((body ?? "").Trim()).EndLine();
        string[] attachments =
        [
            .. mail.Attachments.Take(MostAttachments).Select(a =>
                NewDocument.NameOf(a is MimePart part ? part.FileName ?? "" : (a as MessagePart)?.Message?.Subject ?? "")),
        ];
        if (attachments.Length > 0) room.Add("\nAttachments: ").Add(string.Join(", ", attachments)).EndLine();
        return new DocumentText(DocumentKind.Eml, room.ToString()) { Attachments = attachments, IsCut = room.IsFull };
    }

    // a line break in a header would look like another one
    private static void Head(TextRoom room, string name, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value)) room.Add(name).Add(": ").Add(value.ReplaceLineEndings(" ")).EndLine();
    }
}
