using System.Collections.Concurrent;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Triggers;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Workflows;

namespace WorkflowStudio.Engine.Events;

/// <summary>Which workflows an event starts. A version never changes, so what its trigger says is read once.</summary>
internal sealed class EventTriggers
{
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<long, Trigger> known = new();

    /// <summary>The active workflows of the tenant whose trigger names the event, by their ids.</summary>
    public IReadOnlyList<EventListener> Of(StudioDbContext db, Tenant tenant, string type)
    {
        var active = db.Workflows.Of(tenant).Where(w => w.TriggerType == "event" && w.Status == WorkflowStatus.Active && w.ActiveSerial != null)
            .OrderBy(w => w.Id).Select(w => new { w.Id, w.ActiveSerial }).ToList();
        return
        [
            .. from workflow in active
               let serial = workflow.ActiveSerial!.Value
               let trigger = Read(db, serial)
               where trigger.Event == type
               select new EventListener(workflow.Id, serial, trigger.Rule, trigger.Concurrency),
        ];
    }

    private Trigger Read(StudioDbContext db, long serial)
    {
        if (known.TryGetValue(serial, out var trigger)) return trigger;
        var stored = StoredDefinitions.Definition(db.Versions.Where(v => v.Serial == serial).Select(v => v.Definition).Single());
        if (known.Count >= Most) known.Clear();
        return known.GetOrAdd(serial, new Trigger(stored.Trigger.Event ?? "", StartRule.Of(stored.Trigger.Constraints), stored.Settings.Concurrency));
    }

    private sealed record Trigger(string Event, StartRule Rule, ConcurrencyRule? Concurrency);
}

/// <summary>A workflow that an event of some type may start.</summary>
internal sealed record EventListener(Guid WorkflowId, long Serial, StartRule Rule, ConcurrencyRule? Concurrency);
