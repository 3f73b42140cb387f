using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Tests.Api.Dialects.Graph;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Hosting;

/// <summary>What a client hears while nothing can be stored.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public async Task Request_ThatCannotBeStored_IsToldWhyAndCanBeSentAgain()
    {
        await using var app = new StudioApp(); // of its own: nobody else could store anything meanwhile
        var practice = await app.GraphPracticeAsync();
        var body = GraphBodies.Small();
        // SQLite answers "full" for a file that may not grow as it does for a disk without room
        await FillAsync(app, true);
        var refused = await UntilAsync(503, i => practice.PostAsync("/api/v1/workflows", body, $"full-{i}"));
        Assert.Equal(("storage_failed", "10"), (refused.Text("code"), Assert.Single(refused.Headers.GetValues("Retry-After"))));
        Assert.Equal("The server cannot store anything just now: the disk is full. Whoever runs it has to mend that; send the request "
            + "again then, with its Idempotency-Key.", refused.Text("message"));
        Assert.Equal(200, (await practice.GetAsync("/api/v1/workflows")).Status);
        await FillAsync(app, false);
        Assert.Equal(201, (await practice.PostAsync("/api/v1/workflows", body, "again")).Status);
    }

    // what fits into pages that are there already is stored
    private static async Task<Reply> UntilAsync(int status, Func<int, Task<Reply>> ask)
    {
        for (var i = 0; ; i++)
        {
            var reply = await ask(i);
            if (reply.Status == status) return reply;
            Assert.True(i < 1_000, reply.Body);
        }
    }

    private static Task FillAsync(StudioApp app, bool full) =>
        app.Get<IStudioWriter>()
            .WriteAsync(write => write.Db.Database.ExecuteSqlRaw(full ? "PRAGMA max_page_count=1" : "PRAGMA max_page_count=1000000"));
}
