using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Payments;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Triggers;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Engine.Webhooks.Inbound;

namespace WorkflowStudio.Operations.Practice;

/// <summary>
/// Takes what the payment account of a workspace posts: which bills were paid or taken back. It has no key: the signature, made with the
/// signing secret of the connection, says who it is.
/// </summary>
internal sealed class TakePaymentPost(IConnections connections, IInvoicing invoices, TimeProvider clock)
{
    private static readonly SignatureSettings Signed = new() { Scheme = SignatureScheme.Stripe };

    /// <summary>Takes a post. False where it is not signed as it has to be, or nobody is there to have signed it.</summary>
    /// <param name="workspaceId">The workspace that the address names.</param>
    /// <param name="body">The body as it came.</param>
    /// <param name="signature">The signature; null for none.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<bool> RunAsync(
        Guid workspaceId, ReadOnlyMemory<byte> body, string? signature, CancellationToken cancellationToken)
    {
        var tenant = new Tenant(workspaceId, StudioEnvironment.Live);
        if (signature is null
            || await connections.FindAsync(tenant, ConnectionKinds.Stripe, cancellationToken) is not { } connection
            || StripePosts.SigningSecret(connection) is not { } secret
            || !PostSignature.IsGood(
                Signed, name => name == "Stripe-Signature" ? signature : null, body.Span, [secret], clock.GetUtcNow())) return false;
        if (StripePosts.Read(body) is { } told)
            await invoices.NoteBillAsync(tenant, told.BillId, told.InvoiceId, told.IsPaid, cancellationToken);
        return true;
    }
}
