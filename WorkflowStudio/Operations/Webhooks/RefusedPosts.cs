using System.Collections.Concurrent;
using System.Text.Json;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Operations.Webhooks;

/// <summary>
/// Tells the owner of posts that were not signed, at most a line a minute for a workflow on each node: whoever forges posts may send many,
/// and must not fill the database.
/// </summary>
internal sealed class RefusedPosts(IStudioWriter writer, TimeProvider clock, ILogger<RefusedPosts> log)
{
    private const int Most = 10_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, Count> counts = new();

    /// <summary>One more was refused.</summary>
    public async ValueTask NoteAsync(ActiveWorkflow workflow, string reason, string connection, CancellationToken cancellationToken)
    {
        if (counts.Count >= Most) counts.Clear();
        if (counts.GetOrAdd(workflow.Id, static _ => new Count()).Take(clock.GetUtcNow()) is not { } posts) return;
        var line = new TriggerLogRow
        {
            WorkspaceId = workflow.Tenant.WorkspaceId,
            Environment = workflow.Tenant.Environment,
            WorkflowId = workflow.Id,
            At = clock.GetUtcNow(),
            Cause = "webhook",
            Outcome = TriggerOutcome.Refused,
            Reason = reason,
            Detail = JsonSerializer.Serialize(new { posts, connection }),
        };
        try
        {
            await writer.WriteAsync(workflow.Tenant.WorkspaceId, write => { write.Log(line); return 0; }, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // whether the owner can be told decides nothing for the sender
            log.LogWarning(e, "The trigger log of {Workflow} could not be told of refused posts", workflow.Id);
        }
    }

    private sealed class Count
    {
        private readonly Lock gate = new();
        private DateTimeOffset next;
        private int posts;

        // how many came since the last line; null while it is too early for another
        public int? Take(DateTimeOffset now)
        {
            lock (gate)
            {
                posts++;
                if (now < next) return null;
                var told = posts;
                (posts, next) = (0, now + Pause);
                return told;
            }
        }
    }
}
