namespace WorkflowStudio.Hosting;

/// <summary>Arguments and environment as the host expects them.</summary>
internal static class StudioArguments
{
    /// <summary>
    /// Options for the host builder. Without a named environment, an app that runs from its build output is in development: the file that says
    /// where the static files of the sources are is there, and a published app has none.
    /// </summary>
    public static WebApplicationOptions ForHost(string[] args)
    {
        var named = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT");
        var byArgument = args.Any(a => a.StartsWith("--environment", StringComparison.OrdinalIgnoreCase));
        return new WebApplicationOptions
        {
            Args = WithValues(args),
            EnvironmentName = named is null && !byArgument && FromSources ? Environments.Development : null,
        };
    }

    /// <summary>Whether the app runs from its build output.</summary>
    public static bool FromSources { get; } = File.Exists(Path.Combine(AppContext.BaseDirectory, "WorkflowStudio.staticwebassets.runtime.json"));

    // a switch without a value would swallow the next argument
    private static string[] WithValues(string[] args) => [.. args.Select(a => a == "--no-demo" ? "--no-demo=true" : a)];
}
