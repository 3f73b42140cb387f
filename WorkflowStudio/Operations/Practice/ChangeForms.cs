using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Forms;
using WorkflowStudio.Engine.Runtime.Answers;

namespace WorkflowStudio.Operations.Practice;

/// <summary>Makes, changes and removes forms, and removes what was sent by them.</summary>
public sealed class ChangeForms(FormStore store)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageData;

    /// <summary>Somebody else has changed the form meanwhile.</summary>
    public const string Changed = "form_changed";

    /// <summary>Adds one.</summary>
    public async Task<Result<Form>> AddAsync(
        Caller caller, FormContent content, Func<Form, KeptAnswer?>? answer, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return Told(await store.AddAsync(caller.Tenant, content, answer, cancellationToken));
    }

    /// <summary>Changes one.</summary>
    /// <param name="caller">Who does.</param>
    /// <param name="id">The form.</param>
    /// <param name="revision">The revision that the caller has seen; null for whichever there is.</param>
    /// <param name="change">What it is from now on.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<Result<Form>> ChangeAsync(
        Caller caller, Guid id, int? revision, Func<FormContent, FormContent> change, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return Told(await store.ChangeAsync(caller.Tenant, id, revision, change, cancellationToken));
    }

    /// <summary>Removes one; one that something was sent by only with all of that.</summary>
    public async Task<Result<Form>> RemoveAsync(Caller caller, Guid id, bool withSubmissions, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return Told(await store.RemoveAsync(caller.Tenant, id, withSubmissions, cancellationToken));
    }

    /// <summary>Removes what was sent once.</summary>
    public async Task<Result<bool>> RemoveSubmissionAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return await store.RemoveSubmissionAsync(caller.Tenant, id, cancellationToken)
            ? true
            : new OperationProblem.NotFound("submission");
    }

    private static Result<Form> Told(FormOutcome outcome) => outcome switch
    {
        FormOutcome.Done done => done.Form,
        FormOutcome.Wrong wrong => ChangeRecords.Wrong(wrong.Problems),
        FormOutcome.Stale => new OperationProblem.Conflict(
            Changed, "Somebody else has changed this form since it was read, so nothing was saved. Read it again, then change it."),
        FormOutcome.Used used => new OperationProblem.Conflict("in_use", used.Submissions == 1
            ? "Something was sent by this form. Close it, so that nothing more comes in, or remove it together with what was sent."
            : $"{used.Submissions:N0} submissions came by this form. Close it, so that nothing more comes in, or remove it together "
                + "with them."),
        _ => new OperationProblem.NotFound("form"),
    };
}

/// <summary>Takes out all that was sent by a form.</summary>
public sealed class ExportSubmissions(FormQueries queries)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.Export;

    private const int LongestName = 60;

    /// <summary>What a filter finds of one form, as CSV: the answer writes it.</summary>
    public async Task<Result<CsvExport>> RunAsync(
        Caller caller, Guid formId, SubmissionFilter filter, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        if (await queries.FindAsync(caller.Tenant, formId, cancellationToken) is not { } found)
            return new OperationProblem.NotFound("form");
        var name = SlugText.Of($"form {found.Form.Content.Name}", LongestName);
        return new CsvExport($"{name}.csv", (to, stop) => SubmissionFile.WriteAsync(
            found.Form, queries.AllSubmissionsAsync(caller.Tenant, filter with { FormId = formId }, stop), to, stop));
    }
}
