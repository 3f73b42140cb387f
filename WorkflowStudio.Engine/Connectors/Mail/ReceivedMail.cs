namespace WorkflowStudio.Engine.Connectors.Mail;

/// <summary>An e-mail that came, as far as it says something to the studio.</summary>
/// <param name="Id">Its <c>Message-ID</c> without brackets; empty for none.</param>
/// <param name="From">The address of its one sender in small letters; null where it names none, or several.</param>
/// <param name="Text">What the sender wrote, without what is quoted and without the signature; may be empty.</param>
public sealed record ReceivedMail(string Id, string? From, string Text)
{
    /// <summary>The longest text in characters.</summary>
    public const int LongestText = 20_000;

    /// <summary>Its subject in one line; may be empty.</summary>
    public string Subject { get; init; } = "";

    /// <summary>To whom it was written, as one line; may be empty.</summary>
    public string To { get; init; } = "";

    /// <summary>The studio's own messages that it answers, the nearest first (see <see cref="MailId"/>).</summary>
    public IReadOnlyList<Guid> Answers { get; init; } = [];

    /// <summary>Whether a program wrote it by itself: it is nobody's answer, and answering it may go on for ever.</summary>
    public bool IsAutomatic { get; init; }

    /// <summary>What it says of mails that could not be brought; empty for any other.</summary>
    public IReadOnlyList<MailBounce> Bounces { get; init; } = [];

    /// <summary>The names of what it brings along, at most 20.</summary>
    public IReadOnlyList<string> Attachments { get; init; } = [];
}

/// <summary>That a mail of the studio's could not be brought.</summary>
/// <param name="MessageId">Which, see <see cref="MailId"/>.</param>
/// <param name="To">To whom it could not; in small letters.</param>
/// <param name="Reason">Why, in one line, as the other server says; may be empty.</param>
public sealed record MailBounce(Guid MessageId, string To, string Reason);

/// <summary>
/// The <c>Message-ID</c> of a mail that goes out: its id in the outbox at the sender's domain. The same for every try, and answers name it
/// (RFC 5322, 3.6.4).
/// </summary>
internal static class MailId
{
    private const int Letters = 32;

    /// <summary>The id of a message, without brackets.</summary>
    public static string Of(Guid id, string domain) => $"{id:N}@{domain}";

    /// <summary>The id in the outbox that may stand in a Message-ID; null where none can.</summary>
    public static Guid? Read(string? messageId) => messageId?.Trim().TrimStart('<') is { Length: > Letters } id && id[Letters] == '@'
        && Guid.TryParseExact(id[..Letters], "N", out var found) ? found : null;
}
