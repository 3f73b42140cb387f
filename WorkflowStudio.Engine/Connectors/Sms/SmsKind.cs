using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors.Sms;

/// <summary>The gateway that SMS go out and come in by.</summary>
internal sealed class SmsKind(TwilioGateway gateway, SmsCallbacks callbacks) : ConnectionKind
{
    public override string Name => ConnectionKinds.Sms;

    public override string Title => "SMS gateway";

    public override string Does => "SMS go out and answers come in by it: Twilio, or anything with Twilio's interface.";

    public override string Icon => "sms";

    public override IReadOnlyList<ConnectionField> Fields { get; } =
    [
        new("endpoint", "Address")
        {
            IsNeeded = true, IsAddress = true, Example = "https://api.twilio.com",
            Check = text => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Query.Length == 0
                && ConnectionField.WebAddress(text) is null
                ? null
                : "This has to be an address that begins with https:// and holds neither a password nor a question mark.",
        },
        new("account", "Account")
        {
            IsNeeded = true, Longest = 100, Example = "AC0123456789abcdef",
            Check = text => text.All(char.IsAsciiLetterOrDigit) ? null : "An account is made of letters and digits, such as AC0123….",
        },
        new("from", "Sender")
        {
            IsNeeded = true, Longest = 100, Example = "+17135550100",
            Hint = "A number, a name, or a messaging service: who SMS are from, unless a step says otherwise.",
        },
    ];

    public override SecretField Secret { get; } = new("Token", true) { Hint = "The account's auth token." };

    public override IReadOnlyList<string> StepTypes { get; } =
    [
        "approval", "ask_choice", "google_reviews_sms", "invoice_reminder_loop", "notify_agent", "send_invoice_reminder", "send_message",
        "wait_for_reply",
    ];

    public override (string Words, string Address)? OtherSide(Guid workspaceId) => callbacks.Of(workspaceId) is { } address
        ? ("Answers come in where the gateway posts incoming messages to", address)
        : ("Answers come in where the gateway posts incoming messages to this path below the public address of this server, once that is "
            + "named in STUDIO_PUBLIC_URL:", SmsCallbacks.PathOf(workspaceId));

    public override Task<Answer<string>> TryAsync(Tenant tenant, Connection connection, CancellationToken cancellationToken) =>
        gateway.TryAsync(tenant, connection, cancellationToken);
}
