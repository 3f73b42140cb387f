using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using WorkflowStudio.E2E.Support;

namespace WorkflowStudio.E2E;

/// <summary>
/// A start that cannot be: one line that says what to do, an exit code of 1 to 3, no stack. And what a start says after a crash.
/// </summary>
public sealed class StartTests
{
    [Fact]
    public async Task PortThatIsInUse_IsNamedWithAFreeOne()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var studio = new StudioProcess();
        var ended = await studio.RunAsync(["--urls", $"http://127.0.0.1:{port}"]);
        Assert.Equal(3, ended.Code);
        Assert.Matches($"^Port {port} is in use\\. Start with --urls http://127\\.0\\.0\\.1:[0-9]+\n$", ended.Error);
        Assert.False(File.Exists(Path.Combine(studio.Folder, "studio.db"))); // refused before anything is made
    }

    [Theory]
    [InlineData(
        "--urls nonsense", "The address to listen on is \"nonsense\"; give --urls as http://HOST:PORT, for example http://127.0.0.1:5080.")]
    [InlineData(
        "--prot 18180", "--prot is not known. The server takes --data DIR, --urls URL, --environment NAME and --no-demo; see --help.")]
    [InlineData("--urls http://127.0.0.1:0 --data /dev/null/data", null)]
    public async Task ArgumentThatIsWrong_IsNamed(string arguments, string? why)
    {
        await using var studio = new StudioProcess();
        AssertRefused(2, why, await studio.RunAsync(arguments.Split(' ')));
    }

    [Fact]
    public async Task DatabaseThatDoesNotAnswer_IsNamed()
    {
        await using var studio = new StudioProcess();
        var ended = await studio.RunAsync(
            ["--urls", "http://127.0.0.1:0"], ("STUDIO_DATABASE", "Host=127.0.0.1;Port=1;Database=studio;Username=nobody"));
        AssertRefused(2, null, ended);
        Assert.StartsWith("The database studio on 127.0.0.1 does not answer (", ended.Error, StringComparison.Ordinal);
        Assert.EndsWith("). Start it, or mend STUDIO_DATABASE.\n", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FileThatIsNoDatabase_IsNamedWithWhatToDo()
    {
        await using var studio = new StudioProcess();
        await File.WriteAllTextAsync(Path.Combine(studio.Folder, "studio.db"), new string('x', 10_000));
        AssertRefused(2, $"{Path.Combine(studio.Folder, "studio.db")} is damaged or not a database. Put a backup in its place with the "
            + $"command restore FILE; what is there now is kept as "
            + $"studio.db.before-restore.", await studio.RunAsync(["--urls", "http://127.0.0.1:0"]));
    }

    [Fact]
    public async Task LogThatIsGoneAfterACrash_IsMissed()
    {
        await using var studio = new StudioProcess();
        await studio.StartAsync();
        while (InLog(studio) == 0) await Task.Delay(50); // noted once a second
        await studio.KillAsync();
        File.Delete(Path.Combine(studio.Folder, "studio.db-wal"));
        await studio.TryStartAsync(); // whether it can be used without is another matter
        Assert.Contains("commits may be lost", studio.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OrderlyStop_LeavesNothingToMissOrToLookThrough()
    {
        await using var studio = new StudioProcess();
        await studio.StartAsync();
        while (InLog(studio) == 0) await Task.Delay(50);
        await studio.AskToStopAsync();
        Assert.True(await studio.HasEndedWithinAsync(StudioProcess.Patience));
        await studio.CommandAsync("keys", "list", "--workspace", "demo"); // closing its connection folds the log into the file
        await studio.StartAsync();
        Assert.DoesNotContain("may be lost", studio.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("did not end in order", studio.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DamagedDatabaseAfterACrash_IsNotReadyAndSaysWhy()
    {
        await using var studio = new StudioProcess();
        await studio.StartAsync();
        await studio.AskToStopAsync();
        Assert.True(await studio.HasEndedWithinAsync(StudioProcess.Patience));
        await studio.CommandAsync("check");
        await studio.StartAsync();
        await studio.KillAsync();
        await DamageAsync(Path.Combine(studio.Folder, "studio.db"));
        studio.Begin();
        for (var answer = ""; !answer.Contains(
            "the database is damaged: restore a backup", StringComparison.Ordinal); answer = await ReadyAsync(studio)) await Task.Delay(50);
    }

    // the root of a table that nothing at the start reads
    private static async Task DamageAsync(string file)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE); SELECT rootpage FROM sqlite_master WHERE name='user_passkeys'";
        await using var reader = await command.ExecuteReaderAsync();
        await reader.NextResultAsync();
        await reader.ReadAsync();
        var page = reader.GetInt64(0);
        await using var bytes = File.OpenWrite(file);
        bytes.Seek((page - 1) * 4096, SeekOrigin.Begin);
        await bytes.WriteAsync(new byte[4096].Select(_ => (byte)0xEE).ToArray());
    }

    private static async Task<string> ReadyAsync(StudioProcess studio)
    {
        try
        {
            using var answer = await studio.Http.GetAsync("/health/ready");
            return await answer.Content.ReadAsStringAsync();
        }
        catch (HttpRequestException)
        {
            return "";
        }
    }

    private static long InLog(StudioProcess studio)
    {
        using var file = new FileStream(Path.Combine(studio.Folder, "studio.life"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var note = JsonDocument.Parse(file);
        return note.RootElement.GetProperty("InLog").GetInt64();
    }

    private static void AssertRefused(int code, string? why, EndedStudio ended)
    {
        Assert.Equal((code, ""), (ended.Code, ended.Output));
        Assert.Single(ended.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        if (why is not null) Assert.Equal(why + "\n", ended.Error);
    }
}
