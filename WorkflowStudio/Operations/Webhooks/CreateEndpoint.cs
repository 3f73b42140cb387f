using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Engine.Webhooks;

namespace WorkflowStudio.Operations.Webhooks;

/// <summary>Makes an endpoint. Its secret is shown this once and stored encrypted.</summary>
internal sealed class CreateEndpoint(
    IStudioWriter writer, EndpointWrites endpoints, ISecretProtector protector, GuardedHttpOptions allowed, IdFactory ids,
    TimeProvider clock)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageWebhooks;

    /// <param name="caller">Who asks.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="answer">Makes the answer that is stored with it, for requests with an Idempotency-Key.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<Result<CreatedEndpoint>> RunAsync(
        Caller caller, NewEndpoint endpoint, Func<CreatedEndpoint, KeptAnswer?>? answer = null,
        CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var problems = EndpointCheck.Problems(
            endpoint.Dialect, endpoint.Address, endpoint.Description, endpoint.Events, allowed, out var chosen).ToList();
        if (problems.Count > 0) return EndpointCheck.Invalid(problems);
        var (secret, now) = (WebhookSecret.New(), clock.GetUtcNow());
        var made = protector.Protect(secret);
        var id = ids.New();
        return await writer.WriteAsync<Result<CreatedEndpoint>>(
            caller.Tenant.WorkspaceId,
            write =>
            {
                if (endpoint.WorkflowId is { } workflow && write.FindWorkflow(caller.Seen, workflow) is null)
                    return EndpointCheck.Invalid(
                        [EndpointCheck.Wrong("workflow_id", "There is no workflow with this id. Name one, or leave it out for all.")]);
                var row = new EndpointRow
                {
                    Id = id,
                    WorkspaceId = caller.Tenant.WorkspaceId,
                    Environment = caller.Tenant.Environment,
                    WorkflowId = endpoint.WorkflowId,
                    Address = endpoint.Address,
                    Description = endpoint.Description,
                    Dialect = endpoint.Dialect,
                    Events = chosen,
                    IsOn = endpoint.IsOn,
                    ProtectedSecret = made,
                    CreatedAt = now,
                    UpdatedAt = now,
                };
                if (!endpoints.Add(write, row))
                    return new OperationProblem.Conflict("too_many_endpoints",
                        $"There are {EndpointRules.Most} endpoints already, as many as there can be. Remove one that is not needed.");
                var created = new CreatedEndpoint(EndpointFacts.Of(row), secret);
                write.Record(answer?.Invoke(created));
                return created;
            },
            cancellationToken);
    }
}

/// <summary>An endpoint to be made.</summary>
/// <param name="Dialect">In whose words it is told.</param>
/// <param name="Address">An https address; http only where STUDIO_ALLOWED_HOSTS names its host. At most 2,000 characters.</param>
/// <param name="Events">1 to 16 events of the dialect.</param>
internal sealed record NewEndpoint(WebhookDialect Dialect, string Address, IReadOnlyList<string> Events)
{
    /// <summary>At most 500 characters.</summary>
    public string Description { get; init; } = "";

    /// <summary>The only workflow that it hears of; null for all of the environment.</summary>
    public Guid? WorkflowId { get; init; }

    /// <summary>Whether it is told anything.</summary>
    public bool IsOn { get; init; } = true;
}

/// <summary>An endpoint that was made.</summary>
/// <param name="Facts">The endpoint.</param>
/// <param name="Secret">Its secret, <c>whsec_…</c>: the only time that it is seen.</param>
internal sealed record CreatedEndpoint(EndpointFacts Facts, string Secret);
