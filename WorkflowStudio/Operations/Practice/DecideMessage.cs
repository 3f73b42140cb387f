using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Practice;

/// <summary>
/// Decides about a message of which nobody knows whether it went out, and sends again what did not. A run that waits for it goes on.
/// </summary>
public sealed class DecideMessage(OutboxQueries queries, MessageDecisions decisions, WorkflowAccess access)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ResendOutbox;

    /// <summary>Says that it went out, or that it is not sent any more.</summary>
    public async Task<Result<MessageStatus>> SettleAsync(
        Caller caller, Guid id, bool arrived, CancellationToken cancellationToken = default)
    {
        if (await RefuseAsync(caller, id, cancellationToken) is { } refused) return refused;
        return Told(await decisions.SettleAsync(caller.Tenant, id, arrived, caller.Name, cancellationToken));
    }

    /// <summary>Sends it again.</summary>
    public async Task<Result<SentMessage>> ResendAsync(Caller caller, Guid id, CancellationToken cancellationToken = default)
    {
        if (await RefuseAsync(caller, id, cancellationToken) is { } refused) return refused;
        return Told(await decisions.ResendAsync(caller.Tenant, id, cancellationToken));
    }

    private async Task<OperationProblem?> RefuseAsync(Caller caller, Guid id, CancellationToken cancellationToken) =>
        caller.Refuse(Needs) ?? (await queries.FindAsync(await access.SeenAsync(caller, cancellationToken), id, cancellationToken) is null
            ? new OperationProblem.NotFound("message")
            : null);

    private static Result<T> Told<T>(Answer<T> answer) => answer.Has(out var value, out var problem)
        ? value
        : new OperationProblem.Conflict(problem.Code, problem.Message);
}
