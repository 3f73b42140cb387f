using System.Text.Json;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Queries;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.Dialects.Graph;

/// <summary>Runs: how they stand, what they did, and what is asked of them: cancel, pause, resume, wake, signal, retry.</summary>
internal sealed class GraphExecutions(
    ReadRun executions, ListDialectRuns list, RunStreams streams, RunLogs logs, ControlRun control, RepeatRun repeat) : IDialectEndpoints
{
    private const int DefaultLimit = 20;

    public IDialect Dialect => GraphDialect.Instance;

    public void Map(DialectRoutes routes)
    {
        routes.Get("/executions", ListDialectRuns.Needs, ListAsync);
        routes.Get("/executions/{id}/status", ReadRun.Needs,
            call => call.ReadAsync(executions.StatusAsync(call.Caller, call.Id(), call.Aborted), GraphAnswers.Status));
        routes.Get("/executions/{id}/logs", ReadRun.Needs, call => logs.AnswerAsync(
            call, call.Id(), null, GraphAnswers.Line, (lines, _) => GraphAnswers.Log(call.Id(), lines)));
        routes.Follow("/executions/{id}/events", FollowRun.Needs, call => streams.FollowAsync(call, call.Id(), GraphAnswers.Line));
        Ask("cancel", (call, _, answer) => control.CancelAsync(call.Caller, call.Id(), answer, call.Aborted));
        Ask("pause", (call, _, answer) => control.PauseAsync(call.Caller, call.Id(), answer, call.Aborted));
        Ask("resume", (call, _, answer) => control.ResumeAsync(call.Caller, call.Id(), answer, call.Aborted));
        Ask("wake", (call, body, answer) => control.WakeAsync(call.Caller, call.Id(), body.Text("step"), answer, call.Aborted), body =>
            body.Text("step", "The step has to be the id of a node, or left out for all that wait for a time."));
        Ask("signal", (call, body, answer) => control.SignalAsync(
            call.Caller, call.Id(), body.Text("name")!, body.Field("data"), answer, call.Aborted), CheckSignal);
        routes.Post("/executions/{id}/retry", RepeatRun.Needs,
            call => call.WithObjectAsync(body => RetryAsync(call, new BodyReader(body)), mayBeEmpty: true));

        void Ask(string what, Func<ApiCall, BodyReader, KeptAnswer?, Task<Result<RunStatus>>> ask, Action<BodyReader>? check = null) =>
            routes.Post($"/executions/{{id}}/{what}", ControlRun.Needs,
                call => call.WithObjectAsync(body => AskAsync(call, new BodyReader(body), ask, check), mayBeEmpty: true));
    }

    // {} retries; {"iteration":{…}} one iteration; {"payload":{…}} or {"again":true}, perhaps with "version", runs everything again
    private static (string? Step, int Index, RunAgain? Again) ReadWish(BodyReader body)
    {
        const string iterationWrong = "An iteration has a step, the id of a for-each, and an index from 0.";
        (string? Step, int Index) iteration = default;
        if (body.Object("iteration", iterationWrong) is { ValueKind: JsonValueKind.Object } given)
        {
            var fields = new BodyReader(given);
            if (fields.Text("step") is { } step && fields.Index("index") is { } index) iteration = (step, index);
            else body.Wrong("iteration", iterationWrong);
        }

        var payload = body.Object("payload", "The payload has to be an object.");
        var again = payload is not null || body.Flag("again");
        var version = body.Text("version", "The version has to be active or same.");
        if (version is not (null or "active" or "same")) body.Wrong("version", "The version has to be active or same.");
        else if (version is not null && !again)
            body.Wrong("version", "A retry keeps the version. It can be chosen only together with payload or again.");
        if (again && iteration.Step is not null)
            body.Wrong("iteration", "An iteration is retried with the data it had. Leave out payload and again.");
        return (iteration.Step, iteration.Index, again ? new RunAgain(payload, version == "same") : null);
    }

    private static void CheckSignal(BodyReader body)
    {
        var wrong = $"The name of the signal is needed, 1 to {ControlRun.MaxSignal} characters.";
        if (body.Text("name", wrong) is not { Length: > 0 and <= ControlRun.MaxSignal } && body.Problems.Count == 0)
            body.Wrong("name", wrong);
    }

    private async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var (page, limit) = (query.Count("page", 1), Math.Min(query.Count("limit", DefaultLimit), ListDialectRuns.MaxTake));
        var (workflow, contact, cause) = (query.Text("workflow_id"), query.Text("contact_id"), query.Text("cause"));
        var statuses = GraphAnswers.StatusesOf(query.Text("status"));
        if (query.Text("status") is not null && statuses.Count == 0)
            query.Wrong("status", "The status has to be processing, queued, waiting, paused, completed, failed or canceled.");
        if (query.Refusal is { } refusal) return GraphProblems.Of(refusal);
        var filter = new NumberedRunFilter
        {
            Statuses = statuses, WorkflowId = IdOf(workflow), ContactId = IdOf(contact), Causes = cause is null ? null : [cause],
            Text = query.Text("search"),
        };
        var skip = (int)Math.Min((page - 1L) * limit, int.MaxValue);
        var found = await list.RunAsync(call.Caller, filter, skip, limit, call.Aborted);
        // a filter that names what is not there finds nothing
        if (found.Problem is OperationProblem.NotFound) found = new WorkflowPage<DialectRun>([], 0);
        return found.Ok ? GraphAnswers.Executions(found.Value, page, limit) : GraphProblems.Of(found.Problem);
    }

    private static Guid? IdOf(string? text) => text is null ? null : ShownId.TryRead(text, out var id) ? id : Guid.Empty;

    // the answer is made before it is asked: it is stored with what is asked, or not at all
    private async Task<ApiAnswer> AskAsync(
        ApiCall call, BodyReader body, Func<ApiCall, BodyReader, KeptAnswer?, Task<Result<RunStatus>>> ask, Action<BodyReader>? check)
    {
        check?.Invoke(body);
        if (body.Refusal is { } refusal) return GraphProblems.Of(refusal);
        var read = await executions.StatusAsync(call.Caller, call.Id(), ControlRun.Needs, call.Aborted);
        if (!read.Ok) return GraphProblems.Of(read.Problem);
        var answer = GraphAnswers.Asked(read.Value);
        return await call.ReadAsync(ask(call, body, call.Record?.Invoke(answer)), _ => answer);
    }

    private async Task<ApiAnswer> RetryAsync(ApiCall call, BodyReader body)
    {
        var wish = ReadWish(body);
        if (body.Refusal is { } refusal) return GraphProblems.Of(refusal);
        return await call.DoAsync<RepeatedExecution>(
            keep => wish switch
            {
                { Again: { } again } => repeat.AgainAsync(call.Caller, call.Id(), again, "api", keep, call.Aborted),
                { Step: { } step } => repeat.IterationAsync(call.Caller, call.Id(), step, wish.Index, keep, call.Aborted),
                _ => repeat.FromFailureAsync(call.Caller, call.Id(), keep, call.Aborted),
            },
            repeated => GraphAnswers.Enqueued(repeated.WorkflowId, repeated.Run, call.BaseUrl));
    }
}
