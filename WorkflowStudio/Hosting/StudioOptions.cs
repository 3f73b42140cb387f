using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using WorkflowStudio.Engine.Storage.Postgres;
using WorkflowStudio.Hosting.Telemetry;
using WorkflowStudio.Limits;

namespace WorkflowStudio.Hosting;

/// <summary>How the app is started: from arguments and environment variables, checked before anything else happens.</summary>
internal sealed record StudioOptions
{
    /// <summary>
    /// The full path of the folder with database, key ring and blobs. Argument <c>--data</c>, variable <c>STUDIO_DATA</c>, else
    /// <c>./data</c>.
    /// </summary>
    public required string DataFolder { get; init; }

    /// <summary>
    /// What links to clients begin with: variable <c>STUDIO_PUBLIC_URL</c>, else the first address the server listens on.
    /// </summary>
    public string Address { get; init; } = HostingSetup.DefaultUrl;

    /// <summary>
    /// The address that every answer uses, and the only one that is served beside loopback: variable <c>STUDIO_PUBLIC_URL</c>; null for
    /// none.
    /// </summary>
    public string? PublicUrl { get; init; }

    /// <summary>How much one party may ask.</summary>
    public StudioLimits Limits { get; init; } = new();

    /// <summary>Who may read what is measured.</summary>
    public TelemetryOptions Telemetry { get; init; } = new();

    /// <summary>Whether a first start in Development makes the demo workspace. Off with <c>--no-demo</c>.</summary>
    public bool Demo { get; init; }

    /// <summary>How far the app's clock is shifted. Variable <c>STUDIO_CLOCK_OFFSET</c>, Development only.</summary>
    public TimeSpan ClockOffset { get; init; }

    /// <summary>The armed fail point, <c>name:n</c>. Variable <c>STUDIO_FAILPOINT</c>, ignored in Production.</summary>
    public string? FailPoint { get; init; }

    /// <summary>
    /// Hosts inside the own network that connections may call, as <c>name</c> or <c>name:port</c>: a language model on this machine, for
    /// example. Variable <c>STUDIO_ALLOWED_HOSTS</c>, separated by commas.
    /// </summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>
    /// The connection string of a PostgreSQL database; null for SQLite in the data folder. Variable <c>STUDIO_DATABASE</c>.
    /// </summary>
    public string? Database { get; init; }

    /// <summary>For the owner of the process alone.</summary>
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Reads and checks; false with the reason in one line.</summary>
    public static bool TryRead(IConfiguration from, IHostEnvironment environment, [NotNullWhen(true)] out StudioOptions? options,
        [NotNullWhen(false)] out Refusal? refusal)
    {
        (options, refusal) = (null, null);
        if (from["STUDIO_DATABASE"] is { Length: > 0 } database && PostgresDatabase.Refuse(database) is { } why)
        {
            refusal = new Refusal(2, $"STUDIO_DATABASE cannot be used ({why}). Give a connection string such as "
                + "Host=db.example.org;Database=studio;Username=studio;Password=…");
            return false;
        }

        var offset = TimeSpan.Zero;
        if (environment.IsDevelopment() && from["STUDIO_CLOCK_OFFSET"] is { Length: > 0 } shift
            && !TimeSpan.TryParse(shift, CultureInfo.InvariantCulture, out offset))
        {
            refusal = new Refusal(2, $"STUDIO_CLOCK_OFFSET is \"{shift}\"; give days.hours:minutes:seconds, for example 3.00:00:00.");
            return false;
        }

        if (from["STUDIO_PUBLIC_URL"] is { Length: > 0 } address
            && !(Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https")))
        {
            refusal = new Refusal(
                2, $"STUDIO_PUBLIC_URL is \"{address}\"; give the address that clients use, for example https://studio.example.org.");
            return false;
        }

        TelemetryOptions? telemetry = null;
        if (!StudioLimits.TryRead(from, out var limits, out var wrong) || !TelemetryOptions.TryRead(from, out telemetry, out wrong))
        {
            refusal = new Refusal(2, wrong);
            return false;
        }

        try
        {
            var folder = Path.GetFullPath(FirstOf(from["data"], from["STUDIO_DATA"], "data"));
            OwnFolder(folder);
            options = new StudioOptions
            {
                DataFolder = folder,
                Database = from["STUDIO_DATABASE"] is { Length: > 0 } connection ? connection : null,
                Demo = environment.IsDevelopment() && from["no-demo"] is null or "false",
                ClockOffset = offset,
                Address = FirstOf(from["STUDIO_PUBLIC_URL"], from["urls"]?.Split(';')[0], HostingSetup.DefaultUrl).TrimEnd('/'),
                PublicUrl = from["STUDIO_PUBLIC_URL"] is { Length: > 0 } named ? named.TrimEnd('/') : null,
                Limits = limits,
                Telemetry = telemetry,
                AllowedHosts =
                    from["STUDIO_ALLOWED_HOSTS"]?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
                FailPoint = environment.IsProduction() ? null : from["STUDIO_FAILPOINT"],
            };
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            refusal = new Refusal(2, $"The data folder cannot be used ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}). Name one that "
                + "this account may write to with --data.");
            return false;
        }
    }

    /// <summary>Makes a folder that only the owner of the process can look into; one that is there stays as it is.</summary>
    public static DirectoryInfo OwnFolder(string folder) =>
        OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, OwnerOnly);

    private static string FirstOf(params string?[] values) => values.First(v => !string.IsNullOrWhiteSpace(v))!;
}

/// <summary>Why the app does not start or a command was not done: one line and an exit code.</summary>
internal sealed record Refusal(int ExitCode, string Why)
{
    public int Print(TextWriter error)
    {
        error.WriteLine(Why);
        return ExitCode;
    }
}
