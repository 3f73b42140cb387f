using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.SignalR;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Identity;
using WorkflowStudio.Limits;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Keys;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Api.Streaming;

/// <summary>
/// Runs over SignalR, for clients with a key and for pages of a signed-in person. One stream for each run that is watched.
/// </summary>
internal sealed class RunsHub(
    KeyRing keys, CallerFactory callers, FollowRun follow, OpenStreams places, OwnAddress own, TimeProvider clock) : Hub
{
    public const string Path = "/hubs/runs";

    private const int MostStreams = 20;
    private const string NotAnyMore = "The key or the sign-in is not valid any more.";
    private const string CallerItem = "caller";
    private const string StreamsItem = "streams";

    /// <summary>Lets in who has a valid key or a sign-in; others are cut off.</summary>
    public override async Task OnConnectedAsync()
    {
        if (await CallerAsync() is not { } caller || caller.Refuse(FollowRun.Needs) is not null)
        {
            Context.Abort();
            return;
        }

        Context.Items[CallerItem] = caller;
        Context.Items[StreamsItem] = new StreamCount();
        await base.OnConnectedAsync();
    }

    /// <summary>
    /// The lines of a run after a place in its journal (0 from the start), in batches, at most ten a second; ends with the run. What is
    /// refused is told in an item: an exception would stand in the log of the server as a fault of its own.
    /// </summary>
    public async IAsyncEnumerable<RunLines> Watch(string id, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var count = (StreamCount)Context.Items[StreamsItem]!;
        if (!count.TryAdd(MostStreams))
        {
            yield return RunLines.Refused($"At most {MostStreams} runs can be watched over one connection.");
            yield break;
        }

        try
        {
            await foreach (var lines in FollowAsync(id, after, cancellationToken)) yield return lines;
        }
        finally
        {
            count.Remove();
        }
    }

    private async IAsyncEnumerable<RunLines> FollowAsync(
        string? id, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // asked again for every run, and while one is told: a key may have been revoked, a person may have signed out
        if (await CallerAsync() is not { } caller)
        {
            yield return RunLines.Refused(NotAnyMore);
            yield break;
        }

        using var place = places.TryOpen(caller.KeyId ?? caller.UserId ?? default, out var taken) ? taken : null;
        if (place is null)
        {
            yield return RunLines.Refused(ApiProblem.TooManyStreams.Message);
            yield break;
        }

        var run = ShownId.TryRead(id, out var runId) ? runId : Guid.Empty;
        var opened = await follow.OpenAsync(caller, run, Math.Max(0, after), cancellationToken);
        if (opened.Problem is { } problem)
        {
            yield return RunLines.Refused(problem.Message);
            yield break;
        }

        using var stream = opened.Value!;
        await foreach (var lines in TellAsync(stream, cancellationToken)) yield return lines;
    }

    // asked while lines come and while none do
    private async IAsyncEnumerable<RunLines> TellAsync(RunLogStream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var batches = stream.ReadAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        var next = batches.MoveNextAsync().AsTask();
        var (beat, again) = Beat();
        try
        {
            while (true)
            {
                if (await Task.WhenAny(beat, next) == beat || clock.GetUtcNow() >= again)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (await CallerAsync() is not { } now || !await stream.MayStayAsync(now, cancellationToken))
                    {
                        yield return RunLines.Refused(NotAnyMore);
                        yield break;
                    }

                    (beat, again) = Beat();
                    continue;
                }

                if (!await next) yield break;
                yield return RunLines.Of(batches.Current, stream.IsOver);
                next = batches.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            await stop.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // ended before it is disposed
        }

        (Task, DateTimeOffset) Beat() =>
            (Task.Delay(EventStreams.Heartbeat, clock, stop.Token), clock.GetUtcNow() + EventStreams.Heartbeat);
    }

    private async ValueTask<Caller?> CallerAsync()
    {
        if (Context.GetHttpContext() is not { } http) return null;
        if (KeyIn(http.Request) is { } key)
            return await keys.AuthenticateAsync(key, http.Connection.RemoteIpAddress, Context.ConnectionAborted);
        if (Context.User?.Identity?.IsAuthenticated != true || !own.IsFromOwnPage(http.Request)) return null;
        return await callers.CreateAsync(Context.User, Context.ConnectionAborted);
    }

    // browsers cannot set headers on a web socket: SignalR's own parameter takes the key there
    private static string? KeyIn(HttpRequest request) =>
        KeyHeader.Of(request) ?? (request.Query["access_token"].ToString() is { Length: > 0 } token ? token : null);

    private sealed class StreamCount
    {
        private int count;

        public bool TryAdd(int most)
        {
            if (Interlocked.Increment(ref count) <= most) return true;
            Interlocked.Decrement(ref count);
            return false;
        }

        public void Remove() => Interlocked.Decrement(ref count);
    }
}

/// <summary>What the hub sends of a run.</summary>
/// <param name="Lines">In order, none missing, none twice.</param>
/// <param name="Gap">The run told more than could be sent; what follows is read from the journal.</param>
/// <param name="End">Nothing comes after these.</param>
internal sealed record RunLines(IReadOnlyList<RunLine> Lines, bool Gap, bool End)
{
    /// <summary>Why nothing comes; it is the only item then, or the last one. Left out otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    public static RunLines Refused(string why) => new([], Gap: false, End: false) { Error = why };

    public static RunLines Of(RunLogBatch batch, bool end) => new([.. batch.Lines.Select(RunLine.Of)], batch.Gap, end);
}

/// <summary>One line, named as in the API.</summary>
internal sealed record RunLine(long Seq, DateTimeOffset Timestamp, string Level, string Event, string? NodeId, int Attempt, string Message)
{
    public static RunLine Of(RunLogEntry line) => new(line.Seq, line.At, line.Level, line.Event, line.NodeId, line.Attempt, line.Message);
}

/// <summary>Registers and maps the hub.</summary>
internal static class RunsHubSetup
{
    public static IServiceCollection AddRunsHub(this IServiceCollection services)
    {
        services.AddSignalR().AddJsonProtocol(o => o.PayloadSerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower);
        return services;
    }

    // the hub itself decides who comes in: a key is not known to the app's sign-in
    public static void MapRunsHub(this WebApplication app) => app.MapHub<RunsHub>(RunsHub.Path).AllowAnonymous();
}
