using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using WorkflowStudio.Engine.Diagnostics;
using WorkflowStudio.Engine.Runtime.Shards;

namespace WorkflowStudio.Engine.Storage.Postgres;

/// <summary>
/// News between nodes by NOTIFY and LISTEN. It is sent after the commit it speaks of, by a connection of its own: PostgreSQL lets only one
/// transaction with a notification commit at a time, and that must not be the ones that wait for the disk.
/// </summary>
internal sealed class NodeLink(PostgresDatabase database, NodeNews news, NodeBell bell, TimeProvider clock, ILogger<NodeLink> logger)
    : BackgroundService, INodeLink
{
    private const string ChannelName = "studio";

    // PostgreSQL takes less than 8,000 bytes
    private const int MostBytes = 7_900;
    private const int MostPayloads = 32;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(500);

    private readonly Channel<string> outgoing = Channel.CreateBounded<string>(
        new BoundedChannelOptions(65_536) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>The name of this node, of this start of it.</summary>
    public string Me { get; } = string.Create(CultureInfo.InvariantCulture,
        $"{Environment.MachineName}-{Environment.ProcessId}-{clock.GetUtcNow().ToUnixTimeMilliseconds()}").Replace(';', '-');

    public bool IsAlone { get; set; }

    public void Send(string item) => outgoing.Writer.TryWrite(item);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        news.Connect(this);
        Send("n:new");
        return Task.WhenAll(AgainAsync(SendAsync, stoppingToken), AgainAsync(ListenAsync, stoppingToken));
    }

    private async Task AgainAsync(Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await work(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Log.LinkFailed(logger, e);
                await Task.Delay(BetweenTries, clock, CancellationToken.None);
            }
        }
    }

    private async Task ListenAsync(CancellationToken stopping)
    {
        await using var connection = new NpgsqlConnection(database.Connection.Unpooled());
        await connection.OpenAsync(stopping);
        connection.Notification += (_, told) => Hear(told.Payload);
        await using (var command = new NpgsqlCommand("LISTEN " + ChannelName, connection)) await command.ExecuteNonQueryAsync(stopping);
        news.Miss(); // whatever was told before
        await HoldAsync(connection, stopping);
        while (true) await connection.WaitAsync(stopping);
    }

    // The lock of this node goes with the connection, and the connection with the process: the others see at once when it has ended, see
    // NodeTable. Shared, for the connection before may hold it still: only who looks whether it is held wants it alone.
    private async Task HoldAsync(NpgsqlConnection connection, CancellationToken stopping)
    {
        await using var command = new NpgsqlCommand("SELECT pg_advisory_lock_shared($1,hashtext($2))", connection)
        {
            Parameters = { new NpgsqlParameter<int> { TypedValue = PostgresLocks.Nodes }, new NpgsqlParameter<string> { TypedValue = Me } },
        };
        await command.ExecuteNonQueryAsync(stopping);
    }

    private void Hear(string payload)
    {
        var items = payload.Split(';');
        if (items[0] == Me) return;
        foreach (var item in items.AsSpan(1))
        {
            if (item.StartsWith("n:", StringComparison.Ordinal))
            {
                IsAlone = false;
                bell.Ring();
            }
            else
            {
                news.Hear(item);
            }
        }
    }

    private async Task SendAsync(CancellationToken stopping)
    {
        await using var connection = new NpgsqlConnection(database.Connection.Unpooled("-c synchronous_commit=off"));
        await connection.OpenAsync(stopping);
        while (await outgoing.Reader.WaitToReadAsync(stopping))
        {
            await using var batch = new NpgsqlBatch(connection);
            while (batch.BatchCommands.Count < MostPayloads && NextPayload() is { } payload)
                batch.BatchCommands.Add(new NpgsqlBatchCommand($"SELECT pg_notify('{ChannelName}',$1)")
                { Parameters = { new NpgsqlParameter<string> { TypedValue = payload } } });
            if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(stopping);
        }
    }

    private string? NextPayload()
    {
        var payload = new StringBuilder(Me);
        while (outgoing.Reader.TryPeek(out var item) && payload.Length + item.Length + 1 <= MostBytes && outgoing.Reader.TryRead(out item))
            payload.Append(';').Append(item);
        return payload.Length > Me.Length ? payload.ToString() : null;
    }
}
