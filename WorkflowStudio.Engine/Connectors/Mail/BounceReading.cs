using MimeKit;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors.Mail;

/// <summary>Reads reports of other servers that a mail could not be brought (RFC 3464).</summary>
internal static class BounceReading
{
    private const int Most = 50;

    /// <summary>What a mail reports of the studio's own; empty for one that reports nothing, or only that it takes longer.</summary>
    public static IReadOnlyList<MailBounce> Of(MimeMessage mail)
    {
        if (mail.Body is not MultipartReport report || Original(report) is not { } id) return [];
        return
        [
            .. report.OfType<MessageDeliveryStatus>().SelectMany(s => s.StatusGroups).Take(Most)
                .Where(g => g["Action"]?.Trim().Equals("failed", StringComparison.OrdinalIgnoreCase) == true)
                .Select(g => (To: Address(g["Final-Recipient"]) ?? Address(g["Original-Recipient"]), Reason: Reason(g)))
                .Where(b => b.To is not null).Select(b => new MailBounce(id, b.To!, b.Reason)),
        ];
    }

    // the mail itself, or its head alone
    private static Guid? Original(MultipartReport report)
    {
        foreach (var part in report)
        {
            var id = part switch
            {
                MessagePart { Message: { } whole } => whole.MessageId,
                TextPart { ContentType.MediaSubtype: "rfc822-headers" } head => Head(head),
                _ => null,
            };
            if (MailId.Read(id) is { } found) return found;
        }

        return null;
    }

    private static string? Head(TextPart part)
    {
        using var stream = new MemoryStream();
        part.Content?.DecodeTo(stream);
        stream.Position = 0;
        try
        {
            return HeaderList.Load(stream)[HeaderId.MessageId];
        }
        catch (FormatException)
        {
            return null;
        }
    }

    // rfc822; maria@example.com
    private static string? Address(string? recipient) => recipient is null ? null
        : MailAddresses.Bare(recipient[(recipient.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim());

    private static string Reason(HeaderList group)
    {
        var said = group["Diagnostic-Code"] is { Length: > 0 } code ? code[(code.IndexOf(';', StringComparison.Ordinal) + 1)..]
            : group["Status"] ?? "";
        return ShownText.OneLine(said);
    }
}
