using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage.Journal.Statements;

/// <summary>What happened in runs, a row each; a large payload lies apart.</summary>
internal sealed class EntryStatements(StatementSet set)
{
    private readonly Statement insert = set.Insertion(
        "run_events", """ "RunId","Seq","At","Kind","NodeId","Iteration","Attempt","Payload" """, "bllissib");

    private readonly Statement insertBlob = set.Insertion("run_blobs", """ "RunId","Seq","Payload" """, "blb");

    public void Insert(byte[] runId, in EncodedEntry e)
    {
        insert.Execute(runId, e.Seq, e.At, e.Kind, e.NodeId, e.Iteration, e.Attempt, e.IsLarge ? Array.Empty<byte>() : e.Payload);
        if (e.IsLarge) insertBlob.Execute(runId, e.Seq, e.Payload);
    }
}
