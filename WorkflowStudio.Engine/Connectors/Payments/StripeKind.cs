using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors.Payments;

/// <summary>The Stripe account by which clients pay invoices.</summary>
internal sealed class StripeKind(StripeAccount account, GatewayCallbacks callbacks) : ConnectionKind
{
    /// <summary>Where Stripe is.</summary>
    public const string Address = "https://api.stripe.com";

    public override string Name => ConnectionKinds.Stripe;

    public override string Title => "Stripe";

    public override string Does => "Clients pay invoices there, by card and what else you allow. Without it invoices are kept here alone.";

    public override string Icon => "credit_card";

    public override IReadOnlyList<ConnectionField> Fields { get; } =
    [
        new("endpoint", "Address")
        { IsAddress = true, Example = Address, Check = ConnectionField.WebAddress, Hint = $"{Address}, if empty." },
    ];

    public override SecretField Secret { get; } = new("Secret key", true)
    { Example = "sk_live_… or rk_live_…", Hint = "A restricted key needs to write customers and invoices." };

    public override SecretField? Second { get; } = new("Signing secret", false)
    { Example = "whsec_…", Hint = "Of the webhook at Stripe that posts to the address below; payments are noted by it." };

    public override IReadOnlyList<string> StepTypes { get; } =
        ["generate_recurring_invoice", "invoice_reminder_loop", "stripe_invoice_generation"];

    public override (string Words, string Address)? OtherSide(Guid workspaceId) => callbacks.Asked(
        GatewayCallbacks.Stripe, workspaceId, "Have a webhook at Stripe post the events invoice.paid and invoice.voided");

    public override Task<Answer<string>> TryAsync(Tenant tenant, Connection connection, CancellationToken cancellationToken) =>
        account.TryAsync(connection, cancellationToken);

    protected override string? CheckSecret(Connection connection) =>
        HttpHeaderRule.ValueProblem("Authorization", StripeAccount.Key(connection)) is not null
            ? "A key holds letters from A to Z, digits and plain signs alone. Enter it again."
            : StripeAccount.Key(connection).StartsWith("pk_", StringComparison.Ordinal)
                ? "This is the publishable key, which can do nothing here. Enter the secret key, which begins with sk_ or rk_."
                : null;
}
