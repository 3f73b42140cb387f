using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Api.Routes;

/// <summary>The log of a run: line by line behind <c>after</c>, or with <c>follow=true</c> as it is written.</summary>
internal sealed class RunLogs(ReadRun runs, ListDialectRuns list, RunStreams streams)
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Answers in a dialect's form.</summary>
    /// <param name="call">The request.</param>
    /// <param name="form">The form.</param>
    /// <param name="runId">The run.</param>
    /// <param name="workflowId">The workflow to which it has to belong; null for any.</param>
    public Task<ApiAnswer> AnswerAsync(ApiCall call, DialectForm form, Guid runId, Guid? workflowId = null) =>
        AnswerAsync(call, runId, workflowId, line => Bytes(w => form.Line(w, line)), (lines, limit) => form.List(
            call, "logs", lines, form.Line, new ListEnd(limit, "after", lines is [.., var last] ? last.Seq : null)));

    /// <summary>Answers in words that a dialect has of its own.</summary>
    /// <param name="call">The request.</param>
    /// <param name="runId">The run.</param>
    /// <param name="workflowId">The workflow to which it has to belong; null for any.</param>
    /// <param name="line">Writes a line of the stream.</param>
    /// <param name="page">Answers lines, of which there could be so many.</param>
    public async Task<ApiAnswer> AnswerAsync(
        ApiCall call, Guid runId, Guid? workflowId, Func<RunLogEntry, byte[]> line, Func<IReadOnlyList<RunLogEntry>, int, ApiAnswer> page)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var (limit, after, follows) =
            (Math.Min(query.Count("limit", ReadRun.MaxLines), ReadRun.MaxLines), query.Place("after", query.Text("after")),
            query.Flag("follow"));
        if (query.Refusal is { } refusal) return call.Dialect.Refuse(refusal);
        if (workflowId is not null)
        {
            var found = await list.FindAsync(call.Caller, runId, workflowId, cancellationToken: call.Aborted);
            if (!found.Ok) return call.Dialect.Refuse(found.Problem);
        }

        // there is no end of a stream whose head could be told
        return follows && !HttpMethods.IsHead(call.Http.Request.Method)
            ? await streams.FollowAsync(call, runId, line)
            : await call.ReadAsync(runs.LogAsync(call.Caller, runId, after, limit, call.Aborted), lines => page(lines, limit));
    }

    private static byte[] Bytes(Action<Utf8JsonWriter> fields)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var w = new Utf8JsonWriter(buffer, Writing))
        {
            w.WriteStartObject();
            fields(w);
            w.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
