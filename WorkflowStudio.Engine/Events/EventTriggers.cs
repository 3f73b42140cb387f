using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Workflows;

namespace WorkflowStudio.Engine.Events;

/// <summary>Which workflows an event starts. A version never changes, so what its trigger says is read once.</summary>
internal sealed class EventTriggers
{
    /// <summary>The type of the trigger of those that an event may start.</summary>
    public const string Type = "event";

    private const int Most = 10_000;

    private readonly ConcurrentDictionary<long, EventTrigger> known = new();

    /// <summary>
    /// The active workflows of the tenant whose trigger names the event, by their ids; inside a piece of writing, which waits for nothing.
    /// </summary>
    public IReadOnlyList<EventListener> Of(StudioDbContext db, Tenant tenant, string type)
    {
        var listeners = new List<EventListener>();
        foreach (var a in Versions(db, tenant).ToList())
        {
            var trigger = Known(a.Serial) ?? Remember(a.Serial, Definition(db, a.Serial).Single());
            if (trigger.For(type, a) is { } listener) listeners.Add(listener);
        }

        return listeners;
    }

    /// <summary>The same beside the writing.</summary>
    public async Task<IReadOnlyList<EventListener>> OfAsync(
        StudioDbContext db, Tenant tenant, string type, CancellationToken cancellationToken)
    {
        var listeners = new List<EventListener>();
        foreach (var a in await Versions(db, tenant).ToListAsync(cancellationToken))
        {
            var trigger = Known(a.Serial) ?? Remember(a.Serial, await Definition(db, a.Serial).SingleAsync(cancellationToken));
            if (trigger.For(type, a) is { } listener) listeners.Add(listener);
        }

        return listeners;
    }

    /// <summary>The event that a version listens for; empty when it listens for none.</summary>
    public string EventOf(StudioDbContext db, long serial) => (Known(serial) ?? Remember(serial, Definition(db, serial).Single())).Event;

    /// <summary>The workflows of the tenant that an event may start.</summary>
    public static IQueryable<WorkflowRow> Active(StudioDbContext db, Tenant tenant) => db.Workflows.Of(tenant)
        .Where(w => w.TriggerType == Type && w.Status == WorkflowStatus.Active && w.ActiveSerial != null);

    private static IQueryable<ActiveVersion> Versions(StudioDbContext db, Tenant tenant) =>
        Active(db, tenant).OrderBy(w => w.Id).Select(w => new ActiveVersion(w.Id, w.ActiveSerial!.Value));

    private static IQueryable<string> Definition(StudioDbContext db, long serial) =>
        db.Versions.Where(v => v.Serial == serial).Select(v => v.Definition);

    private EventTrigger? Known(long serial) => known.GetValueOrDefault(serial);

    private EventTrigger Remember(long serial, string definition)
    {
        if (known.Count >= Most) known.Clear();
        return known.GetOrAdd(serial, EventTrigger.Of(StoredDefinitions.Definition(definition)));
    }
}
