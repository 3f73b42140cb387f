namespace WorkflowStudio.Tests.Support;

/// <summary>
/// Two nodes on one database: each with its own writers, its own journal and its own connections, as two processes have them. Their pumps
/// do not run. A database that only one node may use has that one twice: then it is its callers that race.
/// </summary>
internal sealed class TwoNodes(EngineHarness first) : IAsyncDisposable
{
    private readonly EngineHarness? beside = first.Beside();

    public EngineHarness First => first;

    public EngineHarness Second => beside ?? first;

    /// <summary>Does something many times at once, in turn on the one node and on the other.</summary>
    public Task<T[]> AtOnceAsync<T>(int times, Func<EngineHarness, int, Task<T>> work) =>
        Task.WhenAll(Enumerable.Range(0, times).Select(i => Task.Run(() => work(i % 2 == 0 ? First : Second, i))));

    public async ValueTask DisposeAsync()
    {
        if (beside is not null) await beside.DisposeAsync();
        await first.DisposeAsync();
    }
}
