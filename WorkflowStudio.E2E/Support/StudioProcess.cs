using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace WorkflowStudio.E2E.Support;

/// <summary>The studio as people start it: a process of its own, on a data folder and an address of its own.</summary>
public sealed class StudioProcess : IAsyncDisposable
{
    /// <summary>How long a test waits for what has to come, however slow the machine is.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly StringBuilder log = new();
    private Process? process;

    private readonly string? database;

    public StudioProcess(string? folder = null, string? database = null)
    {
        this.database = database;
        Folder = folder ?? Directory.CreateTempSubdirectory("studio-e2e-").FullName;
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        Http = new HttpClient(new MortalServer()) { BaseAddress = Address };
    }

    /// <summary>The data folder.</summary>
    public string Folder { get; }

    /// <summary>The built app, of the same configuration as these tests.</summary>
    public static string App { get; } = AppOf(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>A client without a key.</summary>
    public HttpClient Http { get; }

    /// <summary>What the process has written so far.</summary>
    public string Log
    {
        get
        {
            lock (log) return log.ToString();
        }
    }

    /// <summary>Whether the process has ended.</summary>
    public bool HasEnded => process is null || process.HasExited;

    /// <summary>Starts the server and waits until it is ready. An end before that is an error.</summary>
    public async Task StartAsync()
    {
        if (!await TryStartAsync())
            throw new InvalidOperationException($"The studio ended with {process!.ExitCode} before it was ready.\n{Log}");
    }

    /// <summary>Starts the server and waits until it is ready; false when it ended before, as a fail point may make it.</summary>
    /// <param name="environment">Further environment variables, for example a fail point.</param>
    public async Task<bool> TryStartAsync(params (string Name, string Value)[] environment)
    {
        Begin(environment);
        var until = Stopwatch.StartNew();
        while (until.Elapsed < Patience)
        {
            if (process!.HasExited) return false;
            if (await IsReadyAsync()) return true;
            await Task.Delay(100);
        }

        throw new TimeoutException($"The studio was not ready within {Patience.TotalSeconds} s.\n{Log}");
    }

    /// <summary>Starts the server, whatever becomes of it.</summary>
    public void Begin(params (string Name, string Value)[] environment)
    {
        process = Launch(["--urls", Address.ToString().TrimEnd('/'), "--data", Folder], [.. Environment(), .. environment]);
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Starts a server that is expected to end by itself, on the same data folder when no other is named.</summary>
    public async Task<EndedStudio> RunAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        using var ending = Launch(
            arguments.Contains("--data") ? arguments : [.. arguments, "--data", Folder], [.. Environment(), .. environment]);
        var (output, error) = (ending.StandardOutput.ReadToEndAsync(), ending.StandardError.ReadToEndAsync());
        await ending.WaitForExitAsync();
        return new EndedStudio(ending.ExitCode, await output, await error);
    }

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        if (process is null) return;
        if (!process.HasExited) process.Kill();
        await HasEndedWithinAsync(Patience);
        process.Dispose();
        process = null;
    }

    /// <summary>Asks it to stop, as <c>kill</c> does; see <see cref="HasEndedWithinAsync"/>.</summary>
    public Task AskToStopAsync() => SignalAsync("TERM");

    /// <summary>Sends the process a signal, <c>STOP</c> to freeze it or <c>CONT</c> to let it go on.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, process!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits until it has ended by itself; false when it has not within the time.</summary>
    public async Task<bool> HasEndedWithinAsync(TimeSpan time)
    {
        // not WaitForExitAsync, which waits for the end of the output, too
        for (var watch = Stopwatch.StartNew(); !HasEnded && watch.Elapsed < time;) await Task.Delay(20);
        return HasEnded;
    }

    /// <summary>Runs a command of the app on the same data folder and answers its last line.</summary>
    public async Task<string> CommandAsync(params string[] arguments)
    {
        using var command = Launch([.. arguments, "--data", Folder], Environment());
        var output = command.StandardOutput.ReadToEndAsync();
        var error = command.StandardError.ReadToEndAsync();
        await command.WaitForExitAsync();
        if (command.ExitCode != 0)
            throw new InvalidOperationException(
                $"{string.Join(' ', arguments)} ended with {command.ExitCode}: {await output} {await error}");
        return (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Trim();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Http.Dispose();
        Directory.Delete(Folder, true);
    }

    private (string, string)[] Environment() => database is null ? [] : [("STUDIO_DATABASE", database)];

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await Http.GetAsync("/health/ready");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Note(string? line)
    {
        if (line is null) return;
        lock (log) log.AppendLine(line);
    }

    private static Process Launch(string[] arguments, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false,
            WorkingDirectory = Path.Combine(Checkout.Root, "WorkflowStudio"),
        };
        start.ArgumentList.Add(App);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment.Remove("STUDIO_DATA");
        start.Environment.Remove("STUDIO_DATABASE");
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start) ?? throw new InvalidOperationException("The studio could not be started.");
    }

    private static string AppOf(DirectoryInfo own) =>
        Path.Combine(Checkout.Root, "WorkflowStudio", "bin", own.Parent!.Name, own.Name, "WorkflowStudio.dll");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>A server that has ended by itself.</summary>
public sealed record EndedStudio(int Code, string Output, string Error);
