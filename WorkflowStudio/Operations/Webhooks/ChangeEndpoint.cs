using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Engine.Webhooks;

namespace WorkflowStudio.Operations.Webhooks;

/// <summary>Changes an endpoint; what is not named stays. Its secret stays, too.</summary>
internal sealed class ChangeEndpoint(
    IStudioWriter writer, EndpointStore store, EndpointWrites endpoints, GuardedHttpOptions allowed, TimeProvider clock)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageWebhooks;

    public async Task<Result<EndpointFacts>> RunAsync(
        Caller caller, Guid id, EndpointChange change, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        // its dialect never changes
        if (await store.FindAsync(caller.Seen, id, cancellationToken) is not { } now) return new OperationProblem.NotFound("webhook");
        var problems = EndpointCheck.Problems(
            now.Dialect, change.Address, change.Description, change.Events, allowed, out var chosen);
        if (problems.Count > 0) return EndpointCheck.Invalid(problems);
        return await writer.WriteAsync<Result<EndpointFacts>>(
            caller.Tenant.WorkspaceId,
            write =>
            {
                if (endpoints.Change(write, caller.Seen, id) is not { } row) return new OperationProblem.NotFound("webhook");
                (row.Address, row.Description) = (change.Address ?? row.Address, change.Description ?? row.Description);
                if (change.Events is not null) row.Events = chosen;
                if (change.IsOn is { } on) row.IsOn = on;
                if (change.IsOn is not null || change.Address is not null) (row.OffReason, row.FailingSince) = (null, null);
                row.UpdatedAt = clock.GetUtcNow();
                return EndpointFacts.Of(row);
            },
            cancellationToken);
    }
}

/// <summary>What is to be changed; null leaves it as it is. The limits are those of <see cref="NewEndpoint"/>.</summary>
internal sealed record EndpointChange(
    string? Address = null, string? Description = null, IReadOnlyList<string>? Events = null, bool? IsOn = null);

/// <summary>Removes an endpoint. What was still to be sent to it is not.</summary>
internal sealed class RemoveEndpoint(IStudioWriter writer, EndpointWrites endpoints)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageWebhooks;

    /// <summary>Answers its id.</summary>
    public async Task<Result<Guid>> RunAsync(Caller caller, Guid id, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return await writer.WriteAsync<Result<Guid>>(
            caller.Tenant.WorkspaceId,
            write => endpoints.Remove(write, caller.Seen, id) ? id : new OperationProblem.NotFound("webhook"),
            cancellationToken);
    }
}

/// <summary>Gives an endpoint a new secret, which is shown this once.</summary>
internal sealed class RotateSecret(IStudioWriter writer, EndpointWrites endpoints, ISecretProtector protector, TimeProvider clock)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageWebhooks;

    /// <summary>How long the old secret counts in the services dialect.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromDays(7);

    private static readonly TimeSpan MostOverlap = TimeSpan.FromDays(30);

    /// <param name="caller">Who asks.</param>
    /// <param name="id">The endpoint.</param>
    /// <param name="overlap">How long is signed with the old secret, too, at most 30 days; zero ends it at once.</param>
    /// <param name="answer">Makes the answer that is stored with it, for requests with an Idempotency-Key.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<Result<CreatedEndpoint>> RunAsync(
        Caller caller, Guid id, TimeSpan overlap, Func<CreatedEndpoint, KeptAnswer?>? answer = null,
        CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var secret = WebhookSecret.New();
        var made = protector.Protect(secret);
        var now = clock.GetUtcNow();
        return await writer.WriteAsync<Result<CreatedEndpoint>>(
            caller.Tenant.WorkspaceId,
            write =>
            {
                if (endpoints.Change(write, caller.Seen, id) is not { } row) return new OperationProblem.NotFound("webhook");
                var counts = overlap > TimeSpan.Zero;
                row.ProtectedFormer = counts ? row.ProtectedSecret : null;
                row.FormerUntil = counts ? now + (overlap < MostOverlap ? overlap : MostOverlap) : null;
                (row.ProtectedSecret, row.UpdatedAt) = (made, now);
                var rotated = new CreatedEndpoint(EndpointFacts.Of(row), secret);
                write.Record(answer?.Invoke(rotated));
                return rotated;
            },
            cancellationToken);
    }
}
