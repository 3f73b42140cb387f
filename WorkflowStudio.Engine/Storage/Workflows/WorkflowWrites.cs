using System.Globalization;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Access;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Storage.Workflows;

/// <summary>What operations do to workflows inside a piece of writing.</summary>
public static class WorkflowWrites
{
    /// <summary>The workflow, to be changed, or null.</summary>
    public static WorkflowRow? FindWorkflow(this StudioWrite write, Seen seen, Guid id) =>
        write.Db.Workflows.Of(seen.Tenant).SeenBy(write.Db, seen.Sight).SingleOrDefault(w => w.Id == id);

    /// <summary>Adds a workflow.</summary>
    public static void AddWorkflow(this StudioWrite write, WorkflowRow row) => write.Db.Add(row);

    /// <summary>The slug, or with the first suffix <c>-2</c>, <c>-3</c>, … that is free.</summary>
    public static string FreeSlug(this StudioWrite write, Tenant tenant, string slug)
    {
        // from the index, however many workflows there are; only where it is taken all that begin with it are read
        var workflows = write.Db.Workflows.Of(tenant);
        if (!workflows.Any(w => w.Slug == slug)) return slug;
        var taken = workflows.Where(w => w.Slug.StartsWith(slug)).Select(w => w.Slug).ToHashSet();
        var suffix = 2;
        while (taken.Contains(Suffixed(slug, suffix))) suffix++;
        return Suffixed(slug, suffix);
    }

    /// <summary>Notes what lists are narrowed by: of the version that runs, or of the draft before the first.</summary>
    public static void Describe(this WorkflowRow workflow, WorkflowDefinition definition) =>
        (workflow.TriggerType, workflow.TriggerEvent, workflow.Shape) =
            (definition.Trigger.Type, definition.Trigger.Event, WorkflowShapes.Of(definition));

    /// <summary>Adds the next version of a workflow and makes it the active one; the draft is then the same as the version.</summary>
    public static WorkflowVersionRow AddVersion(this StudioWrite write, WorkflowRow workflow, WorkflowVersionRow version)
    {
        write.Append(workflow, version);
        (workflow.ActiveSerial, workflow.ActiveNumber, workflow.DraftDefinition) = (version.Serial, version.Number, null);
        return version;
    }

    /// <summary>
    /// Adds the next version of a workflow that somebody outside of the editor made. A draft that the editor holds beside the newest
    /// version stays as it is; else it follows.
    /// </summary>
    /// <param name="write">The piece of writing.</param>
    /// <param name="workflow">The workflow.</param>
    /// <param name="version">The version.</param>
    /// <param name="activate">Whether it becomes the active one.</param>
    public static void AddVersionBeside(this StudioWrite write, WorkflowRow workflow, WorkflowVersionRow version, bool activate)
    {
        var before = workflow.NewestSerial is { } serial ? write.VersionText(serial) : workflow.DraftDefinition;
        var isEdited = workflow.DraftDefinition is { } draft && draft != before;
        write.Append(workflow, version);
        if (activate) (workflow.ActiveSerial, workflow.ActiveNumber) = (version.Serial, version.Number);
        if (isEdited) return;
        workflow.DraftDefinition = activate ? null : version.Definition;
        workflow.DraftRevision++;
    }

    /// <summary>Writes what was changed so far, so that what the database or the context counts is known.</summary>
    public static void Save(this StudioWrite write) => write.Db.SaveChanges();

    /// <summary>The definition of a version.</summary>
    public static string VersionText(this StudioWrite write, long serial) =>
        write.Db.Versions.Where(v => v.Serial == serial).Select(v => v.Definition).Single();

    private static void Append(this StudioWrite write, WorkflowRow workflow, WorkflowVersionRow version)
    {
        version.Number = (write.Db.Versions.Where(v => v.WorkflowId == workflow.Id && v.Number > 0).Max(v => (int?)v.Number) ?? 0) + 1;
        write.Db.Add(version);
        write.Db.SaveChanges(); // the database counts the serial
        (workflow.NewestSerial, workflow.NewestNumber) = (version.Serial, version.Number);
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
        workflow.ActiveSerial is { } serial ? write.VersionText(serial) : null;

    /// <summary>Whether a run of a workflow is not over; tests of its draft do not count.</summary>
    public static bool HasOpenRuns(this StudioWrite write, Guid workflowId) =>
        write.Db.Runs.Any(r => r.WorkflowId == workflowId && r.FinishedAt == null && !r.IsTest);

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
