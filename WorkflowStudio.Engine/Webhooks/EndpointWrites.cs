using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;

namespace WorkflowStudio.Engine.Webhooks;

/// <summary>What operations do to endpoints inside a piece of writing. Each makes every node hear of it.</summary>
public sealed class EndpointWrites
{
    private readonly EndpointListeners listeners;
    private readonly CourierBell bell;

    internal EndpointWrites(EndpointListeners listeners, CourierBell bell) => (this.listeners, this.bell) = (listeners, bell);

    /// <summary>Adds an endpoint; false when the tenant has as many as it can have.</summary>
    public bool Add(StudioWrite write, EndpointRow row)
    {
        if (write.Db.Endpoints.Of(write.Db, new Tenant(row.WorkspaceId, row.Environment)).Count() >= EndpointRules.Most) return false;
        write.Db.Add(row);
        Tell(write, row.WorkspaceId);
        return true;
    }

    /// <summary>The endpoint, to be changed, or null.</summary>
    public EndpointRow? Change(StudioWrite write, Seen seen, Guid id)
    {
        if (write.Db.Endpoints.Of(write.Db, seen).SingleOrDefault(e => e.Id == id) is not { } row) return null;
        Tell(write, seen.Tenant.WorkspaceId);
        return row;
    }

    /// <summary>Removes an endpoint with what was still to be sent to it; false when there is none.</summary>
    public bool Remove(StudioWrite write, Seen seen, Guid id)
    {
        if (write.Db.Endpoints.Of(write.Db, seen).Where(e => e.Id == id).ExecuteDelete() == 0) return false;
        write.Db.Deliveries.Where(d => d.EndpointId == id && d.NextTryAt != null).ExecuteDelete();
        Tell(write, seen.Tenant.WorkspaceId);
        return true;
    }

    /// <summary>Keeps a delivery that was made by hand.</summary>
    public static void Keep(StudioWrite write, DeliveryRow row) => write.Db.Add(row);

    /// <summary>A delivery of the tenant, to be changed, and its endpoint; null when there is none, or when the endpoint is gone.</summary>
    public static (EndpointRow Endpoint, DeliveryRow Delivery)? FindDelivery(StudioWrite write, Seen seen, Guid id)
    {
        var tenant = seen.Tenant;
        var row = write.Db.Deliveries.SeenBy(write.Db, seen.Sight)
            .SingleOrDefault(d => d.Id == id && d.WorkspaceId == tenant.WorkspaceId && d.Environment == tenant.Environment);
        var endpoints = write.Db.Endpoints.Of(write.Db, seen).AsNoTracking();
        return row is not null && endpoints.SingleOrDefault(e => e.Id == row.EndpointId) is { } endpoint
            ? (endpoint, row)
            : null;
    }

    /// <summary>Sends a delivery once more, with all its tries anew.</summary>
    public void SendAgain(StudioWrite write, DeliveryRow row, DateTimeOffset now)
    {
        (row.State, row.Tries, row.NextTryAt) = (DeliveryState.Pending, 0, now);
        write.AfterCommit(bell.Ring);
    }

    private void Tell(StudioWrite write, Guid workspaceId) => write.AfterCommit(() => listeners.Forget(workspaceId));
}
