using WorkflowStudio.Engine.Runtime.Journal;

namespace WorkflowStudio.Engine.Runtime.Shards;

/// <summary>
/// One question for all shards of a node: the pumps ask at the same moment, and whoever asks within a few milliseconds shares the answer.
/// </summary>
internal sealed class DuePoll(IJournal journal, TimeProvider clock)
{
    /// <summary>How often a pump asks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(10);

    private readonly Lock gate = new();
    private Round? gathering;

    /// <summary>How long it is until the next moment at which all pumps ask.</summary>
    public static TimeSpan UntilNext() =>
        TimeSpan.FromMilliseconds(Interval.TotalMilliseconds - (Environment.TickCount64 % Interval.TotalMilliseconds));

    /// <summary>What of a shard is due, see <see cref="IJournal.DueAsync"/>.</summary>
    public async Task<IReadOnlyList<Guid>> AskAsync(int shard, int limit, CancellationToken cancellationToken)
    {
        Round round;
        bool isFirst;
        lock (gate)
        {
            isFirst = gathering is null;
            round = gathering ??= new Round();
            round.Shards.Add(shard);
        }

        if (isFirst) _ = AnswerAsync(round, limit);
        return [.. (await round.Answer.Task.WaitAsync(cancellationToken))[shard]];
    }

    // not given up by a token: it is the answer of others, too
    private async Task AnswerAsync(Round round, int limit)
    {
        try
        {
            await Task.Delay(Gathering, CancellationToken.None);
            lock (gate) gathering = null;
            round.Answer.SetResult((await journal.DueAsync(round.Shards, clock.GetUtcNow(), limit, CancellationToken.None))
                .ToLookup(RunBell.ShardOf));
        }
        catch (Exception e)
        {
            round.Answer.SetException(e);
        }
    }

    private sealed class Round
    {
        public List<int> Shards { get; } = [];

        public TaskCompletionSource<ILookup<int, Guid>> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
