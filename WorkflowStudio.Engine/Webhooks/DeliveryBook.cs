using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Webhooks;

/// <summary>
/// Who delivers what, and what came of it. A delivery that is taken is due again after <see cref="Lease"/>: when its server died it is sent
/// once more, with the same id, and no other node sends it meanwhile.
/// </summary>
internal sealed class DeliveryBook(IStudioWriter writer, EndpointListeners listeners, TimeProvider clock)
{
    /// <summary>How long a try belongs to whoever took it: far longer than it may take.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    /// <summary>How long an endpoint may fail before it is turned off.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(5);

    private const int Some = 500;

    /// <summary>
    /// Takes what is due of an endpoint, at most so many. Nothing when another node was faster; what is for an endpoint that is off or gone
    /// is given up.
    /// </summary>
    public Task<TakenDeliveries> TakeAsync(DeliveryLane lane, int most, CancellationToken cancellationToken) =>
        lane.WorkspaceId is { } workspace
            ? writer.WriteAsync(workspace, write => Take(write, lane.EndpointId, most), cancellationToken)
            : writer.WriteAsync(write => Drop(write, lane.EndpointId), cancellationToken);

    /// <summary>Writes down what a try came to.</summary>
    /// <param name="taken">The delivery as it was taken.</param>
    /// <param name="outcome">What it came to.</param>
    public Task<bool> RecordAsync(DeliveryRow taken, DeliveryOutcome outcome) =>
        writer.WriteAsync(taken.WorkspaceId, write => Record(write, taken, outcome), CancellationToken.None);

    /// <summary>Writes the outcome of a try into its row; the retry schedule says what comes next.</summary>
    internal static void Write(DeliveryRow row, DeliveryOutcome outcome, DateTimeOffset now, TimeSpan? next)
    {
        (row.Tries, row.LastTryAt) = (row.Tries + 1, now);
        (row.LastStatus, row.LastProblem, row.LastAnswer) = (outcome.Status, outcome.Problem, outcome.Answer);
        row.State = outcome.Problem is null ? DeliveryState.Delivered : next is null ? DeliveryState.GivenUp : DeliveryState.Pending;
        row.NextTryAt = row.State == DeliveryState.Pending ? (now + next!.Value).ToJournal() : null;
    }

    private TakenDeliveries Take(StudioWrite write, Guid endpointId, int most)
    {
        var now = clock.JournalNow();
        var endpoint = write.Db.Endpoints.AsNoTracking().SingleOrDefault(e => e.Id == endpointId);
        if (endpoint is null) return Drop(write, endpointId);
        var due = write.Db.Deliveries.Where(d => d.EndpointId == endpointId && d.NextTryAt != null && d.NextTryAt <= now)
            .OrderBy(d => d.NextTryAt).Take(endpoint.IsOn ? most : Some).ToList();
        if (endpoint.IsOn)
        {
            foreach (var row in due) row.NextTryAt = now + Lease;
            return new TakenDeliveries(endpoint, due);
        }

        foreach (var row in due)
            (row.State, row.NextTryAt, row.LastProblem) =
                (DeliveryState.GivenUp, null, endpoint.OffReason ?? "The endpoint was turned off.");
        return new TakenDeliveries(endpoint, []);
    }

    private static TakenDeliveries Drop(StudioWrite write, Guid endpointId)
    {
        write.Db.Deliveries.Where(d => d.EndpointId == endpointId && d.NextTryAt != null).ExecuteDelete();
        return new TakenDeliveries(null, []);
    }

    private bool Record(StudioWrite write, DeliveryRow taken, DeliveryOutcome outcome)
    {
        if (write.Db.Deliveries.SingleOrDefault(d => d.Id == taken.Id) is not { State: DeliveryState.Pending } row) return false;
        // it took too long and is tried elsewhere, or somebody wants it sent again: that try says how it goes on
        if (outcome.Problem is not null && row.NextTryAt != taken.NextTryAt) return false;
        var now = clock.GetUtcNow();
        var chance = RandomNumberGenerator.GetInt32(1_000) / 1_000d;
        var next = outcome.Status == DeliveryOutcome.Gone ? null : RetrySchedule.After(row.Tries + 1, outcome.RetryAfter, chance);
        Write(row, outcome, now, next);
        if (write.Db.Endpoints.SingleOrDefault(e => e.Id == row.EndpointId) is not { } endpoint) return true;
        if (outcome.Problem is null) endpoint.FailingSince = null;
        else Failed(write, endpoint, outcome, now);
        return true;
    }

    private void Failed(StudioWrite write, EndpointRow endpoint, DeliveryOutcome outcome, DateTimeOffset now)
    {
        endpoint.FailingSince ??= now;
        if (!endpoint.IsOn) return;
        endpoint.OffReason = outcome.Status == DeliveryOutcome.Gone
            ? "It answered 410: it wants nothing more."
            : now - endpoint.FailingSince >= Patience
                ? string.Create(CultureInfo.InvariantCulture, $"Nothing has arrived since {endpoint.FailingSince:yyyy-MM-dd}: turned off "
                    + $"after {Patience.TotalDays} days. The last failure: {outcome.Problem}")
                : null;
        if (endpoint.OffReason is null) return;
        (endpoint.IsOn, endpoint.UpdatedAt) = (false, now);
        write.AfterCommit(() => listeners.Forget(endpoint.WorkspaceId));
    }
}

/// <summary>What is to be sent now.</summary>
/// <param name="Endpoint">Where to; null when it is gone.</param>
/// <param name="Rows">The deliveries; may be none.</param>
internal sealed record TakenDeliveries(EndpointRow? Endpoint, IReadOnlyList<DeliveryRow> Rows);
