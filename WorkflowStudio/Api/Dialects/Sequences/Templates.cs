using System.Text.Json;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.Dialects.Sequences;

/// <summary>Templates: made, changed and removed. Their addresses are shared with graph (<c>Api.V1</c>), which asks here.</summary>
internal sealed class SequencesTemplates(CreateWorkflow create, UpdateWorkflow update, DeleteWorkflow delete)
{
    private static readonly OperationProblem OfTheHouse = new OperationProblem.Forbidden(
        "This template belongs to the house and cannot be changed. Make a workflow of your own with its steps.", null);

    public async Task<ApiAnswer> CreateAsync(ApiCall call, JsonElement sent)
    {
        var body = new TemplateBody(sent, isWhole: true);
        if (body.Refusal is { } refusal) return SequencesProblems.Of(refusal with { Message = "The workflow cannot be stored as it is." });
        var workflow = SequencesTranslator.New(body, out var problems);
        return problems.Count > 0
            ? SequencesProblems.Of(ApiProblem.Invalid("The workflow cannot be stored as it is.", problems))
            : await call.DoAsync<CreatedWorkflow>(keep => create.RunAsync(call.Caller, workflow, keep, call.Aborted),
                SequencesAnswers.Created, Refuse);
    }

    /// <summary>Changes the fields that are given.</summary>
    public async Task<ApiAnswer> PatchAsync(ApiCall call, JsonElement sent)
    {
        if (SequencesDefaults.Find(call.Id()) is not null) return SequencesProblems.Of(OfTheHouse);
        var body = new TemplateBody(sent, isWhole: false);
        var changed = await update.RunAsync(call.Caller, call.Id(), present => body.Problems.Count > 0
            ? new OperationProblem.Invalid("The workflow cannot be stored as it is.", body.Problems)
            : SequencesTranslator.Change(present, body), call.Tags, VersionChoice.Active, call.Aborted);
        return changed.Ok ? SequencesAnswers.Changed(changed.Value) : Refuse(changed.Problem);
    }

    /// <summary>
    /// Removes a template of this dialect for good, unless a run of it is not over; a workflow that others made as they do.
    /// </summary>
    public async Task<ApiAnswer> DeleteAsync(ApiCall call)
    {
        if (SequencesDefaults.Find(call.Id()) is not null) return SequencesProblems.Of(OfTheHouse);
        var done = await delete.RunAsync(call.Caller, call.Id(), SequencesDialect.Instance.Name, call.Tags, call.Aborted);
        return done.Problem is { } problem ? SequencesProblems.Of(problem) : ApiAnswer.Nothing;
    }

    private static ApiAnswer Refuse(OperationProblem problem) => SequencesProblems.Of(SequencesTranslator.Told(problem));
}
