using System.Globalization;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Storage.Workflows;

/// <summary>What operations do to workflows inside a piece of writing.</summary>
public static class WorkflowWrites
{
    /// <summary>The workflow, to be changed, or null.</summary>
    public static WorkflowRow? FindWorkflow(this StudioWrite write, Tenant tenant, Guid id) =>
        write.Db.Workflows.Of(tenant).SingleOrDefault(w => w.Id == id);

    /// <summary>Adds a workflow.</summary>
    public static void AddWorkflow(this StudioWrite write, WorkflowRow row) => write.Db.Add(row);

    /// <summary>The slug, or with the first suffix <c>-2</c>, <c>-3</c>, … that is free.</summary>
    public static string FreeSlug(this StudioWrite write, Tenant tenant, string slug)
    {
        var taken = write.Db.Workflows.Of(tenant).Where(w => w.Slug.StartsWith(slug)).Select(w => w.Slug).ToHashSet();
        if (!taken.Contains(slug)) return slug;
        var suffix = 2;
        while (taken.Contains(Suffixed(slug, suffix))) suffix++;
        return Suffixed(slug, suffix);
    }

    /// <summary>Adds the next version of a workflow and makes it the active one; the draft is then the same as the version.</summary>
    public static WorkflowVersionRow AddVersion(this StudioWrite write, WorkflowRow workflow, WorkflowVersionRow version)
    {
        version.Number = (write.Db.Versions.Where(v => v.WorkflowId == workflow.Id && v.Number > 0).Max(v => (int?)v.Number) ?? 0) + 1;
        write.Db.Add(version);
        write.Db.SaveChanges(); // the database counts the serial
        (workflow.ActiveSerial, workflow.ActiveNumber, workflow.DraftDefinition) = (version.Serial, version.Number, null);
        return version;
    }

    /// <summary>
    /// The version that a test run of this definition keeps: the same one for the same definition. Those that are older than an hour and
    /// whose test runs are gone are removed on the way.
    /// </summary>
    public static long TestVersion(this StudioWrite write, WorkflowRow workflow, string definition, DateTimeOffset now)
    {
        var tested = write.Db.Versions.Where(v => v.WorkflowId == workflow.Id && v.Number < 0);
        if (tested.Where(v => v.Definition == definition).Select(v => (long?)v.Serial).FirstOrDefault() is { } known) return known;
        var tests = write.Db.Runs.Where(r => r.WorkspaceId == workflow.WorkspaceId && r.Environment == StudioEnvironment.Test && r.IsTest);
        var lately = now.AddHours(-1); // a test run comes a moment after its version
        tested.Where(v => v.CreatedAt < lately && !tests.Any(r => r.VersionSerial == v.Serial)).ExecuteDelete();
        var version = new WorkflowVersionRow
        {
            WorkflowId = workflow.Id,
            Number = (tested.Min(v => (int?)v.Number) ?? 0) - 1,
            Definition = definition,
            EditorState = workflow.EditorState,
            CreatedAt = now,
        };
        write.Db.Add(version);
        write.Db.SaveChanges(); // the database counts the serial
        return version.Serial;
    }

    /// <summary>The definition of the active version, or null before the first.</summary>
    public static string? ActiveDefinition(this StudioWrite write, WorkflowRow workflow) =>
        workflow.ActiveSerial is { } serial ? write.Db.Versions.Where(v => v.Serial == serial).Select(v => v.Definition).Single() : null;

    /// <summary>
    /// Asks the runs of a workflow that are not over to end, by id, those behind <paramref name="after"/>: at most 250, so that others may
    /// write in between.
    /// </summary>
    /// <returns>The runs that were asked.</returns>
    public static IReadOnlyList<Guid> CancelRuns(this StudioWrite write, Guid workflowId, Guid after, string by, DateTimeOffset now)
    {
        Guid[] open = [.. write.Db.Runs.Where(r => r.WorkflowId == workflowId && r.Id.CompareTo(after) > 0 && r.FinishedAt == null)
            .OrderBy(r => r.Id).Select(r => r.Id).Take(250)];
        write.Db.AddRange(open.Select(run => new RunInboxRow { RunId = run, Kind = RunRequestKind.Cancel, By = by, At = now }));
        return open;
    }

    /// <summary>Stores the answer to a request that carried an Idempotency-Key; one older than its 24 hours gives way.</summary>
    public static void Record(this StudioWrite write, KeptAnswer? answer)
    {
        if (answer is null) return;
        write.Forget(answer);
        write.Db.Add(IdempotencyRow.Of(answer));
    }

    /// <summary>Removes a stored answer whose time is over.</summary>
    public static void Forget(this StudioWrite write, KeptAnswer answer)
    {
        if (write.Db.Idempotency.Find(
            answer.Tenant.WorkspaceId, answer.Tenant.Environment, answer.Method, answer.Path, answer.Key) is not { } old) return;
        write.Db.Remove(old);
        write.Db.SaveChanges();
    }

    private static string Suffixed(string slug, int suffix) => string.Create(CultureInfo.InvariantCulture, $"{slug}-{suffix}");
}
