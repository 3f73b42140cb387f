namespace WorkflowStudio.Engine.Webhooks;

/// <summary>
/// How much is under way at once: so many in all, few for each endpoint, one for an endpoint that fails, and those that fail together have
/// a quarter of the room. So an endpoint that never answers delays nobody, and neither do many of them.
/// </summary>
internal sealed class CourierRoom
{
    /// <summary>The most deliveries that are under way.</summary>
    public const int Most = 128;

    /// <summary>The most for one endpoint.</summary>
    public const int MostOfOne = 4;

    private const int MostFailing = Most / 4;

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, int> of = [];
    private int all;
    private int failing;

    /// <summary>Takes as many places as the endpoint may have now; 0 for none.</summary>
    public int Take(DeliveryLane lane)
    {
        lock (gate)
        {
            var has = of.GetValueOrDefault(lane.EndpointId);
            var free = Math.Min((lane.IsFailing ? 1 : MostOfOne) - has, Most - all);
            if (lane.IsFailing) free = Math.Min(free, MostFailing - failing);
            if (free <= 0) return 0;
            of[lane.EndpointId] = has + free;
            all += free;
            if (lane.IsFailing) failing += free;
            return free;
        }
    }

    /// <summary>Gives places back.</summary>
    public void GiveBack(DeliveryLane lane, int places)
    {
        if (places == 0) return;
        lock (gate)
        {
            all -= places;
            if (lane.IsFailing) failing -= places;
            if (of[lane.EndpointId] == places) of.Remove(lane.EndpointId);
            else of[lane.EndpointId] -= places;
        }
    }
}
