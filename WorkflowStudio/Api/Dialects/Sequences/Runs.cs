using System.Text.Json;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Queries;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Api.Dialects.Sequences;

/// <summary>Runs: listed, started for a contact, and controlled.</summary>
internal sealed class SequencesRuns(ListDialectRuns list, StartContactRun start, ControlRun control, RunLogs logs) : IDialectEndpoints
{
    public IDialect Dialect => SequencesDialect.Instance;

    public void Map(DialectRoutes routes)
    {
        routes.Get("/workflows/runs", ListDialectRuns.Needs, ListAsync);
        routes.Post("/workflows/runs", StartContactRun.Needs, call => call.WithObjectAsync(body => StartAsync(call, new BodyReader(body))));
        routes.Get("/workflows/runs/{id}", ListDialectRuns.Needs,
            call => call.ReadAsync(list.FindAsync(call.Caller, call.Id(), cancellationToken: call.Aborted), One));
        routes.Get("/workflows/runs/{id}/logs", ReadRun.Needs, call => logs.AnswerAsync(call, SequencesForm.Instance, call.Id()));
        Ask("cancel", (call, keep) => control.CancelAsync(call.Caller, call.Id(), keep, call.Aborted));
        Ask("pause", (call, keep) => control.PauseAsync(call.Caller, call.Id(), keep, call.Aborted));
        Ask("resume", (call, keep) => control.ResumeAsync(call.Caller, call.Id(), keep, call.Aborted));

        void Ask(string what, Func<ApiCall, KeptAnswer?, Task<Result<RunStatus>>> ask) => routes.Post(
            $"/workflows/runs/{{id}}/{what}", ControlRun.Needs, call => call.WithObjectAsync(_ => AskAsync(call, ask), mayBeEmpty: true));
    }

    private static ApiAnswer One(DialectRun run) => SequencesAnswers.One(w => SequencesRun.Write(w, run));

    private async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var page = PageOf.Read(query);
        var (workflow, contact) = (query.Text("templateId"), query.Text("contactId"));
        var statuses = SequencesRun.StatusesOf(query.Text("status"));
        if (query.Text("status") is not null && statuses.Count == 0)
            query.Wrong("status", $"The status has to be one of {SequencesRun.InWords}.");
        if (query.Refusal is { } refusal) return SequencesProblems.Of(refusal);
        var filter = new NumberedRunFilter { Statuses = statuses, WorkflowId = IdOf(workflow), ContactId = IdOf(contact) };
        var found = await list.RunAsync(call.Caller, filter, page.Skip, page.Limit, call.Aborted);
        // a filter that names what is not there finds nothing
        if (found.Problem is OperationProblem.NotFound) return SequencesAnswers.Page<DialectRun>([], SequencesRun.Write, page, 0);
        return found.Ok
            ? SequencesAnswers.Page(found.Value.Items, SequencesRun.Write, page, found.Value.Total)
            : SequencesProblems.Of(found.Problem);
    }

    private async Task<ApiAnswer> StartAsync(ApiCall call, BodyReader body)
    {
        var (workflow, contact) = (body.NeededText("workflowId"), body.NeededText("contactId"));
        var property = body.Text("propertyId");
        if (body.Refusal is { } refusal) return SequencesProblems.Of(refusal with { Message = "The run cannot be started like this." });
        if (SequencesDefaults.Find(IdOf(workflow)!.Value) is not null)
            return SequencesProblems.Of(new OperationProblem.Conflict("template_of_the_house",
                "This template belongs to the house and has no runs. Make a workflow of your own with its steps, then start that."));
        return await call.DoAsync<ContactRun>(
            keep => start.RunAsync(call.Caller, IdOf(workflow)!.Value, IdOf(contact)!.Value, property, keep, call.Aborted),
            run => SequencesAnswers.One(w => SequencesRun.Write(w, run), StatusCodes.Status201Created) with
            { Location = $"/api/v1/workflows/runs/{ShownId.Run(run.Run.RunId)}" },
            Refuse);
    }

    // the answer is made before it is asked: it is stored with what is asked, or not at all
    private async Task<ApiAnswer> AskAsync(ApiCall call, Func<ApiCall, KeptAnswer?, Task<Result<RunStatus>>> ask)
    {
        var read = await list.FindAsync(call.Caller, call.Id(), needed: ControlRun.Needs, cancellationToken: call.Aborted);
        if (!read.Ok) return SequencesProblems.Of(read.Problem);
        var answer = One(read.Value) with { Status = StatusCodes.Status202Accepted };
        return await call.ReadAsync(ask(call, call.Record?.Invoke(answer)), _ => answer);
    }

    // one that is off takes no new runs: that is wrong of the request here, no conflict
    private static ApiAnswer Refuse(OperationProblem problem) =>
        SequencesProblems.Of(problem is OperationProblem.Conflict { Code: "workflow_not_active" or "workflow_not_published" }
            ? new OperationProblem.Invalid(problem.Message,
                [WorkflowProblem.Error(WorkflowProblemCodes.WrongField, "workflowId", null, problem.Message)])
            : problem);

    // null for nothing; what is no id is as unknown as any other
    private static Guid? IdOf(string? text) => text is null ? null : ShownId.TryRead(text, out var id) ? id : Guid.Empty;
}
