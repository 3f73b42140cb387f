using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Postgres;

namespace WorkflowStudio.Tests.Storage;

/// <summary>Two nodes that write: those of one workspace take turns, those of two do not.</summary>
[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresTurnTests(PostgresServer server)
{
    private static readonly Guid A = Guid.Parse("0190aaaa-0000-7000-8000-00000000000a");
    private static readonly Guid B = Guid.Parse("0190aaaa-0000-7000-8000-00000000000b");

    public static TheoryData<string?, string?> Together =>
        new() { { A.ToString(), A.ToString() }, { A.ToString(), null }, { null, A.ToString() }, { null, null } };

    [Theory]
    [MemberData(nameof(Together))]
    public async Task Work_ThatConcernsTheSame_TakesTurns(string? first, string? second)
    {
        await using var nodes = new TwoNodes(await EngineHarness.CreateAsync(server, []));
        using var held = new HeldWork();
        var one = WriteAsync(nodes.First, first, held.Run);
        await held.Began;
        var other = WriteAsync(nodes.Second, second, () => held.Order.Add("second"));
        await nodes.First.EventuallyAsync(async () => await WaitingAsync(nodes.First) == 1);
        held.Release();
        await Task.WhenAll(one, other).WaitAsync(EngineHarness.Patience);

        Assert.Equal(["first", "second"], held.Order);
    }

    [Fact]
    public async Task Work_OfTwoWorkspaces_DoesNotWaitForEachOther()
    {
        await using var nodes = new TwoNodes(await EngineHarness.CreateAsync(server, []));
        using var held = new HeldWork();
        var one = WriteAsync(nodes.First, A.ToString(), held.Run);
        await held.Began;
        await WriteAsync(nodes.Second, B.ToString(), () => held.Order.Add("second")).WaitAsync(EngineHarness.Patience);
        held.Release();
        await one;

        Assert.Equal(["second", "first"], held.Order);
    }

    // whatever gathers for a node shares a commit and wants all its turns at once, in one order
    [Fact]
    public async Task Work_OfManyWorkspacesInOneCommit_NeverWaitsInACircle()
    {
        await using var nodes = new TwoNodes(await EngineHarness.CreateAsync(server, []));
        Guid?[] workspaces = [A, B, Guid.Parse("0190aaaa-0000-7000-8000-0000000000ff"),
            Guid.Parse("0190aaaa-0000-7000-8000-0000ffffffff"), null];
        var counted = new int[workspaces.Length];

        await nodes.AtOnceAsync(600, (node, i) =>
        {
            var which = (i % 2 == 0 ? i : 599 - i) / 2 % workspaces.Length;
            return WriteAsync(node, workspaces[which]?.ToString(), () => counted[which]++); // unguarded: the turn is what keeps it right
        }).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.All(counted, c => Assert.Equal(600 / workspaces.Length, c));
    }

    private static Task<bool> WriteAsync(EngineHarness node, string? workspace, Action work)
    {
        return workspace is null ? node.Writer.WriteAsync(Do) : node.Writer.WriteAsync(Guid.Parse(workspace), Do);

        bool Do(StudioWrite write)
        {
            work();
            return true;
        }
    }

    private static async Task<int> WaitingAsync(EngineHarness node)
    {
        await using var db = await node.Get<IDbContextFactory<StudioDbContext>>().CreateDbContextAsync();
        return await db.Database.SqlQueryRaw<int>("""
            SELECT count(*)::int AS "Value" FROM pg_locks WHERE locktype='advisory' AND NOT granted AND database=(SELECT oid FROM pg_database WHERE datname=current_database())
            """).SingleAsync();
    }

    /// <summary>Work that has begun and does not end before it may.</summary>
    private sealed class HeldWork : IDisposable
    {
        private readonly TaskCompletionSource began = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim may = new();

        public Task Began => began.Task;

        /// <summary>What was done, in its order. Only whoever has its turn adds to it.</summary>
        public List<string> Order { get; } = [];

        public void Run()
        {
            began.TrySetResult();
            may.Wait(EngineHarness.Patience);
            Order.Add("first");
        }

        public void Release() => may.Set();

        public void Dispose() => may.Dispose();
    }
}
