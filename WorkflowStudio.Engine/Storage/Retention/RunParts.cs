using WorkflowStudio.Engine.Storage.Journal;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage.Retention;

/// <summary>
/// The rows that belong to a run, and the statements that delete them in a transaction of the writer. Dispose it with the transaction.
/// </summary>
internal sealed class RunParts : IDisposable
{
    private readonly WriteSession session;
    private readonly List<Statement> all = [];
    private readonly Statement block, blockUpTo, header, remember, forget, first, firstBlob, someEvents, someBlobs;
    private readonly IReadOnlyList<Statement> parts;

    public RunParts(WriteSession session)
    {
        this.session = session;
        // the same statement that deletes the header asks whether the run is over, and who started it: nothing can come in between
        header = Prepare("""
            DELETE FROM runs WHERE "Id"=@p0 AND "Status"=@p1 AND "FinishedAt"<@p2
            AND NOT EXISTS (SELECT 1 FROM runs p WHERE p."Id"=runs."ParentId" AND p."FinishedAt" IS NULL)
            """, "bil");
        remember = Prepare("""INSERT INTO run_remains ("RunId") VALUES (@p0) ON CONFLICT ("RunId") DO NOTHING""", "b");
        forget = Prepare("""DELETE FROM run_remains WHERE "RunId"=@p0""", "b");
        // only while the run is over and has no entry more than the block
        block = Prepare("""
            INSERT INTO run_archives ("RunId","LastSeq","Waited","Data")
            SELECT @p0,@p1,@p2,@p3 WHERE EXISTS (SELECT 1 FROM runs WHERE "Id"=@p0 AND "LastSeq"=@p1 AND "FinishedAt" IS NOT NULL)
            ON CONFLICT ("RunId") DO UPDATE SET "LastSeq"=excluded."LastSeq","Waited"=excluded."Waited","Data"=excluded."Data"
            """, "bllb");
        blockUpTo = Prepare("""SELECT 1 FROM run_archives WHERE "RunId"=@p0 AND "LastSeq">=@p1""", "bl");
        first = Prepare("""SELECT min("Seq") FROM run_events WHERE "RunId"=@p0""", "b");
        firstBlob = Prepare("""SELECT min("Seq") FROM run_blobs WHERE "RunId"=@p0""", "b");
        someEvents = Prepare("""DELETE FROM run_events WHERE "RunId"=@p0 AND "Seq"<@p1""", "bl");
        someBlobs = Prepare("""DELETE FROM run_blobs WHERE "RunId"=@p0 AND "Seq"<@p1""", "bl");
        parts = [.. Tables.Select(table => Prepare($"""DELETE FROM {table} WHERE "RunId"=@p0""", "b"))];
    }

    /// <summary>
    /// The tables that hold what belongs to a run, beside its header. Rows elsewhere that name a run (invoices, messages …) belong to the
    /// practice and stay.
    /// </summary>
    public static IReadOnlyList<string> Tables { get; } =
        ["run_events", "run_blobs", "run_archives", "run_waits", "run_inbox", "form_runs"];

    /// <summary>
    /// Deletes a run that ended with a status before a time, and answers whether it was one. One that was started by a run that is not over
    /// stays: its parent may still ask what came of it. The rows of a large one stay for <see cref="DeleteSome"/>.
    /// </summary>
    public bool Delete(in FinishedRun run, Runtime.State.RunStatus status, DateTimeOffset before)
    {
        var id = SqlId.Of(run.Id);
        if (header.Change(id, (int)status, before.ToUnixTimeMilliseconds()) == 0) return false;
        if (run.IsLarge) remember.Execute(id);
        else foreach (var part in parts) part.Execute(id);
        return true;
    }

    /// <summary>Stores the packed journal of a run; false when the run has gone on or is gone.</summary>
    public bool StoreBlock(Guid runId, long lastSeq, long waited, byte[] data) => block.Change(SqlId.Of(runId), lastSeq, waited, data) > 0;

    /// <summary>Whether the entries of a run up to one are packed.</summary>
    public bool HasBlock(Guid runId, long lastSeq) => blockUpTo.Scalar(SqlId.Of(runId), lastSeq) is not null;

    /// <summary>
    /// Deletes the first journal rows of a run up to an entry, about <paramref name="rows"/> of them, each with its large payload: whoever
    /// reads on the way finds the rest whole. False when there was none.
    /// </summary>
    public bool DeleteSome(Guid runId, long upTo, int rows)
    {
        var id = SqlId.Of(runId);
        if (first.Scalar(id) is not { } found) return false;
        var from = Convert.ToInt64(found, null);
        if (from > upTo) return false;
        // a large payload is up to 1 MiB, that is 256 pages: it counts as many small ones
        var end = Math.Min(upTo + 1, from + (firstBlob.Scalar(id) is null ? rows : Math.Max(1, rows / 128)));
        someBlobs.Execute(id, end);
        someEvents.Execute(id, end);
        return true;
    }

    /// <summary>Deletes what is left of a run whose header is gone.</summary>
    public void DeleteRest(Guid runId)
    {
        var id = SqlId.Of(runId);
        foreach (var part in parts) part.Execute(id);
        forget.Execute(id);
    }

    public void Dispose()
    {
        foreach (var statement in all) statement.Dispose();
    }

    private Statement Prepare(string sql, string parameters)
    {
        var statement = session.Statement(sql, parameters);
        all.Add(statement);
        return statement;
    }
}
