using WorkflowStudio.Hosting.Commands;

namespace WorkflowStudio.Tests.Hosting;

/// <summary>A data folder on which <c>seed</c> was run, once for all who start from it: two weeks of a practice take their time.</summary>
public sealed class SeededFolder : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("studio-seeded-").FullName;

    public async Task InitializeAsync()
    {
        using var error = new StringWriter();
        Assert.Equal(0, await CommandLine.RunAsync(["seed", "--data", folder], TextReader.Null, TextWriter.Null, error));
        Assert.Equal("", error.ToString());
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools(); // folds the log into the file
    }

    public Task DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Puts a copy into an empty folder.</summary>
    internal void CopyTo(string other)
    {
        foreach (var inner in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(other, Path.GetRelativePath(folder, inner)));
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(other, Path.GetRelativePath(folder, file)));
    }
}
