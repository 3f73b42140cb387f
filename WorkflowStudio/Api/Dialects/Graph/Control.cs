using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Runtime.Runs;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Api.Dialects.Graph;

/// <summary>What is asked of runs: cancel, pause, resume, wake, signal, retry.</summary>
internal sealed class GraphControl(ApiGate gate, ControlRun control, RepeatRun repeat, ReadExecution executions)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        Add("cancel", (call, id) => AskAsync(call, id, _ => null, (_, answer) => control.CancelAsync(call.Caller, id, answer, call.Aborted)));
        Add("pause", (call, id) => AskAsync(call, id, _ => null, (_, answer) => control.PauseAsync(call.Caller, id, answer, call.Aborted)));
        Add("resume", (call, id) => AskAsync(call, id, _ => null, (_, answer) => control.ResumeAsync(call.Caller, id, answer, call.Aborted)));
        Add("wake", WakeAsync);
        Add("signal", SignalAsync);
        Add("retry", RetryAsync);

        void Add(string what, Func<ApiCall, Guid, Task<ApiAnswer>> answer) =>
            routes.MapPost($"/api/v1/executions/{{id}}/{what}", gate.Keyed(GraphDialect.Instance, Permission.RunWorkflows, call => answer(call, GraphEndpoints.IdOf(call)))).OutsideOfPages();
    }

    private Task<ApiAnswer> WakeAsync(ApiCall call, Guid id) => AskAsync(
        call, id,
        body => TryText(body, "step", out _) ? null : Wrong("step", "The step has to be the id of a node, or left out for all that wait for a time."),
        (body, answer) => control.WakeAsync(call.Caller, id, TextOf(body, "step"), answer, call.Aborted));

    private Task<ApiAnswer> SignalAsync(ApiCall call, Guid id) => AskAsync(
        call, id,
        body => TextOf(body, "name") is { Length: > 0 and <= ControlRun.MaxSignal } ? null : Wrong("name", $"The name of the signal is needed, 1 to {ControlRun.MaxSignal} characters."),
        (body, answer) => control.SignalAsync(call.Caller, id, TextOf(body, "name")!, body.TryGetProperty("data", out var data) ? data : default, answer, call.Aborted));

    // the answer is made before it is asked: it is stored with what is asked, or not at all
    private async Task<ApiAnswer> AskAsync(ApiCall call, Guid id, Func<JsonElement, ApiProblem?> check, Func<JsonElement, KeptAnswer?, Task<Result<RunStatus>>> ask)
    {
        if (!call.TryObject(out var body, out var refusal, mayBeEmpty: true)) return GraphProblems.Of(refusal!);
        if (check(body) is { } problem) return GraphProblems.Of(problem);
        var read = await executions.StatusAsync(call.Caller, id, Permission.RunWorkflows, call.Aborted);
        if (!read.Ok) return GraphProblems.Of(read.Problem);
        var answer = GraphAnswers.Asked(read.Value);
        var asked = await ask(body, call.Record?.Invoke(answer));
        return asked.Ok ? answer : GraphProblems.Of(asked.Problem);
    }

    private async Task<ApiAnswer> RetryAsync(ApiCall call, Guid id)
    {
        if (!call.TryObject(out var body, out var refusal, mayBeEmpty: true)) return GraphProblems.Of(refusal!);
        if (!TryRead(body, out var wish, out var problem)) return GraphProblems.Of(problem!);
        Func<RepeatedExecution, KeptAnswer?>? record = call.Record is { } keep ? r => keep(GraphAnswers.Enqueued(r.WorkflowId, r.Run, call.BaseUrl)) : null;
        var repeated = wish switch
        {
            { Step: { } step } => await repeat.IterationAsync(call.Caller, id, step, wish.Index, record, call.Aborted),
            { Again: { } again } => await repeat.AgainAsync(call.Caller, id, again, "api", record, call.Aborted),
            _ => await repeat.FromFailureAsync(call.Caller, id, record, call.Aborted),
        };
        return repeated.Ok ? GraphAnswers.Enqueued(repeated.Value.WorkflowId, repeated.Value.Run, call.BaseUrl) : GraphProblems.Of(repeated.Problem);
    }

    // {} retries; {"iteration":{…}} one iteration; {"payload":{…}} or {"again":true}, perhaps with "version", runs everything again
    private static bool TryRead(JsonElement body, out (string? Step, int Index, RunAgain? Again) wish, out ApiProblem? problem)
    {
        wish = default;
        problem = null;
        if (body.TryGetProperty("iteration", out var iteration))
        {
            if (iteration.ValueKind == JsonValueKind.Object && TryText(iteration, "step", out var step) && step is not null
                && iteration.TryGetProperty("index", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var index) && index >= 0)
                wish = (step, index, null);
            else
                problem = Wrong("iteration", "An iteration has a step, the id of a for-each, and an index from 0.");
        }

        var hasPayload = body.TryGetProperty("payload", out var payload);
        var again = hasPayload || (body.TryGetProperty("again", out var flag) && flag.ValueKind == JsonValueKind.True);
        if (hasPayload && payload.ValueKind != JsonValueKind.Object) problem = Wrong("payload", "The payload has to be an object.");
        if (!TryText(body, "version", out var version) || version is not (null or "active" or "same")) problem = Wrong("version", "The version has to be active or same.");
        else if (version is not null && !again) problem = Wrong("version", "A retry keeps the version. It can be chosen only together with payload or again.");
        if (again && wish.Step is not null) problem = Wrong("iteration", "An iteration is retried with the data it had. Leave out payload and again.");
        if (again) wish = wish with { Again = new RunAgain(hasPayload ? payload : null, version == "same") };
        return problem is null;
    }

    private static bool TryText(JsonElement body, string field, out string? text)
    {
        text = null;
        if (!body.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null) return true;
        if (value.ValueKind != JsonValueKind.String) return false;
        text = value.GetString();
        return true;
    }

    private static string? TextOf(JsonElement body, string field) => TryText(body, field, out var text) ? text : null;

    private static ApiProblem Wrong(string path, string message) => ApiProblem.Invalid(message, [WorkflowProblem.Error(WorkflowProblemCodes.WrongField, path, null, message)]);
}
