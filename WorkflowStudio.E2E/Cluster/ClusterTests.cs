using WorkflowStudio.E2E.Support;
using WorkflowStudio.Tests.Support.Postgres;

namespace WorkflowStudio.E2E.Cluster;

/// <summary>
/// Two nodes and three on one PostgreSQL: killed, frozen, cut off and with a database that restarts, they lose and repeat nothing.
/// </summary>
[NeedsPostgres]
public sealed class ClusterTests
{
    // the longer version: STUDIO_CLUSTER_ROUNDS=10
    private static readonly int Rounds =
        int.TryParse(Environment.GetEnvironmentVariable("STUDIO_CLUSTER_ROUNDS"), out var rounds) ? rounds : 1;

    [Fact]
    public async Task Nodes_KilledFrozenAndCutOff_LoseAndRepeatNothing()
    {
        await using var cluster = await ClusterFixture.StartAsync(2);
        var (a, b) = (cluster.Nodes[0], cluster.Nodes[1]);
        for (var round = 0; round < Rounds; round++)
        {
            var posts = cluster.PostAsync(6, a, b);
            await a.KillAsync();
            await posts;
            await cluster.UntilSharedAsync(1);
            await cluster.PostAsync(4, b);
            await a.StartAsync();
            await cluster.UntilSharedAsync(2);

            posts = cluster.PostAsync(6, a, b);
            await b.SignalAsync("STOP");
            await cluster.UntilSharedAsync(1);
            await cluster.PostAsync(4, a);
            await b.SignalAsync("CONT");
            await posts;
            await cluster.UntilSharedAsync(2);

            posts = cluster.PostAsync(6, a, b);
            await cluster.DropConnectionsAsync();
            await posts;
        }

        await cluster.UntilAllWaitAsync();
        await cluster.CheckAsync();
        Assert.True(
            cluster.Acknowledged.Count > 15 * Rounds, $"Only {cluster.Acknowledged.Count} posts were answered: the rounds do no work.");
    }

    [Fact]
    public async Task Database_RestartedAgainAndAgain_LosesNothing()
    {
        await using var cluster = await ClusterFixture.StartAsync(2);
        for (var restart = 0; restart < 3 * Rounds; restart++)
        {
            var posts = cluster.PostAsync(5, [.. cluster.Nodes]);
            await cluster.Postgres.StopAsync();
            await cluster.Postgres.StartAsync();
            await posts;
            await cluster.PostAsync(3, [.. cluster.Nodes]);
        }

        await cluster.UntilAllWaitAsync();
        await cluster.CheckAsync();
        Assert.True(
            cluster.Acknowledged.Count > 8 * Rounds, $"Only {cluster.Acknowledged.Count} posts were answered: the rounds do no work.");
    }

    [Fact]
    public async Task ThreeNodes_ShareTheWork_AndEachShowsTheRunsOfTheOthers()
    {
        await using var cluster = await ClusterFixture.StartAsync(3);
        await cluster.PostAsync(3, [.. cluster.Nodes]);
        await cluster.UntilAllWaitAsync();
        using var patience = new CancellationTokenSource(StudioProcess.Patience);
        var watching = cluster.Acknowledged.Select(id => cluster.Nodes[2].Http.GetStringAsync(
            $"/api/v1/executions/{id}/events", patience.Token)).ToList();
        await cluster.DeleteWorkflowAsync(cluster.Nodes[0]);
        foreach (var lines in await Task.WhenAll(watching)) Assert.Contains("run_canceled", lines, StringComparison.Ordinal);
        await cluster.CheckAsync();
    }
}
