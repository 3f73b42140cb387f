using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors.Mail;

/// <summary>The mailbox that e-mail comes in by.</summary>
internal sealed class ImapKind(ImapMailbox mailbox) : ConnectionKind
{
    public override string Name => ConnectionKinds.Imap;

    public override string Title => "Mailbox";

    public override string Does => "What clients answer by e-mail comes in by it. Nothing in it is changed or removed.";

    public override string Icon => "mark_chat_unread";

    public override IReadOnlyList<ConnectionField> Fields { get; } =
    [
        new("endpoint", "Address")
        {
            IsNeeded = true, IsAddress = true, Example = "imaps://mail.example.com:993",
            Hint = "imaps:// for servers that encrypt from the start (993), imap:// for those with STARTTLS (143).",
            Check = text => ImapConnection.IsAddress(text, out _)
                ? null
                : "This has to be an address such as imaps://mail.example.com:993 or imap://mail.example.com:143, without a password.",
        },
        new("user", "User") { IsNeeded = true, Example = "desk@example.com", Hint = "Whose mailbox it is: where answers arrive." },
        new("folder", "Folder")
        {
            Longest = 200, Example = ImapConnection.Inbox,
            Hint = "As the server names it; empty for the inbox. Only e-mail that arrives from now on is taken.",
        },
        new("encryption", "Encryption of imap://")
        {
            Choices = [("starttls", "STARTTLS"), ("none", "None, within your own network only")],
        },
    ];

    public override SecretField Secret { get; } = new("Password", true) { Hint = "Some providers ask for an app password here." };

    public override IReadOnlyList<string> StepTypes { get; } = ["ask_choice", "wait_for_reply"];

    public override Task<Answer<string>> TryAsync(Tenant tenant, Connection connection, CancellationToken cancellationToken) =>
        mailbox.TryAsync(connection, cancellationToken);
}
