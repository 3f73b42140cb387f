using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace WorkflowStudio.Tests.Support.Postgres;

/// <summary>
/// A PostgreSQL server of the tests' own, in a temporary folder. It ends with the process that started it, however that ends.
/// </summary>
internal sealed class PostgresProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string bin;
    private readonly string folder;
    private readonly int port;
    private readonly string settings;
    private Process? process;

    private PostgresProcess(string bin, string folder, int port, string settings) =>
        (this.bin, this.folder, this.port, this.settings) = (bin, folder, port, settings);

    /// <summary>The connection string of its database <c>postgres</c>.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres";

    /// <summary>Makes a cluster and starts it.</summary>
    /// <param name="durable">Whether commits are synced to disk, as in earnest; else they are fast.</param>
    /// <param name="more">Further settings of the server, <c>-c name=value</c>; they win over those for tests.</param>
    public static async Task<PostgresProcess> StartAsync(bool durable, string more = "")
    {
        var bin = PostgresBinaries.Folder ?? throw new InvalidOperationException(PostgresBinaries.Missing);
        var folder = Path.Combine(Path.GetTempPath(), $"studio-postgres-{Environment.ProcessId}-{FreePort()}");
        var settings = "-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200 -c shared_buffers=64MB"
            + (durable ? "" : " -c fsync=off -c synchronous_commit=off -c full_page_writes=off") + " " + more;
        var server = new PostgresProcess(bin, folder, FreePort(), settings);
        using (var made = Shell($"'{bin}/initdb' -D '{folder}' -A trust -U postgres -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null"))
            await made.WaitForExitAsync();
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts it again after <see cref="StopAsync"/>.</summary>
    public async Task StartAsync()
    {
        // when the test's process ends, however, its end of the pipe closes and the server is told to stop
        process = Shell(
            $"'{bin}/postgres' -D '{folder}' -p {port} {settings} >'{folder}/log' 2>&1 & p=$!; cat >/dev/null; kill -INT $p; wait $p");
        var until = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false;Timeout=2");
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (until.Elapsed < Patience)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>Stops it at once: whoever is connected is thrown out.</summary>
    public async Task StopAsync()
    {
        if (process is null) return;
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        using var remove = Shell($"rm -rf '{folder}'");
        await remove.WaitForExitAsync();
    }

    // the server refuses to run as root
    private static Process Shell(string script)
    {
        string[] command = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", "sh", "-c", script] : ["sh", "-c", script];
        return Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, WorkingDirectory = "/" })!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
