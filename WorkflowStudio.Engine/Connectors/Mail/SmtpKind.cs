using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors.Mail;

/// <summary>The mail server that e-mail goes out by.</summary>
internal sealed class SmtpKind(SmtpMailServer server) : ConnectionKind
{
    public override string Name => ConnectionKinds.Smtp;

    public override string Title => "Mail server";

    public override string Does => "E-mail goes out by it. Without one, e-mail stays in the outbox or its step fails.";

    public override string Icon => "mail";

    public override IReadOnlyList<ConnectionField> Fields { get; } =
    [
        new("endpoint", "Address")
        {
            IsNeeded = true, IsAddress = true, Example = "smtps://mail.example.com:465",
            Hint = "smtps:// for servers that encrypt from the start (465), smtp:// for those with STARTTLS (587).",
            Check = text => SmtpConnection.IsAddress(text, out _)
                ? null
                : "This has to be an address such as smtps://mail.example.com:465 or smtp://mail.example.com:587, without a password.",
        },
        new("from", "Sender")
        {
            IsNeeded = true, Example = "Practice <desk@example.com>", Hint = "Who e-mail is from, unless a step says otherwise.",
            Check = text => MailAddresses.TryOne(text, out _) ? null : "This has to be an address such as Practice <desk@example.com>.",
        },
        new("user", "User") { Example = "desk@example.com", Hint = "Who signs in; empty where the server asks nobody." },
        new("encryption", "Encryption of smtp://")
        {
            Choices = [("starttls", "STARTTLS"), ("none", "None, within your own network only")],
        },
    ];

    public override SecretField Secret { get; } = new("Password", false);

    public override IReadOnlyList<string> StepTypes { get; } =
    [
        "approval", "ask_choice", "invoice_reminder_loop", "notify_agent", "send_email", "send_invoice_reminder", "send_message",
    ];

    public override Task<Answer<string>> TryAsync(Tenant tenant, Connection connection, CancellationToken cancellationToken) =>
        server.TryAsync(connection, cancellationToken);

    protected override bool NeedsSecret(Connection connection) => connection.Text("user").Length > 0;
}
