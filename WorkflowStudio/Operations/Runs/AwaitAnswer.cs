using System.Text.Json;
using WorkflowStudio.Engine.Feed;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Operations.Runs;

/// <summary>
/// Waits for what a run answers to the post that started it: the first answer of a step that gives one, else its last output. The feed
/// tells, once it is durable; the database is asked once, for what came before.
/// </summary>
internal sealed class AwaitAnswer(RunFeed feed, RunViews views, RunHistory history, TimeProvider clock)
{
    private const string Respond = "respond";

    /// <summary>What it answers; null when there is nothing yet as the time is over.</summary>
    /// <param name="tenant">Whose run it is.</param>
    /// <param name="runId">The run.</param>
    /// <param name="longest">How long to wait.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<RunAnswer?> RunAsync(Tenant tenant, Guid runId, TimeSpan longest, CancellationToken cancellationToken)
    {
        using var time = new CancellationTokenSource(longest, clock);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, time.Token);
        using var subscription = feed.Subscribe(runId); // before the snapshot: what happens in between is told twice
        try
        {
            return await FindAsync(tenant, runId, subscription, patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<RunAnswer?> FindAsync(
        Tenant tenant, Guid runId, RunSubscription subscription, CancellationToken cancellationToken)
    {
        if (await views.ReadAsync(tenant, runId, cancellationToken) is not { } view) return null;
        foreach (var entry in view.Entries)
            if (Of(view, entry) is { } found) return found;
        await foreach (var batch in subscription.ReadAtOnceAsync(cancellationToken))
        {
            var isWhole = !batch.Gap;
            foreach (var told in batch.Entries)
            {
                if (!isWhole || !(isWhole = view.TryApply([told.Entry]))) break;
                if (Of(view, told.Entry) is { } found) return found;
            }

            if (isWhole) continue;
            await foreach (var entry in history.ReadAsync(runId, view.State.Seq, cancellationToken))
            {
                view.TryApply([entry]);
                if (Of(view, entry) is { } found) return found;
            }
        }

        return null;
    }

    private static RunAnswer? Of(RunView view, JournalEntry entry) => entry.Event switch
    {
        RunEvent.StepCompleted step when view.Version.Definition.Node(step.Node)?.Type == Respond => new RunAnswer.Given(step.Output),
        RunEvent.RunCompleted => new RunAnswer.Ended(view.State.Output.ValueKind != JsonValueKind.Undefined
            ? view.State.Output
            : view.Version.Definition.Nodes.Select(n => view.Step(n.Id)).Where(s => s.Status == StepStatus.Done).MaxBy(s => s.EndedSeq)
                ?.Output ?? default),
        RunEvent.RunFailed or RunEvent.RunCanceled => new RunAnswer.Failed(),
        _ => null,
    };
}

/// <summary>What a run answers to the post that started it.</summary>
internal abstract record RunAnswer
{
    private RunAnswer()
    {
    }

    /// <summary>A step answered: <c>{status, body, headers}</c>.</summary>
    public sealed record Given(JsonElement Answer) : RunAnswer;

    /// <summary>It ended well, and no step had answered.</summary>
    /// <param name="Output">Its last output; undefined for none.</param>
    public sealed record Ended(JsonElement Output) : RunAnswer;

    /// <summary>It failed or was canceled before it answered.</summary>
    public sealed record Failed : RunAnswer;
}
