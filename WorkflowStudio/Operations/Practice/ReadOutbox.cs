using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Practice;

/// <summary>A message in the outbox; <paramref name="Said"/> is what the gateway said to it, or why it could not go out.</summary>
public sealed record OutboxMessage(
    Guid Id, MessageChannel Channel, string To, string From, string? Subject, string Body, MessageStatus Status, bool Captured, Guid? RunId,
    DateTimeOffset At, string Said)
{
    /// <summary>Of a single message that is an e-mail the same as HTML, as it was written: not safe to show; null for none.</summary>
    public string? Html { get; init; }
}

/// <summary>A page of a list.</summary>
/// <param name="Total">How many there are on all pages, as far as they are counted.</param>
/// <param name="AndMore">Whether there are more.</param>
/// <param name="Next">What the next page is asked for with; null at the end.</param>
public sealed record ListPage<T>(IReadOnlyList<T> Items, int Total, bool AndMore, Guid? Next);

/// <summary>Lists the messages that workflows have sent or kept.</summary>
public sealed class ReadOutbox(OutboxQueries queries, RunAccess runs, WorkflowAccess access)
{
    private const int PageLength = 50;

    /// <summary>
    /// One page, newest first, of what is older than <paramref name="before"/>; <paramref name="channel"/> null means all.
    /// </summary>
    public async Task<Result<ListPage<OutboxMessage>>> PageAsync(
        Caller caller, MessageChannel? channel, Guid? before, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Permission.ViewData) is { } refusal) return refusal;
        var found = await queries.ListAsync(await access.SeenAsync(caller, cancellationToken), channel, before, PageLength,
            cancellationToken);
        return new ListPage<OutboxMessage>([.. found.Items.Select(Read)], found.Total, found.AndMore, found.Next);
    }

    /// <summary>One message, with all that it holds.</summary>
    public async Task<Result<OutboxMessage>> FindAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Permission.ViewData) is { } refusal) return refusal;
        return await queries.FindAsync(await access.SeenAsync(caller, cancellationToken), id, cancellationToken) is { } item
            ? Read(item)
            : new OperationProblem.NotFound("message");
    }

    /// <summary>The messages of one run, oldest first.</summary>
    public async Task<Result<List<OutboxMessage>>> OfRunAsync(Caller caller, Guid runId, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Permission.ViewData) is { } refusal) return refusal;
        var run = await runs.FindAsync(caller, runId, Permission.ViewRuns, tests: false, cancellationToken: cancellationToken);
        if (!run.Ok) return run.Problem;
        if (run.Value.IsVeiled) return new List<OutboxMessage>();
        return (await queries.OfRunAsync(caller.Tenant, runId, cancellationToken)).Select(Read).ToList();
    }

    private static OutboxMessage Read(OutboxItem item) => new(
        item.Id, item.Channel, item.To, item.From, item.Subject, item.Body, item.Status, item.Captured, item.RunId, item.CreatedAt,
        item.Said)
    { Html = item.Html };
}
