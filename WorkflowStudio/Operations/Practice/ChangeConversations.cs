using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Practice.Messages.Conversations;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Practice;

/// <summary>Puts conversations away and takes them up again, says whose they are, marks them as read, removes them.</summary>
public sealed class ChangeConversations(ConversationDesk desk, ReadConversations reading, WorkflowAccess access)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageData;

    /// <summary>Changes what is said of one.</summary>
    public async Task<Result<ConversationItem>> ChangeAsync(
        Caller caller, Guid id, ConversationChange change, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var done = await desk.ChangeAsync(await access.SeenAsync(caller, cancellationToken), id, change, cancellationToken);
        return done.Has(out _, out var problem) ? await reading.FindAsync(caller, id, cancellationToken) : Refused(problem);
    }

    /// <summary>Removes one with its messages.</summary>
    public async Task<Result<Guid>> RemoveAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var done = await desk.RemoveAsync(await access.SeenAsync(caller, cancellationToken), id, cancellationToken);
        return done.Has(out var gone, out var problem) ? gone : Refused(problem);
    }

    /// <summary>Removes one message.</summary>
    public async Task<Result<Guid>> RemoveMessageAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var done = await desk.RemoveMessageAsync(await access.SeenAsync(caller, cancellationToken), id, cancellationToken);
        return done.Has(out var gone, out var problem) ? gone : Refused(problem);
    }

    private static OperationProblem Refused(ConnectorProblem problem) => problem.Code switch
    {
        "conversation_unknown" => new OperationProblem.NotFound("conversation"),
        "message_unknown" => new OperationProblem.NotFound("message"),
        "contact_unknown" => ChangeRecords.Wrong([new("contactId", problem.Message)]),
        _ => new OperationProblem.Conflict(problem.Code, problem.Message),
    };
}
