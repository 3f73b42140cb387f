using WorkflowStudio.Engine.Practice.Messages.Conversations;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Operations.Practice;

/// <summary>Shows what was written with clients, by number and address. What a hidden workflow wrote stays hidden.</summary>
public sealed class ReadConversations(ConversationQueries queries, TalkMessages messages, WorkflowAccess access)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ViewData;

    private const int MaxTake = 100;

    /// <summary>One page, the last written in first.</summary>
    public async Task<Result<WorkflowPage<ConversationItem>>> PageAsync(
        Caller caller, ConversationFilter filter, int skip, int take, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var (items, total) = await queries.PageAsync(
            await access.SeenAsync(caller, cancellationToken), filter, Math.Max(0, skip), Math.Clamp(take, 1, MaxTake), cancellationToken);
        return new WorkflowPage<ConversationItem>(items, total);
    }

    /// <summary>How many conversations wait to be read.</summary>
    public async Task<Result<int>> UnreadAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return await queries.UnreadAsync(await access.SeenAsync(caller, cancellationToken), cancellationToken);
    }

    /// <summary>One.</summary>
    public async Task<Result<ConversationItem>> FindAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return await queries.FindAsync(await access.SeenAsync(caller, cancellationToken), id, cancellationToken) is { } found
            ? found
            : new OperationProblem.NotFound("conversation");
    }

    /// <summary>One page of messages in both directions, the newest first.</summary>
    public async Task<Result<WorkflowPage<TalkMessage>>> MessagesAsync(
        Caller caller, MessageFilter filter, int skip, int take, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var (items, total) = await messages.PageAsync(
            await access.SeenAsync(caller, cancellationToken), filter, Math.Max(0, skip), Math.Clamp(take, 1, MaxTake), cancellationToken);
        return new WorkflowPage<TalkMessage>(items, total);
    }

    /// <summary>One message.</summary>
    public async Task<Result<TalkMessage>> MessageAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return await messages.FindAsync(await access.SeenAsync(caller, cancellationToken), id, cancellationToken) is { } found
            ? found
            : new OperationProblem.NotFound("message");
    }
}
