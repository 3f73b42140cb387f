using System.Data.Common;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage.Journal.Statements;

/// <summary>
/// The statements of the journal's hot path, prepared once on the writer's connection. Column names are those of the rows.
/// </summary>
internal sealed class JournalStatements : IDisposable
{
    private readonly StatementSet all;

    public JournalStatements(WriterConnection connection)
    {
        all = new StatementSet(connection);
        (Runs, Gates, Entries, Waits) =
            (new RunStatements(all), new GateStatements(all), new EntryStatements(all), new WaitStatements(all));
        (Inbox, Signals, Shards) = (new InboxStatements(all), new SignalStatements(all), new ShardStatements(all));
        (Schedules, Answers, Deliveries) = (new ScheduleStatements(all), new AnswerStatements(all), new DeliveryStatements(all));
    }

    /// <summary>The headers of runs.</summary>
    public RunStatements Runs { get; }

    /// <summary>Which runs of a workflow may be under way at once.</summary>
    public GateStatements Gates { get; }

    /// <summary>What happened in runs.</summary>
    public EntryStatements Entries { get; }

    /// <summary>What steps wait for.</summary>
    public WaitStatements Waits { get; }

    /// <summary>What is wanted of runs.</summary>
    public InboxStatements Inbox { get; }

    /// <summary>Signals that were sent.</summary>
    public SignalStatements Signals { get; }

    /// <summary>Who owns a shard.</summary>
    public ShardStatements Shards { get; }

    /// <summary>Occurrences of schedules.</summary>
    public ScheduleStatements Schedules { get; }

    /// <summary>Answers that are given again to a repeated request.</summary>
    public AnswerStatements Answers { get; }

    /// <summary>What is to be told elsewhere.</summary>
    public DeliveryStatements Deliveries { get; }

    /// <summary>Makes the statements part of a transaction.</summary>
    public void Enlist(DbTransaction transaction) => all.Enlist(transaction);

    public void Dispose() => all.Dispose();
}
