using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors.Sms;

/// <summary>The gateway that SMS go out and come in by.</summary>
internal sealed class SmsKind(TwilioGateway gateway, GatewayCallbacks callbacks) : ConnectionKind
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
            Check = text => TwilioConnection.IsAddress(text)
                ? null
                : "This has to be an address that begins with https:// and holds neither a password nor a question mark.",
        },
        new("account", "Account")
        {
            IsNeeded = true, Longest = 100, Example = "AC0123456789abcdef",
            Check = text => TwilioConnection.IsAccount(text) ? null : "An account is made of letters and digits, such as AC0123….",
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

    public override (string Words, string Address)? OtherSide(Guid workspaceId) => callbacks.Asked(
        GatewayCallbacks.Sms, workspaceId, "Answers come in once the gateway posts incoming messages");

    public override Task<Answer<string>> TryAsync(Tenant tenant, Connection connection, CancellationToken cancellationToken) =>
        gateway.TryAsync(tenant, connection, cancellationToken);
}
