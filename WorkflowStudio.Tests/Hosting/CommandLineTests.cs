using WorkflowStudio.Engine.Storage.Sqlite;
using WorkflowStudio.Hosting;
using WorkflowStudio.Hosting.Commands;

namespace WorkflowStudio.Tests.Hosting;

public sealed class CommandLineTests(SeededFolder seeded) : IClassFixture<SeededFolder>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("studio-commands-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task KeysCreate_PrintsTheKeyAloneOnTheLastLine()
    {
        seeded.CopyTo(folder);
        var made = await RunAsync("keys", "create", "--workspace", "demo", "--environment", "test", "--scopes", "all", "--name", "Script");
        Assert.Equal((0, ""), (made.Code, made.Error));
        Assert.Matches("^sk_test_[0-9A-Za-z]{43}$", made.Output.TrimEnd().Split('\n')[^1]);
        var list = await RunAsync("keys", "list", "--workspace=demo");
        Assert.Matches("^[0-9a-f-]{36}  sk_test_.{4}…  valid  Script  service\\.", list.Output);
        var id = list.Output[..36];
        Assert.Equal(0, (await RunAsync("keys", "revoke", id, "--workspace", "demo")).Code);
        Assert.Contains("revoked", (await RunAsync("keys", "list", "--workspace", "demo")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("keys create --workspace nowhere", 1, "There is no workspace nowhere. Known: demo.")]
    [InlineData("keys create", 2, "--workspace is missing.")]
    [InlineData("keys create --workspace demo --environment moon", 2, "--environment has to be live or test.")]
    [InlineData("keys create --workspace demo --colour red", 2, "--colour is not known. See keys create --help.")]
    [InlineData("keys create --workspace", 2, "--workspace needs a value.")]
    [InlineData("keys revoke", 2, "ID is missing. See keys revoke --help.")]
    [InlineData("keys revoke 1 --workspace demo", 2, "The id of a key is a UUID; keys list shows it.")]
    [InlineData("user create --email a@b.test --name A --workspace demo", 1, "Passwords must be at least 12 characters.")]
    [InlineData("connections set --workspace demo --kind fax --endpoint https://x.test --model m", 2,
        "--kind has to be smtp, imap, sms, stripe, ai, http, webhook-secret.")]
    [InlineData("connections set --workspace demo --kind http --endpoint https://x.test", 2, "--name is missing.")]
    [InlineData("connections set --workspace demo --kind http --endpoint https://x.test --name crm --header Host", 2,
        "--header: This has to be the name of a header such as Authorization or X-Api-Key.")]
    [InlineData("connections remove --workspace demo --kind http", 2, "--name is missing.")]
    [InlineData("connections remove --workspace demo --kind http --name crm", 1,
        "There is no http connection crm in demo, live. See connections list.")]
    [InlineData("connections remove --workspace demo --kind ai", 1, "There is no ai connection in demo, live. See connections list.")]
    [InlineData("practice hours --workspace demo --from 17:00 --to 09:00", 2,
        "--from and --to have to be times such as 09:00 and 17:00, the first before the second.")]
    [InlineData("practice visit --workspace demo --name Check --minutes 4", 2, "--minutes has to be a whole number from 5 to 480.")]
    [InlineData("practice visit --workspace demo --name Check --minutes 20 --price free", 2,
        "--price has to be a whole number of cents, at most 100000000.")]
    [InlineData(
        "practice retention --workspace demo --failed soon", 2, "--failed has to be a whole number of days, 0 to 3650; 0 means for ever.")]
    [InlineData("practice code --workspace demo --allow maybe", 2, "--allow has to be on or off.")]
    [InlineData("restore /nowhere.db", 1, "There is no file /nowhere.db.")]
    [InlineData("fly", 2, "There is no command \"fly\". See --help for all of them.")]
    public async Task Command_ThatCannotBeDone_SaysWhyInOneLine(string command, int code, string why)
    {
        seeded.CopyTo(folder);
        var done = await RunAsync(command.Split(' '), "short");
        Assert.Equal((code, why + Environment.NewLine, ""), (done.Code, done.Error, done.Output));
    }

    [Fact]
    public async Task Practice_IsSetUpFromTheShell()
    {
        Assert.Equal(0,
            (await RunAsync(["user", "create", "--email", "a@b.test", "--name", "Ann", "--workspace", "bell"], "A-long-Password-1")).Code);
        Assert.Equal("bell (live) is open from 08:00 to 12:30, Monday to Friday." + Environment.NewLine,
            (await RunAsync("practice", "hours", "--workspace", "bell", "--from", "08:00", "--to", "12:30")).Output);
        Assert.Equal("bell (live) offers “First visit”, 45 minutes." + Environment.NewLine, (await RunAsync(
            "practice", "visit", "--workspace", "bell", "--name", "First visit", "--minutes", "45", "--price", "9000")).Output);
    }

    [Fact]
    public async Task ConnectionsSet_OfKindHttp_KeepsSeveralByName()
    {
        seeded.CopyTo(folder);
        string[] Set(string name) =>
            ["connections", "set", "--workspace", "demo", "--kind", "http", "--name", name, "--endpoint", "https://crm.example.com/v1"];
        Assert.Equal("crm (https://crm.example.com/v1) is connected to demo, live. connections try says whether it lets the studio in."
            + Environment.NewLine,
            (await RunAsync(Set("crm"), "Bearer abc123")).Output);
        Assert.Equal(0, (await RunAsync([.. Set("erp"), "--header", "X-Api-Key"], "k3y")).Code);
        Assert.Equal(0, (await RunAsync(Set("crm"), "Bearer def456")).Code);
        Assert.Equal(
            (2, "The secret is read from standard input, one line. Value of the header is needed, such as Bearer abc123."
                + Environment.NewLine),
            (await RunAsync(Set("x"), "")) is var none ? (none.Code, none.Error) : default);
        Assert.Contains("connections: http crm (live), http erp (live)", (await RunAsync("doctor")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WebhookSecrets_AreSetAndChangedOver()
    {
        seeded.CopyTo(folder);
        string[] set = ["connections", "set", "--workspace", "demo", "--kind", "webhook-secret", "--name", "hub"];
        Assert.Equal("hub is connected to demo, live." + Environment.NewLine,
            (await RunAsync(set, "one")).Output);
        Assert.Equal("hub is connected to demo, live. The secret before counts, too." + Environment.NewLine,
            (await RunAsync([.. set, "--old", "keep"], "two")).Output);
        Assert.Equal("--old has to be keep or drop." + Environment.NewLine, (await RunAsync([.. set, "--old", "yes"], "two")).Error);
        Assert.Equal("--name is missing." + Environment.NewLine, (await RunAsync(set[..^2], "one")).Error);
        Assert.Equal(2, (await RunAsync(set, "")).Code);
        Assert.Equal(2, (await RunAsync(set, "a\tb")).Code);
        Assert.Contains("live  webhook-secret  hub", (await RunAsync("connections", "list", "--workspace", "demo")).Output,
            StringComparison.Ordinal);
        Assert.Contains("webhook-secret hub (live)", (await RunAsync("doctor")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("connections", "remove", "--workspace", "demo", "--kind", "webhook-secret", "--name", "hub")).Code);
    }

    [Fact]
    public async Task Webhooks_AreAddedTriedAndRemoved()
    {
        await RunAsync(["user", "create", "--email", "a@b.test", "--name", "Ann", "--workspace", "bell"], "A-long-Password-1");
        var made = await RunAsync("webhooks", "add", "--workspace", "bell", "--environment", "test", "--url", "https://example.com/hooks",
            "--dialect", "blocks");
        Assert.Equal((0, ""), (made.Code, made.Error));
        Assert.Matches("^whsec_[A-Za-z0-9+/]{43}=$", made.Output.TrimEnd().Split('\n')[^1]);
        var list = (await RunAsync("webhooks", "list", "--workspace", "bell", "--environment", "test")).Output;
        Assert.EndsWith("  blocks  on  https://example.com/hooks  workflow.run.succeeded workflow.run.failed" + Environment.NewLine, list,
            StringComparison.Ordinal);
        var id = list[..36];
        Assert.Equal("It was kept: nothing leaves the sandbox." + Environment.NewLine,
            (await RunAsync("webhooks", "test", id, "--workspace", "bell", "--environment", "test")).Output);
        var log = await RunAsync(
            "webhooks", "deliveries", id, "--workspace", "bell", "--environment", "test", "--state", "captured");
        Assert.Matches("^[0-9a-f-]{36}  [0-9: -]{19}Z  captured  webhook.test  tries: 0\\s*$", log.Output);
        Assert.Equal("It is of the sandbox, which nothing leaves." + Environment.NewLine,
            (await RunAsync("webhooks", "resend", log.Output[..36], "--workspace", "bell", "--environment", "test")).Error);
        Assert.Equal(0, (await RunAsync("webhooks", "remove", id, "--workspace", "bell", "--environment", "test")).Code);
        foreach (var (command, code, why) in new[]
        {
            ("add --workspace bell --url http://10.0.0.1", 1,
                "The webhook cannot be stored as it is. url: The address has to begin with https://."),
            ($"test {id} --workspace bell", 1, "There is no webhook with this id."),
        })
        {
            var done = await RunAsync($"webhooks {command}".Split(' '), "");
            Assert.Equal((code, why + Environment.NewLine), (done.Code, done.Error));
        }
    }

    [Fact]
    public async Task Connections_AreListedWithoutTheirSecretsAndRemovedOneByOne()
    {
        seeded.CopyTo(folder);
        await RunAsync(
            ["connections", "set", "--workspace", "demo", "--kind", "http", "--name", "crm", "--endpoint", "https://crm.example.com/v1"],
            "Bearer abc123");
        await RunAsync(["connections", "set", "--workspace", "demo", "--kind", "http", "--name", "crm", "--endpoint",
            "https://try.example.com", "--header", "X-Key", "--environment", "test"], "Bearer abc123");
        await RunAsync(
            ["connections", "set", "--workspace", "demo", "--kind", "ai", "--endpoint", "https://ai.example.com", "--model", "small"], "");
        string[] all =
        [
            "live  ai  Language model  https://ai.example.com  small  without a secret",
            "live  http  crm  https://crm.example.com/v1  with a secret",
            "test  http  crm  https://try.example.com  X-Key  with a secret",
        ];
        Assert.Equal(all, (await RunAsync("connections", "list", "--workspace", "demo")).Output.Split(
            Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal("crm is no longer connected to demo, live." + Environment.NewLine,
            (await RunAsync("connections", "remove", "--workspace", "demo", "--kind", "http", "--name", "crm")).Output);
        Assert.Equal([all[0], all[2]], (await RunAsync("connections", "list", "--workspace", "demo")).Output.Split(
            Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(0, (await RunAsync("connections", "remove", "--workspace", "demo", "--kind", "ai")).Code);
    }

    [Fact]
    public async Task PracticeRetention_IsReadAndChangedPerEnvironment()
    {
        seeded.CopyTo(folder);
        Assert.Equal(
            "demo (test) keeps runs that are done for 30 days, failed for ever, canceled for 90 days; packs them after 1 day."
            + Environment.NewLine,
            (await RunAsync("practice", "retention", "--workspace", "demo", "--environment", "test", "--done", "30", "--failed", "0",
                "--pack", "1")).Output);
        Assert.Equal(
            "demo (test) keeps runs that are done for 30 days, failed for ever, canceled for 90 days; packs them after 1 day."
            + Environment.NewLine,
            (await RunAsync("practice", "retention", "--workspace", "demo", "--environment", "test")).Output);
        Assert.Equal(
            "demo (live) keeps runs that are done for 90 days, failed for 180 days, canceled for 90 days; packs them after 7 days."
            + Environment.NewLine,
            (await RunAsync("practice", "retention", "--workspace", "demo")).Output);
    }

    [Fact]
    public async Task PracticeCode_IsOffAtFirst_AndStaysAsItIsSet()
    {
        seeded.CopyTo(folder);
        string[] ask = ["practice", "code", "--workspace", "demo"];
        Assert.Equal("demo does not allow code in steps." + Environment.NewLine, (await RunAsync(ask)).Output);
        Assert.Equal("demo allows code in steps." + Environment.NewLine, (await RunAsync([.. ask, "--allow", "on"])).Output);
        Assert.Equal("demo allows code in steps." + Environment.NewLine, (await RunAsync(ask)).Output);
        Assert.Equal("demo does not allow code in steps." + Environment.NewLine, (await RunAsync([.. ask, "--allow", "off"])).Output);
    }

    [Fact]
    public async Task KeysCreate_UnknownScope_NamesTheKnownOnes()
    {
        seeded.CopyTo(folder);
        var done = await RunAsync("keys", "create", "--workspace", "demo", "--scopes", "everything");
        Assert.Equal(1, done.Code);
        Assert.StartsWith("There is no scope everything. Known: service.workflows.workflows.view, ", done.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", "keys create")]
    [InlineData("keys --help", "keys revoke")]
    [InlineData("backup --help", "backup FILE [--data DIR]")]
    [InlineData("keys create --help", "--scopes all|a,b")]
    public async Task Help_Explains(string command, string expected)
    {
        var done = await RunAsync(command.Split(' '), "", data: false);
        Assert.Equal((0, ""), (done.Code, done.Error));
        Assert.Contains(expected, done.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BackupAndRestore_BringBackWhatWasThere()
    {
        seeded.CopyTo(folder);
        var backup = Path.Combine(folder, "copy.db");
        Assert.Equal(0, (await RunAsync("backup", backup)).Code);
        Assert.Equal((1, $"{backup} exists already. Name a new file.{Environment.NewLine}"),
            (await RunAsync("backup", backup)) is var again ? (again.Code, again.Error) : default);
        await RunAsync("keys", "create", "--workspace", "demo");
        Assert.Equal(0, (await RunAsync("restore", backup)).Code);
        Assert.Equal($"demo has no keys. keys create makes one.{Environment.NewLine}",
            (await RunAsync("keys", "list", "--workspace", "demo")).Output);
        Assert.Equal($"The database is whole; 9 definitions can be read.{Environment.NewLine}", (await RunAsync("check")).Output);
        Assert.True(File.Exists(Path.Combine(folder, "studio.db.before-restore")));
    }

    [Fact]
    public async Task Restore_EndsTheSessionsOfTheBackup()
    {
        seeded.CopyTo(folder);
        await using var db = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(folder, "studio.db")};Pooling=false");
        await db.OpenAsync();
        await using (var add = db.CreateCommand())
        {
            add.CommandText = """
                INSERT INTO sessions (Id, UserId, ExpiresAt, BeganAt, Address, Browser) SELECT Id, Id, 9999999999999, 0, '', '' FROM users
                """;
            Assert.Equal(1, await add.ExecuteNonQueryAsync());
        }

        await db.CloseAsync();
        var backup = Path.Combine(folder, "copy.db");
        Assert.Equal(0, (await RunAsync("backup", backup)).Code);
        Assert.Equal(0, (await RunAsync("restore", backup)).Code);
        await db.OpenAsync();
        await using var count = db.CreateCommand();
        count.CommandText = "SELECT count(*) FROM sessions";
        Assert.Equal(0L, await count.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Restore_OfSomethingElse_IsRefusedAndLeavesTheDatabase()
    {
        seeded.CopyTo(folder);
        var other = Path.Combine(folder, "other.db");
        await File.WriteAllTextAsync(other, "not a database, but long enough to look like one to a reader of headers");
        var done = await RunAsync("restore", other);
        Assert.Equal((1, $"{other} is not a database of WorkflowStudio.{Environment.NewLine}"), (done.Code, done.Error));
        Assert.Equal(0, (await RunAsync("check")).Code);
    }

    [Fact]
    public async Task HelpOfSomeCommands_SpeaksOfThemAlone()
    {
        var help = (await RunAsync(["keys", "--help"], "", data: false)).Output;
        Assert.StartsWith("Commands, each with --help:", help, StringComparison.Ordinal);
        Assert.DoesNotContain("runs the server", help, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectionsList_WhereThereAreNone_SaysSo()
    {
        seeded.CopyTo(folder);
        Assert.Equal($"demo has no connections. connections set makes one.{Environment.NewLine}",
            (await RunAsync("connections", "list", "--workspace", "demo")).Output);
    }

    [Fact]
    public async Task Restore_WhileAServerRuns_IsRefused()
    {
        seeded.CopyTo(folder);
        var backup = Path.Combine(folder, "copy.db");
        await RunAsync("backup", backup);
        Assert.True(DataFolderLock.TryTake(folder, out var held, out _));
        using (held)
        {
            var done = await RunAsync("restore", backup);
            Assert.Equal((3, $"A server is using this data folder. Stop it first.{Environment.NewLine}"), (done.Code, done.Error));
        }
    }

    [Fact]
    public async Task Doctor_NamesWorkspaceAndAccounts()
    {
        seeded.CopyTo(folder);
        var done = await RunAsync("doctor");
        Assert.Equal(0, done.Code);
        Assert.Contains("Accounts      1", done.Output, StringComparison.Ordinal);
        Assert.Contains("Workspace     demo: 6 workflows, 0 valid keys, 1 member, zone ", done.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_WarnsOfWhatWillFail()
    {
        await RunAsync(["user", "create", "--email", "a@b.test", "--name", "Ann", "--workspace", "bell"], "A-long-Password-1");
        await RunAsync(
            ["connections", "set", "--workspace", "bell", "--kind", "http", "--name", "crm", "--endpoint", "http://127.0.0.1:9/v1"],
            "Bearer abc123");
        var report = (await RunAsync("doctor")).Output;
        Assert.Contains(
            "live messages are refused, those of the test environment are kept in the outbox", report, StringComparison.Ordinal);
        Assert.Contains("Warning       bell has no gateway for SMS and no mail server: in the live environment steps that send fail "
            + "(no_sms_gateway, no_mail_server).", report, StringComparison.Ordinal);
        Assert.Contains("Warning       The connection http crm (live) of bell leads into the own network (127.0.0.1:9): calls are refused. "
            + "Add it to STUDIO_ALLOWED_HOSTS", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Versions      WorkflowStudio ")]
    [InlineData("Data folder   {0} (--data)")]
    [InlineData("Allowed hosts none (preset)")]
    [InlineData("Public        not set: links to clients begin with the first address of the server; pages behind a proxy on "
        + "another machine need it")]
    [InlineData("Metrics       off (preset): GET /metrics answers 404")]
    [InlineData("Telemetry     sent nowhere (preset)")]
    [InlineData("Server        not running on this folder")]
    [InlineData(" free of ")]
    [InlineData("Key ring      1 key;")]
    [InlineData("tables up to date, whole at a quick look")]
    [InlineData(", open Mon")]
    [InlineData("messages are kept in the outbox")]
    public async Task Doctor_SaysWhatSomebodyWhoHelpsAsksFor(string part)
    {
        seeded.CopyTo(folder);
        await RunAsync(
            ["connections", "set", "--workspace", "demo", "--kind", "http", "--name", "crm", "--endpoint", "https://crm.example.com/v1"],
            "Bearer abc123");
        Assert.Contains(part.Replace("{0}", folder, StringComparison.Ordinal), (await RunAsync("doctor")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_CountsTheLogAndTheCrashes()
    {
        seeded.CopyTo(folder);
        Assert.True(DataFolderLock.TryTake(folder, out var held, out _));
        held.Begin(DateTimeOffset.UnixEpoch);
        var running = (await RunAsync("doctor")).Output;
        held.Dispose();
        await using var writer = new SqliteDatabase(folder, checkpoints: true).OpenWriter();
        await using var command = writer.CreateCommand();
        command.CommandText = "PRAGMA user_version=0";
        await command.ExecuteNonQueryAsync();
        var killed = (await RunAsync("doctor")).Output;
        Assert.Contains($"Server        running on this folder since 1970-01-01 00:00:00Z, process {Environment.ProcessId}", running,
            StringComparison.Ordinal);
        Assert.Contains("Crashes       1 time the server did not end in order; the last time it ran", killed, StringComparison.Ordinal);
        Assert.Contains(" of write-ahead log", killed, StringComparison.Ordinal);
    }

    private Task<Done> RunAsync(params string[] args) => RunAsync(args, "");

    private async Task<Done> RunAsync(string[] args, string input, bool data = true)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(
            data ? [.. args, .. args is ["keys", "create", "--workspace"] ? Array.Empty<string>() : ["--data", folder]] : args,
            new StringReader(input), output, error);
        return new Done(code, output.ToString(), error.ToString());
    }

    private sealed record Done(int Code, string Output, string Error);
}
