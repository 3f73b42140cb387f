using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using WorkflowStudio.Hosting;

namespace WorkflowStudio.Tests.Hosting;

public sealed class StudioOptionsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("studio-options-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Database_ThatIsNoConnectionString_IsRefused()
    {
        var refusal = Refused(("STUDIO_DATABASE", "Database=studio"));
        Assert.Equal((2, "STUDIO_DATABASE cannot be used (it names no Host). Give a connection string such as "
            + "Host=db.example.org;Database=studio;Username=studio;Password=…"), (refusal.ExitCode, refusal.Why));
    }

    [Fact]
    public void ClockOffset_ThatCannotBeRead_IsRefused()
    {
        var refusal = Refused(("STUDIO_CLOCK_OFFSET", "three days"));
        Assert.Equal((2, "STUDIO_CLOCK_OFFSET is \"three days\"; give days.hours:minutes:seconds, for example 3.00:00:00."),
            (refusal.ExitCode, refusal.Why));
    }

    [Theory]
    [InlineData("STUDIO_METRICS", "yes", "STUDIO_METRICS is \"yes\"; give on or off.")]
    [InlineData("STUDIO_METRICS_TOKEN", "short", "STUDIO_METRICS_TOKEN has to be 16 characters or longer, letters, digits and signs "
        + "without spaces; make one with: openssl rand -hex 32")]
    [InlineData("STUDIO_METRICS_TOKEN", "with a space in it", "STUDIO_METRICS_TOKEN has to be 16 characters or longer, letters, digits and "
        + "signs without spaces; make one with: openssl rand -hex 32")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317",
        "OTEL_EXPORTER_OTLP_ENDPOINT is \"collector:4317\"; give the address of a collector, for example http://localhost:4317.")]
    public void Telemetry_ThatCannotBeRead_IsRefused(string name, string value, string why)
    {
        var refusal = Refused((name, value));
        Assert.Equal((2, why), (refusal.ExitCode, refusal.Why));
    }

    [Fact]
    public void Telemetry_IsOffAtFirst()
    {
        Assert.True(StudioOptions.TryRead(Settings(), new Named("Production"), out var options, out _));
        Assert.Equal((false, null, null), (options.Telemetry.Metrics, options.Telemetry.Token, options.Telemetry.Otlp));
    }

    [Theory]
    [InlineData("Development", 3, "before_commit:2", true)]
    [InlineData("Production", 0, null, false)]
    public void Aids_AreForDevelopment(string environment, int days, string? failPoint, bool demo)
    {
        Assert.True(StudioOptions.TryRead(Settings(("STUDIO_CLOCK_OFFSET", "3.00:00:00"), ("STUDIO_FAILPOINT", "before_commit:2")),
            new Named(environment), out var options, out _));
        Assert.Equal((TimeSpan.FromDays(days), failPoint, demo), (options.ClockOffset, options.FailPoint, options.Demo));
    }

    [Fact]
    public void DataFolder_ThatIsMade_IsForItsOwnerAlone()
    {
        if (OperatingSystem.IsWindows()) return;
        var inside = Path.Combine(folder, "new", "data");
        Assert.True(StudioOptions.TryRead(Settings(("data", inside)), new Named("Production"), out var options, out _));
        Assert.Equal(StudioOptions.OwnerOnly, new DirectoryInfo(options.DataFolder).UnixFileMode);
    }

    [Fact]
    public void PublicAddress_GoesBeforeTheOneThatIsListenedOn()
    {
        Assert.True(StudioOptions.TryRead(
            Settings(("urls", "http://0.0.0.0:80;http://localhost:81")), new Named("Production"), out var options, out _));
        Assert.Equal("http://0.0.0.0:80", options.Address);
        Assert.True(StudioOptions.TryRead(Settings(("urls", "http://0.0.0.0:80"), ("STUDIO_PUBLIC_URL", "https://studio.example.org/")),
            new Named("Production"), out options, out _));
        Assert.Equal("https://studio.example.org", options.Address);
        Assert.Equal("STUDIO_PUBLIC_URL is \"studio\"; give the address that clients use, for example https://studio.example.org.",
            Refused(("STUDIO_PUBLIC_URL", "studio")).Why);
    }

    [Fact]
    public void AllowedHosts_AreReadFromAList()
    {
        Assert.True(StudioOptions.TryRead(
            Settings(("STUDIO_ALLOWED_HOSTS", "localhost:11434, models.local")), new Named("Production"), out var options, out _));
        Assert.Equal(["localhost:11434", "models.local"], options.AllowedHosts);
    }

    [Fact]
    public void NoDemo_LeavesItOut()
    {
        Assert.True(StudioOptions.TryRead(Settings(("no-demo", "true")), new Named("Development"), out var options, out _));
        Assert.False(options.Demo);
    }

    [Fact]
    public void DataArgument_GoesBeforeTheVariable()
    {
        Assert.True(StudioOptions.TryRead(Settings(("STUDIO_DATA", "/elsewhere")), new Named("Development"), out var options, out _));
        Assert.Equal(folder, options.DataFolder);
    }

    [Fact]
    public void SecondServer_OnTheSameFolder_IsRefusedUntilTheFirstEnds()
    {
        Assert.True(DataFolderLock.TryTake(folder, out var first, out _));
        Assert.False(DataFolderLock.TryTake(folder, out _, out var refusal));
        Assert.Equal((3, $"Another WorkflowStudio is using the data folder {folder}. Stop it, or start with another --data folder."),
            (refusal.ExitCode, refusal.Why));
        first.Dispose();
        Assert.True(DataFolderLock.TryTake(folder, out var second, out _));
        second.Dispose();
    }

    private Refusal Refused((string, string) setting)
    {
        Assert.False(StudioOptions.TryRead(Settings(setting), new Named("Development"), out _, out var refusal));
        return refusal;
    }

    private IConfiguration Settings(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Append((Name: "data", Value: folder)).DistinctBy(s => s.Name)
            .Select(s => new KeyValuePair<string, string?>(s.Name, s.Value))).Build();

    private sealed class Named(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
