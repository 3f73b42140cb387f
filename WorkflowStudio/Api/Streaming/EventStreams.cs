using System.Globalization;
using System.Text;
using WorkflowStudio.Limits;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Api.Streaming;

/// <summary>
/// A run as server-sent events (WHATWG HTML, section 9.2): <c>line</c> for each line with its number as the id, <c>gap</c> where lines came
/// faster than they were sent and are read from the journal, <c>end</c> after the last, <c>closed</c> where the right to see it was lost.
/// A comment every 15 seconds keeps proxies from
/// closing.
/// </summary>
internal sealed class EventStreams(FollowRun follow, OpenStreams places, TimeProvider clock)
{
    /// <summary>How long nothing is sent at most, and how long a revoked key may go on listening.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private const string Closed = $"event: closed\ndata: {{\"message\":\"{FollowRun.NotAnyMore}\"}}\n\n";

    /// <summary>
    /// Opens a stream after a place in the journal; a dialect says how a line is written. 204 when there is nothing more to come: then a
    /// browser does not ask again.
    /// </summary>
    public async Task<Result<ApiAnswer>> OpenAsync(ApiCall call, Guid runId, long after, Func<RunLogEntry, byte[]> write)
    {
        var opened = await follow.OpenAsync(call.Caller, runId, after, call.Aborted);
        if (opened.Problem is { } problem) return problem;
        var stream = opened.Value!;
        if (stream.IsOver)
        {
            stream.Dispose();
            return ApiAnswer.Nothing;
        }

        if (!places.TryOpen(call.Caller.KeyId ?? call.Caller.UserId ?? default, out var place))
        {
            stream.Dispose();
            return call.Dialect.Refuse(ApiProblem.TooManyStreams);
        }

        call.Http.Response.Headers.CacheControl = "no-store";
        call.Http.Response.Headers["X-Accel-Buffering"] = "no"; // nginx would gather what is small
        return new ApiAnswer(StatusCodes.Status200OK, default)
        {
            ContentType = "text/event-stream", Stream = async (response, aborted) =>
        {
            using (place)
            using (stream)
                await SendAsync(
                    stream, response, write, async () => await call.MayStay() && await stream.MayStayAsync(call.Caller, aborted), aborted);
        }
        };
    }

    private async Task SendAsync(RunLogStream stream, HttpResponse response, Func<RunLogEntry, byte[]> write, Func<ValueTask<bool>> mayStay,
        CancellationToken aborted)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        await using var batches = stream.ReadAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        await response.Body.FlushAsync(aborted); // the head at once: the client knows that it is let in
        var next = batches.MoveNextAsync().AsTask();
        var beat = Task.Delay(Heartbeat, clock, stop.Token);
        while (true)
        {
            if (await Task.WhenAny(next, beat) == beat)
            {
                if (aborted.IsCancellationRequested) break;
                if (!await mayStay())
                {
                    await response.WriteAsync(Closed, aborted);
                    await response.Body.FlushAsync(aborted);
                    break;
                }

                await response.WriteAsync(": still there\n\n", aborted);
                beat = Task.Delay(Heartbeat, clock, stop.Token);
            }
            else
            {
                if (!await next) break;
                await WriteAsync(response, batches.Current, write, aborted);
                next = batches.MoveNextAsync().AsTask();
            }

            await response.Body.FlushAsync(aborted);
        }

        if (stream.IsOver) await response.WriteAsync("event: end\ndata: {}\n\n", aborted);
        await stop.CancelAsync();
        // ended before it is disposed
        await next.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private static async Task WriteAsync(
        HttpResponse response, RunLogBatch batch, Func<RunLogEntry, byte[]> write, CancellationToken aborted)
    {
        if (batch.Gap)
            await response.WriteAsync(
                "event: gap\ndata: {\"message\":\"Lines came faster than they were sent. They follow from the journal.\"}\n\n", aborted);
        foreach (var line in batch.Lines)
        {
            await response.WriteAsync(
                "id: " + line.Seq.ToString(CultureInfo.InvariantCulture) + "\nevent: line\ndata: ", Encoding.UTF8, aborted);
            await response.Body.WriteAsync(write(line), aborted); // JSON has no line breaks outside of its texts, and escapes them there
            await response.WriteAsync("\n\n", aborted);
        }
    }
}
