using WorkflowStudio.Api.Streaming;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Api.Routes;

/// <summary>Follows a run as server-sent events; the dialect says how a line is written.</summary>
internal sealed class RunStreams(EventStreams streams)
{
    /// <summary>Opens the stream behind the place that the client has come to.</summary>
    public async Task<ApiAnswer> FollowAsync(ApiCall call, Guid runId, Func<RunLogEntry, byte[]> line)
    {
        // a browser that was cut off says where it was in a header; the first time the address may say it
        var query = new QueryReader(call.Http.Request.Query);
        var after = query.Place(
            "after", call.Http.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } header ? header : query.Text("after"));
        return query.Refusal is { } refusal
            ? call.Dialect.Refuse(refusal)
            : await call.ReadAsync(streams.OpenAsync(call, runId, after, line), answer => answer);
    }
}
