using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage.Journal.Statements;

/// <summary>Who owns a shard. The epoch is odd while somebody does, even when it was handed back.</summary>
internal sealed class ShardStatements(StatementSet set)
{
    private readonly Statement epoch = set.Prepare("""SELECT "Epoch" FROM shards WHERE "Id"=@p0""", "i");

    private readonly Statement insert = set.Prepare(
        """INSERT INTO shards ("Id","Epoch") VALUES (@p0,0) ON CONFLICT ("Id") DO NOTHING""", "i");

    private readonly Statement claim = set.Prepare("""UPDATE shards SET "Epoch"="Epoch"+1+("Epoch" % 2) WHERE "Id"=@p0""", "i");

    private readonly Statement handBack = set.Prepare("""UPDATE shards SET "Epoch"="Epoch"+1 WHERE "Id"=@p0 AND "Epoch"=@p1""", "il");

    // Those that may have been in execution: a run that only computes has no mark of it, but it is queued or due. One that waits for its
    // next trial was not.
    private readonly Statement countCrashes = set.Prepare($"""
        UPDATE runs SET "Crashes"="Crashes"+1 WHERE "Shard"=@p0 AND "WakeAt" IS NOT NULL AND "Crashes">=0 AND "Trials"=0 AND "Gate"<>{(int)RunGate.Held}
        AND ("Status" IN ({(int)RunStatus.Queued},{(int)RunStatus.Running}) OR ("Status"={(int)RunStatus.Waiting} AND "WakeAt"<=@p1))
        """, "il");

    private readonly Statement claimRuns = set.Prepare($"""
        UPDATE runs SET "WakeAt"=@p1 WHERE "Shard"=@p0 AND "WakeAt">@p1 AND "Status" IN ({(int)RunStatus.Queued},{(int)RunStatus.Running})
        AND "Gate"<>{(int)RunGate.Held} AND ("Trials"=0 OR "Crashes"<0)
        """, "il");

    /// <summary>The epoch of a shard; 0 before its first owner.</summary>
    public long Epoch(int shard) => epoch.Scalar(shard) is { } value ? Convert.ToInt64(value, null) : 0;

    /// <summary>Takes a shard. Runs that an owner left behind who did not hand it back are counted as having seen a crash.</summary>
    public void Claim(int shard, DateTimeOffset now)
    {
        insert.Execute(shard);
        if (Epoch(shard) % 2 == 1) countCrashes.Execute(shard, now.ToUnixTimeMilliseconds());
        claim.Execute(shard);
        claimRuns.Execute(shard, now.ToUnixTimeMilliseconds());
    }

    /// <summary>Lets a shard go, when nobody has taken it in the meantime.</summary>
    public void HandBack(int shard, long owned) => handBack.Execute(shard, owned);
}
