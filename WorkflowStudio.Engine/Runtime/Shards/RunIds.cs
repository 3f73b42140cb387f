using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Shards.Fairness;

namespace WorkflowStudio.Engine.Runtime.Shards;

/// <summary>
/// Makes the ids of runs. The id says the shard, so it also says which node works on the run: this one, where nodes share the shards, so
/// that nobody has to be told of the run and nothing of it has to be read again; any of them while this one has no place for a run.
/// </summary>
internal sealed class RunIds(IdFactory ids, RunBell bell, NodeLimits limits)
{
    /// <summary>The id of a run that is about to be made.</summary>
    public Guid New()
    {
        var id = ids.New();
        return limits.Runs.CurrentCount > 0 ? bell.Near(id) : id;
    }
}
