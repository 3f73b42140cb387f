using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace WorkflowStudio.Bench;

/// <summary>The studio in a process of its own, built in the same configuration as this tool, with one workflow to post to.</summary>
internal sealed class ServerUnderLoad : IAsyncDisposable
{
    private const string Workflow = """
        {"name":"Load test","trigger":{"type":"webhook"},
         "nodes":[
          {"id":"one","type":"set","name":"One","config":{"values":{"name":"{{ $initialPayload.name }}","n":"{{ $initialPayload.n }}"}}},
          {"id":"two","type":"set","name":"Two","config":{"values":{"greeting":"Hello {{ $node.one.name }}"}}},
          {"id":"three","type":"set","name":"Three","config":{"values":{"n":"{{ $node.one.n }}","greeting":"{{ $node.two.greeting }}"}}},
          {"id":"four","type":"set","name":"Four","config":{"values":{"city":"{{ $initialPayload.address.city ?? \"nowhere\" }}"}}},
          {"id":"five","type":"set","name":"Five","config":{"values":{"text":"{{ $node.three.greeting }} of {{ $node.four.city }}"}}}],
         "link_connections":[{"from":"trigger","to":"one"},{"from":"one","to":"two"},{"from":"two","to":"three"},{"from":"three","to":"four"},{"from":"four","to":"five"}]}
        """;

    private readonly Process process;
    private readonly bool ownsFolder;
    private readonly string? postgres;

    private readonly bool metrics;

    private ServerUnderLoad(Process process, string folder, bool ownsFolder, string? postgres, bool metrics, Uri address)
    {
        (this.process, Folder, this.ownsFolder, this.postgres, this.metrics, Address) =
            (process, folder, ownsFolder, postgres, metrics, address);
        Http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1_024, UseProxy = false, AllowAutoRedirect = false })
        { BaseAddress = address };
    }

    public string Folder { get; }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public Uri Webhook { get; private set; } = null!;

    /// <summary>How long it took from the start of the process until it was ready.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    public string Database => Path.Combine(Folder, "studio.db");

    /// <summary>The memory that the server holds now, in bytes.</summary>
    public long Memory => StatusLine("VmRSS:");

    /// <summary>The most memory that the server held so far, in bytes.</summary>
    public long PeakMemory => StatusLine("VmHWM:");

    /// <summary>Starts a server, and makes the workflow.</summary>
    /// <param name="data">The data folder; null takes a temporary one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="postgres">The connection string of its database; null for SQLite in the data folder.</param>
    /// <param name="metrics">Whether it measures itself.</param>
    public static async Task<ServerUnderLoad> StartAsync(
        string? data, CancellationToken cancellationToken, string? postgres = null, bool metrics = false)
    {
        var server = await StartNodeAsync(data, postgres, metrics, cancellationToken);
        await server.SignInAsync();
        server.Webhook = await server.MakeWorkflowAsync("Load test", cancellationToken);
        return server;
    }

    /// <summary>Starts a further node on the same PostgreSQL, with the same key and the same workflow.</summary>
    public async Task<ServerUnderLoad> StartFurtherAsync(CancellationToken cancellationToken)
    {
        var server = await StartNodeAsync(null, postgres, metrics, cancellationToken);
        server.Http.DefaultRequestHeaders.Authorization = Http.DefaultRequestHeaders.Authorization;
        server.Webhook = new Uri(server.Address, Webhook.AbsolutePath);
        return server;
    }

    /// <summary>Runs a command of the studio on a data folder, and answers what it printed.</summary>
    public static Task<string> CommandAsync(string folder, params string[] arguments) => CommandAsync(folder, null, arguments);

    private static async Task<string> CommandAsync(string folder, string? postgres, string[] arguments)
    {
        using var command = Start(folder, postgres, metrics: false, arguments);
        var output = await command.StandardOutput.ReadToEndAsync();
        await command.WaitForExitAsync();
        return command.ExitCode == 0
            ? output.Trim()
            : throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {command.ExitCode}.");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (ownsFolder) Directory.Delete(Folder, true);
    }

    private static async Task<ServerUnderLoad> StartNodeAsync(
        string? data, string? postgres, bool metrics, CancellationToken cancellationToken)
    {
        if (data is not null) Directory.CreateDirectory(data);
        var folder = data ?? Directory.CreateTempSubdirectory("studio-load-").FullName;
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var process = Start(folder, postgres, metrics, "--urls", address.ToString().TrimEnd('/'));
        var server = new ServerUnderLoad(process, folder, data is null, postgres, metrics, address);
        var clock = Stopwatch.StartNew();
        await server.UntilReadyAsync(cancellationToken);
        server.ReadyAfter = clock.Elapsed;
        return server;
    }

    private static Process Start(string folder, string? postgres, bool metrics, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = folder };
        start.ArgumentList.Add(ServerFile());
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.ArgumentList.Add("--data");
        start.ArgumentList.Add(folder);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["STUDIO_DATABASE"] = postgres; // null takes away what the shell may have set
        start.Environment["STUDIO_METRICS"] = metrics ? "on" : null;
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        start.Environment["Logging__LogLevel__WorkflowStudio.Engine.Storage.Retention"] = "Information"; // what a pass did
        var process = Process.Start(start)!;
        if (arguments[0] == "--urls")
        {
            process.OutputDataReceived += (_, line) =>
            {
                if (!string.IsNullOrEmpty(line.Data)) Console.Error.WriteLine("server: " + line.Data);
            };
            process.BeginOutputReadLine();
        }

        return process;
    }

    private async Task UntilReadyAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < 300; i++)
        {
            if (process.HasExited) throw new InvalidOperationException($"The server ended with {process.ExitCode} before it was ready.");
            try
            {
                using var answer = await Http.GetAsync("/health/ready", cancellationToken);
                if (answer.StatusCode == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException)
            {
                // not listening yet
            }

            await Task.Delay(200, cancellationToken);
        }

        throw new TimeoutException("The server was not ready within a minute.");
    }

    /// <summary>Makes the workflow under a name, and answers its webhook.</summary>
    public async Task<Uri> MakeWorkflowAsync(string name, CancellationToken cancellationToken, string? definition = null)
    {
        using var content = new StringContent(
            (definition ?? Workflow).Replace("Load test", name, StringComparison.Ordinal), Encoding.UTF8, "application/json");
        using var answer = await Http.PostAsync("/api/v1/workflows", content, cancellationToken);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (answer.StatusCode != HttpStatusCode.Created)
            throw new InvalidOperationException($"The workflow was not made: {(int)answer.StatusCode} {body}");
        return new Uri(JsonElement.Parse(body).GetProperty("webhook_target_url").GetString()!);
    }

    private async Task SignInAsync()
    {
        var output = await CommandAsync(
            Folder, postgres, ["keys", "create", "--workspace", "demo", "--environment", "live", "--scopes", "all", "--name", "load"]);
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Trim());
    }

    // beside this tool's own output lies the server's, in the same configuration
    internal static string ServerFile()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var root = own.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(root, "WorkflowStudio", "bin", own.Parent.Name, own.Name, "WorkflowStudio.dll");
    }

    private long StatusLine(string name)
    {
        foreach (var line in File.ReadLines($"/proc/{process.Id}/status"))
            if (line.StartsWith(name, StringComparison.Ordinal))
                return long.Parse(line.AsSpan(name.Length).Trim().ToString().Split(' ')[0], CultureInfo.InvariantCulture) * 1024;
        return 0;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
