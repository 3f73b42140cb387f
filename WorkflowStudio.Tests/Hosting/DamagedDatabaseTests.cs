using Microsoft.Data.Sqlite;
using WorkflowStudio.Engine.Storage.Sqlite;
using WorkflowStudio.Hosting.Commands;

namespace WorkflowStudio.Tests.Hosting;

/// <summary>Databases that this version cannot work with: one line that names the file and what to do, never a stack.</summary>
public sealed class DamagedDatabaseTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("studio-damaged-").FullName;

    private string File => SqliteFile.PathIn(folder);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("noise")]
    [InlineData("header")]
    [InlineData("half")]
    public async Task File_ThatIsNoDatabase_IsNamedWithWhatToDo(string damage)
    {
        await SeedAsync();
        var backup = Path.Combine(folder, "copy.db");
        Assert.Equal(0, (await RunAsync("backup", backup)).Code);
        SqliteConnection.ClearAllPools();
        var bytes = await System.IO.File.ReadAllBytesAsync(File);
        await System.IO.File.WriteAllBytesAsync(File, damage switch
        {
            "noise" => [.. Enumerable.Range(0, bytes.Length).Select(i => (byte)((i * 167) ^ (i >> 8)))],
            "header" => [.. bytes.Take(18).Select(b => (byte)~b), .. bytes[18..]],
            _ => bytes[..(bytes.Length / 2)],
        });
        var expected = $"{File} is damaged or not a database. Put a backup in its place with the command restore FILE; what is there now "
            + $"is kept as studio.db.before-restore.{Environment.NewLine}";
        Assert.Equal((2, expected), await CodeAsync("check"));
        Assert.Equal((2, expected), await CodeAsync("doctor"));
        Assert.Equal(0, (await RunAsync("restore", backup)).Code);
        Assert.Equal(0, (await RunAsync("check")).Code);
    }

    [Fact]
    public async Task Tables_OfANewerVersion_AreRefused()
    {
        await SeedAsync();
        Execute("INSERT INTO __StudioMigrations VALUES ('29990101000000_Later', '99.0.0')");
        Assert.Equal(
            (2, $"{File} was written by a newer WorkflowStudio (its tables have 29990101000000_Later). Start that version, or restore a "
                + $"backup from before.{Environment.NewLine}"), await CodeAsync("check"));
    }

    [Theory]
    [InlineData("ALTER TABLE workspaces DROP COLUMN Phone", "workspaces has no Phone")]
    [InlineData("DROP TABLE run_days", "the table run_days is missing")]
    [InlineData("DROP TABLE user_claims", "the table user_claims is missing")]
    [InlineData("UPDATE __StudioMigrations SET MigrationId='20251120000000_Approvals'", "its tables have 20251120000000_Approvals")]
    public async Task Tables_FromBeforeTheFirstRelease_AreRefused(string change, string differs)
    {
        await SeedAsync();
        Execute(change);
        Assert.Equal(
            (2, $"{File} was made by a version from before the first release ({differs}) and cannot be brought up to date. Move {File} "
                + $"away and start again for an empty one, or go on with the version that made it.{Environment.NewLine}"),
            await CodeAsync("keys", "list", "--workspace", "demo"));
    }

    [Fact]
    public async Task Check_OfAFolderThatCannotBeWritten_ReadsIt()
    {
        if (OperatingSystem.IsWindows()) return;
        await SeedAsync();
        SqliteConnection.ClearAllPools();
        System.IO.File.Delete(Path.Combine(folder, "studio.life"));
        // nothing can be opened there, as on a read-only disk
        System.IO.File.CreateSymbolicLink(Path.Combine(folder, "studio.life"), Path.Combine(folder, "studio.life"));
        var before = Directory.GetFileSystemEntries(folder).Order().ToList();
        var done = await RunAsync("check");
        Assert.Equal(
            (0, "", $"The database is whole; 9 definitions can be read.{Environment.NewLine}"), (done.Code, done.Error, done.Output));
        Assert.Equal(before, Directory.GetFileSystemEntries(folder).Order());
    }

    [Fact]
    public async Task Files_AreForTheOwnerAlone()
    {
        if (OperatingSystem.IsWindows()) return;
        await SeedAsync();
        var backup = Path.Combine(folder, "copy.db");
        await RunAsync("backup", backup);
        System.IO.File.SetUnixFileMode(backup, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        foreach (var made in new[] { File, File + "-wal", File + "-shm" }.Where(System.IO.File.Exists))
            Assert.Equal(OwnerOnly, System.IO.File.GetUnixFileMode(made));
        await RunAsync("restore", backup);
        Assert.Equal(OwnerOnly, System.IO.File.GetUnixFileMode(File));
        var second = Path.Combine(folder, "second.db");
        await RunAsync("backup", second);
        Assert.Equal(OwnerOnly, System.IO.File.GetUnixFileMode(second));
    }

    [Fact]
    public async Task Files_ThatWereOpenToOthers_AreClosedToThem()
    {
        if (OperatingSystem.IsWindows()) return;
        var database = new SqliteDatabase(folder, checkpoints: true);
        await database.MigrateAsync(CancellationToken.None);
        using var writer = database.OpenWriter();
        foreach (var file in new[] { File, File + "-wal", File + "-shm" }.Where(System.IO.File.Exists))
            System.IO.File.SetUnixFileMode(file, OwnerOnly | UnixFileMode.OtherRead | UnixFileMode.GroupRead);
        await database.MigrateAsync(CancellationToken.None);
        foreach (var file in new[] { File, File + "-wal", File + "-shm" }.Where(System.IO.File.Exists))
            Assert.Equal(OwnerOnly, System.IO.File.GetUnixFileMode(file));
    }

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private async Task SeedAsync() => Assert.Equal(0, (await RunAsync("seed")).Code);

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection(SqliteFile.ConnectionString(folder, readOnly: false));
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private async Task<(int, string)> CodeAsync(params string[] args) =>
        await RunAsync(args) is var done ? (done.Code, done.Error) : default;

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync([.. args, "--data", folder], TextReader.Null, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
