using System.Text.Json;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Schedules;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.Dialects.Documents;

/// <summary>
/// The schedule of a workflow. Where its trigger is the schedule, a change of it is a change of the workflow; else it stands beside the
/// trigger.
/// </summary>
internal sealed class DocumentsSchedules(
    ReadSchedules read, SetSchedule set, SwitchSchedule turn, UpdateWorkflow update) : IDialectEndpoints
{
    public IDialect Dialect => DocumentsDialect.Instance;

    public void Map(DialectRoutes routes)
    {
        routes.Get("/{id}/schedule", ReadWorkflow.Needs, call => ReadAsync(call, ReadWorkflow.Needs));
        routes.Post("/{id}/schedule", UpdateWorkflow.Needs, call => call.WithObjectAsync(body => CreateAsync(call, new BodyReader(body))));
        routes.Put("/{id}/schedule", UpdateWorkflow.Needs, call => call.WithObjectAsync(body => ChangeAsync(call, new BodyReader(body))));
        routes.Delete("/{id}/schedule", UpdateWorkflow.Needs, DeleteAsync);
    }

    private async Task<ApiAnswer> ReadAsync(ApiCall call, Permission needed)
    {
        var found = await FindAsync(call, needed);
        return found.Ok ? DocumentsAnswers.Schedule(found.Value) : DocumentsProblems.Of(found.Problem);
    }

    private async Task<ApiAnswer> CreateAsync(ApiCall call, BodyReader body)
    {
        body.NeededText("cron_expression");
        var wish = Wish(body) with { IsNew = true };
        return body.Refusal is { } refusal
            ? DocumentsProblems.Of(refusal)
            : await call.DoAsync<ScheduleFacts>(
                keep => set.RunAsync(call.Caller, call.Id(), wish, keep, call.Aborted), DocumentsAnswers.Scheduled);
    }

    private async Task<ApiAnswer> ChangeAsync(ApiCall call, BodyReader body)
    {
        body.Text("cron_expression");
        var wish = Wish(body) with { IsNew = false };
        if (body.Refusal is { } refusal) return DocumentsProblems.Of(refusal);
        var found = await FindAsync(call, UpdateWorkflow.Needs);
        if (!found.Ok) return DocumentsProblems.Of(found.Problem);
        if (!found.Value.IsTrigger)
            return await call.ReadAsync(
                set.RunAsync(call.Caller, call.Id(), wish, null, call.Aborted), DocumentsAnswers.Schedule);
        if (wish.Problems().ToList() is { Count: > 0 } wrong)
            return DocumentsProblems.Of(ApiProblem.Invalid("The schedule cannot be stored as it is.", wrong));
        if (await ClockAsync(call, wish, isRemoved: false) is { } problem) return DocumentsProblems.Of(problem);
        if (wish.Enabled is { } on && await turn.RunAsync(call.Caller, found.Value.Id, on, call.Aborted) is { Ok: false } not)
            return DocumentsProblems.Of(not.Problem);
        return await ReadAsync(call, UpdateWorkflow.Needs);
    }

    private async Task<ApiAnswer> DeleteAsync(ApiCall call)
    {
        var found = await FindAsync(call, UpdateWorkflow.Needs);
        if (!found.Ok) return DocumentsProblems.Of(found.Problem);
        var problem = found.Value.IsTrigger
            ? await ClockAsync(call, new ScheduleWish(null, null, null), isRemoved: true)
            : (await set.RemoveAsync(call.Caller, call.Id(), call.Aborted)).Problem;
        return problem is null ? ApiAnswer.Nothing : DocumentsProblems.Of(problem);
    }

    private async Task<OperationProblem?> ClockAsync(ApiCall call, ScheduleWish wish, bool isRemoved) => (await update.RunAsync(
        call.Caller, call.Id(), present => new WorkflowUpdate
        { Definition = DocumentsTranslator.Clocked(present.Definition, wish.Cron, wish.TimeZone, isRemoved) },
        call.Tags, VersionChoice.Active, call.Aborted)).Problem;

    private async Task<Result<ScheduleFacts>> FindAsync(ApiCall call, Permission needed)
    {
        var found = await read.OfWorkflowAsync(call.Caller, call.Id(), needed, call.Aborted);
        return found.Ok ? found.Value.Schedule : found.Problem;
    }

    private static ScheduleWish Wish(BodyReader body)
    {
        if (body.Has("enabled") && body.Field("enabled").ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            body.Wrong("enabled", "The field enabled has to be true or false.");
        var cron = body.Field("cron_expression");
        return new ScheduleWish(
            cron.ValueKind == JsonValueKind.String ? cron.GetString() : null, body.Text("timezone"),
            body.Has("enabled") ? body.Flag("enabled") : null);
    }
}
