using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Forms;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Operations.Practice;

/// <summary>Reads forms, what was sent by them, and what they start.</summary>
internal sealed class ReadForms(FormQueries queries, ListWorkflows workflows, WorkflowAccess access)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ViewData;

    /// <summary>The longest page.</summary>
    public const int MaxTake = 100;

    /// <summary>One page of the forms, the last made first.</summary>
    public async Task<Result<FormsFound>> PageAsync(
        Caller caller, FormFilter filter, int skip, int take, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var (items, total) = await queries.PageAsync(
            caller.Tenant, filter, Math.Max(0, skip), Math.Clamp(take, 1, MaxTake), cancellationToken);
        return new FormsFound(items, total);
    }

    /// <summary>One form.</summary>
    public async Task<Result<FormItem>> FindAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return await queries.FindAsync(caller.Tenant, id, cancellationToken) is { } form ? form : new OperationProblem.NotFound("form");
    }

    /// <summary>One page of what was sent, the last first.</summary>
    public async Task<Result<SubmissionsFound>> SubmissionsAsync(
        Caller caller, SubmissionFilter filter, int skip, int take, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var (items, total) = await queries.SubmissionsAsync(
            caller.Tenant, filter, Math.Max(0, skip), Math.Clamp(take, 1, MaxTake), cancellationToken);
        var runs = caller.Refuse(Permission.ViewRuns) is null && items.Count > 0
            ? await queries.RunsAsync(
                await access.SeenAsync(caller, cancellationToken), [.. items.Select(i => i.Id)], cancellationToken)
            : Array.Empty<Guid>().ToLookup(id => id);
        return new SubmissionsFound(items, total, runs);
    }

    /// <summary>What was sent once.</summary>
    public async Task<Result<Submission>> SubmissionAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return await queries.SubmissionAsync(caller.Tenant, id, cancellationToken) is { } sent
            ? sent
            : new OperationProblem.NotFound("submission");
    }

    /// <summary>The workflows that a form starts when it is sent, as far as the caller sees them.</summary>
    public async Task<Result<List<FormStart>>> StartsAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        if (caller.Refuse(ListWorkflows.Needs) is not null) return new List<FormStart>();
        var filter = new WorkflowFilter(Status: WorkflowStatus.Active, TriggerType: "event", Take: ListWorkflows.MostAtOnce)
        { TriggerEvent = KnownEvents.FormSubmitted };
        var found = await workflows.WithDefinitionsAsync(caller, filter, cancellationToken: cancellationToken);
        if (!found.Ok) return found.Problem;
        return found.Value.Items.Select(w => (w.Workflow, Form: FormRule.Of(w.Definition.Trigger.Constraints)))
            .Where(w => w.Form is null || w.Form == id)
            .Select(w => new FormStart(w.Workflow.Id, w.Workflow.Name, w.Form == id)).ToList();
    }
}

/// <summary>A page of forms, and how many there are in all.</summary>
public sealed record FormsFound(IReadOnlyList<FormItem> Items, int Total);

/// <summary>A page of submissions, how many there are in all, and the runs that they started, as far as they are seen.</summary>
public sealed record SubmissionsFound(IReadOnlyList<Submission> Items, int Total, ILookup<Guid, Guid> Runs);

/// <summary>A workflow that a form starts.</summary>
/// <param name="WorkflowId">It.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsForThisAlone">Whether this form alone starts it; otherwise every form does that its constraints let through.</param>
public sealed record FormStart(Guid WorkflowId, string Name, bool IsForThisAlone);
