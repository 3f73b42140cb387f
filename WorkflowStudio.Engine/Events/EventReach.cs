using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Workflows;

namespace WorkflowStudio.Engine.Events;

/// <summary>Who hears of an event.</summary>
/// <param name="Listeners">The workflows that it may start.</param>
/// <param name="IsForAll">Whether steps of any run may be woken by it.</param>
internal sealed record EventReach(IReadOnlyList<EventListener> Listeners, bool IsForAll)
{
    /// <summary>
    /// Of what hangs on a workflow that not everybody sees, only those workflows hear that nobody but its owner sees either.
    /// </summary>
    public static EventReach Of(StudioDbContext db, Guid workflowId, IReadOnlyList<EventListener> listeners)
    {
        var its = db.Workflows.Where(w => w.Id == workflowId).Select(w => new { w.Visibility, w.OwnerId, w.OwnerKeyId }).FirstOrDefault();
        if (its is { Visibility: WorkflowVisibility.Tenant }) return new EventReach(listeners, IsForAll: true);
        if (its is null or { OwnerId: null, OwnerKeyId: null }) return new EventReach([], IsForAll: false);
        var ids = listeners.Select(l => l.WorkflowId).ToArray();
        var hear = db.Workflows
            .Where(w => ids.Contains(w.Id) && w.Visibility == WorkflowVisibility.Private
                && w.OwnerId == its.OwnerId && w.OwnerKeyId == its.OwnerKeyId)
            .Select(w => w.Id).ToHashSet();
        return new EventReach([.. listeners.Where(l => hear.Contains(l.WorkflowId))], IsForAll: false);
    }

    /// <summary>Whether another workflow may know what hangs on one.</summary>
    public static bool Reaches(StudioDbContext db, Guid workflowId, Guid other) =>
        db.Workflows.Where(w => w.Id == workflowId).Any(w => w.Visibility == WorkflowVisibility.Tenant
            || (w.OwnerId != null || w.OwnerKeyId != null) && db.Workflows.Any(o => o.Id == other
                && o.Visibility == WorkflowVisibility.Private && o.OwnerId == w.OwnerId && o.OwnerKeyId == w.OwnerKeyId));
}
