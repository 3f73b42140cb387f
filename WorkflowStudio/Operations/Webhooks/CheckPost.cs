using WorkflowStudio.Engine.Nodes.Triggers;
using WorkflowStudio.Engine.Webhooks.Inbound;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Operations.Webhooks;

/// <summary>
/// Whether a post to a webhook is signed as its trigger asks. Where the secret is missing nobody gets in; the trigger log tells the owner
/// what the sender is not told.
/// </summary>
internal sealed class CheckPost(PostSecrets secrets, RefusedPosts refused, TimeProvider clock)
{
    /// <summary>The reason in the trigger log of a post that is not signed, or not well.</summary>
    public const string Unsigned = "not_signed";

    /// <summary>The reason in the trigger log while there is no secret to check with.</summary>
    public const string NoSecret = "webhook_secret";

    /// <param name="workflow">Whose webhook it is.</param>
    /// <param name="settings">What its trigger asks for.</param>
    /// <param name="header">The value of a header; null when it was not sent, or more than once.</param>
    /// <param name="body">The body as it came.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<bool> IsGoodAsync(
        ActiveWorkflow workflow, SignatureSettings settings, Func<string, string?> header, ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken)
    {
        var name = settings.Connection?.Trim() ?? "";
        var found = name.Length == 0 ? [] : await secrets.FindAsync(workflow.Tenant, name, cancellationToken);
        var canCheck = settings.Scheme is { } scheme && found.Any(s => PostSignature.Fits(scheme, s));
        if (canCheck && PostSignature.IsGood(settings, header, body.Span, found, clock.GetUtcNow())) return true;
        await refused.NoteAsync(workflow, canCheck ? Unsigned : NoSecret, name, cancellationToken);
        return false;
    }
}
