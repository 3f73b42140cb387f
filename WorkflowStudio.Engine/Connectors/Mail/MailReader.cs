using System.Globalization;
using System.Text;
using MimeKit;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors.Mail;

/// <summary>Reads an e-mail that came, whoever wrote it: nothing in it is believed, run or fetched.</summary>
internal static class MailReader
{
    private const int LongestRaw = 1_000_000;
    private const int LongestLine = 300;
    private const int LongestId = 500;
    private const int MostAnswered = 50;
    private const int MostNamed = 20;
    private const int MostParts = 5;

    private static readonly ParserOptions Options = new() { MaxMimeDepth = 20, MaxAddressGroupDepth = 3 };

    /// <summary>The mail; null where what was given is none.</summary>
    public static async Task<ReceivedMail?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            using var mail = await MimeMessage.LoadAsync(Options, stream, cancellationToken);
            return mail.Headers.Count == 0 ? null : Read(mail);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static ReceivedMail Read(MimeMessage mail)
    {
        var from = Sender(mail);
        var id = mail.MessageId ?? "";
        return new ReceivedMail(id.Length > LongestId ? "" : id, from, Text(mail))
        {
            Subject = Line(mail.Subject), To = Line(mail.To.ToString()), Answers = Answered(mail),
            IsAutomatic = AutomaticMail.Is(mail, from), Bounces = BounceReading.Of(mail),
            Attachments = [.. mail.Attachments.Take(MostNamed).Select(Name).Where(n => n.Length > 0)],
        };
    }

    // of two senders nobody knows who wrote
    private static string? Sender(MimeMessage mail)
    {
        if (mail.Headers.Count(h => h.Id == HeaderId.From) != 1) return null;
        var all = mail.From.Mailboxes.Take(2).ToList();
        return all is [var one] ? MailAddresses.Bare(one.Address ?? "") : null;
    }

    private static string Text(MimeMessage mail)
    {
        // programs cut their text where a picture stands in it
        var parts = mail.BodyParts.OfType<TextPart>().Where(p => !p.IsAttachment).ToList();
        var plain = string.Join('\n', parts.Where(p => p.IsPlain).Take(MostParts).Select(Decoded));
        var written = string.IsNullOrWhiteSpace(plain) && parts.Find(p => p.IsHtml) is { } html ? MailHtml.Text(Decoded(html)) : plain;
        return ShownText.Begin(QuotedText.Without(Clean(written)), ReceivedMail.LongestText).Trim();
    }

    // in the charset that it names, one byte after the other: what does not belong to it is left out later
    private static string Decoded(TextPart part)
    {
        if (!ForeignText.TryEncoding(part.ContentType.Charset, out var strict, out _)) return Begin(part.Text ?? "");
        using var bytes = new MemoryStream();
        part.Content?.DecodeTo(bytes);
        var encoding = (Encoding)strict.Clone();
        encoding.DecoderFallback = DecoderFallback.ReplacementFallback;
        return Begin(encoding.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
    }

    private static string Begin(string text) => text.Length <= LongestRaw ? text : text[..LongestRaw];

    // what no text holds, and what only hides something from readers
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
            if (rune.Value is '\n' or '\t' or '\u200d' || (rune != Rune.ReplacementChar && !Rune.IsControl(rune)
                && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format)) clean.Append(rune.ToString());
        return clean.ToString();
    }

    private static IReadOnlyList<Guid> Answered(MimeMessage mail)
    {
        string?[] ids = [mail.InReplyTo, .. mail.References.Reverse().Take(MostAnswered)];
        return [.. ids.Select(MailId.Read).OfType<Guid>().Distinct()];
    }

    private static string Name(MimeEntity part) => Line(part is MimePart file ? file.FileName : (part as MessagePart)?.Message?.Subject);

    private static string Line(string? text) => ShownText.Fit(
        string.Join(' ', Clean(text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), LongestLine);
}
