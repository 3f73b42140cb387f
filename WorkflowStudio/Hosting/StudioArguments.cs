using WorkflowStudio.Hosting.Telemetry;
using WorkflowStudio.Limits;

namespace WorkflowStudio.Hosting;

/// <summary>Arguments and environment as the host expects them.</summary>
internal static class StudioArguments
{
    private const string All = "The server takes --data DIR, --urls URL, --environment NAME and --no-demo; see --help.";

    // what the host itself reads; anything with a colon is a setting of .NET, such as Logging:LogLevel:Default
    private static readonly string[] WithValue = ["data", "urls", "environment", "http_ports", "https_ports", "contentRoot",
        "applicationName", "webroot"];

    // read by tests and by other tools of the checkout, in the same environment
    private static readonly string[] OthersBegin = ["STUDIO_TEST_", "STUDIO_CRASH_"];

    /// <summary>The variables that are settings.</summary>
    public static IReadOnlyList<string> Variables { get; } =
        ["STUDIO_DATA", "STUDIO_PUBLIC_URL", "STUDIO_ALLOWED_HOSTS", "STUDIO_CLOCK_OFFSET", "STUDIO_FAILPOINT", "STUDIO_DATABASE",
            TelemetryOptions.MetricsVariable, TelemetryOptions.TokenVariable, .. StudioLimits.Variables];

    /// <summary>Whether the app runs from its build output.</summary>
    public static bool FromSources { get; } = File.Exists(
        Path.Combine(AppContext.BaseDirectory, "WorkflowStudio.staticwebassets.runtime.json"));

    /// <summary>
    /// Options for the host builder. Without a named environment, an app that runs from its build output is in development: the file that
    /// says where the static files of the sources are is there, and a published app has none.
    /// </summary>
    public static WebApplicationOptions ForHost(string[] args)
    {
        var named = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT")
            ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT");
        var byArgument = args.Any(a => a.StartsWith("--environment", StringComparison.OrdinalIgnoreCase));
        return new WebApplicationOptions
        {
            Args = WithValues(args),
            EnvironmentName = named is null && !byArgument && FromSources ? Environments.Development : null,
        };
    }

    /// <summary>
    /// Why the server does not start with these arguments; null when it does. What is misspelled would else be left out in silence.
    /// </summary>
    public static Refusal? Refuse(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal)) return new Refusal(2, $"\"{args[i]}\" is not expected here. {All}");
            var (name, value) = args[i][2..].Split('=', 2) is [var n, var v] ? (n, v) : (args[i][2..], null);
            if (name == "no-demo") continue;
            if (!IsKnown(name)) return new Refusal(2, $"--{name} is not known. {All}");
            if (value is null && (++i == args.Length || args[i].StartsWith("--", StringComparison.Ordinal)))
                return new Refusal(2, $"--{name} needs a value. {All}");
        }

        return null;
    }

    /// <summary>Variables that look like settings and are none.</summary>
    public static IEnumerable<string> Misspelled(IEnumerable<string> variables) =>
        variables.Where(v => v.StartsWith("STUDIO_", StringComparison.OrdinalIgnoreCase) && !Variables.Contains(v)
            && !OthersBegin.Any(o => v.StartsWith(o, StringComparison.Ordinal))).Order();

    // a setting may be given by the name of its variable, too; OTEL_ are those of OpenTelemetry
    private static bool IsKnown(string name) =>
        name.Contains(':', StringComparison.Ordinal) || name.StartsWith("OTEL_", StringComparison.Ordinal)
        || WithValue.Contains(name, StringComparer.OrdinalIgnoreCase) || Variables.Contains(name);

    // a switch without a value would swallow the next argument
    private static string[] WithValues(string[] args) => [.. args.Select(a => a == "--no-demo" ? "--no-demo=true" : a)];
}
