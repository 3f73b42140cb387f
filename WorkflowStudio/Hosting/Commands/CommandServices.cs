using WorkflowStudio.Engine;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Identity;
using WorkflowStudio.Identity.Storage;
using WorkflowStudio.Operations;

namespace WorkflowStudio.Hosting.Commands;

/// <summary>The app's services for a command: the same store and operations, no server, no engine.</summary>
internal static class CommandServices
{
    /// <summary>The folder that the command names; null with the reason when it cannot be used.</summary>
    public static StudioOptions? Options(CommandContext command, out Refusal? refusal)
    {
        var settings = new ConfigurationBuilder().AddEnvironmentVariables()
            .AddInMemoryCollection([new("data", command.Arguments["data"])]).Build();
        return StudioOptions.TryRead(settings, new CommandEnvironment(), out var options, out refusal) ? options : null;
    }

    /// <summary>Runs work over a database whose tables are up to date.</summary>
    public static async Task<Refusal?> WithAsync(CommandContext command, Func<IServiceProvider, Task<Refusal?>> work)
    {
        if (Options(command, out var refusal) is not { } options) return refusal;
        if (options.Database is null) DataFolderLock.SettleLog(options.DataFolder);
        await using var services = Build(options);
        await using var scope = services.CreateAsyncScope();
        var database = services.GetRequiredService<StudioDatabase>();
        try
        {
            return await UpToDateAsync(services, options, command.Stop) ?? await work(scope.ServiceProvider);
        }
        catch (Exception e) when (StartFailures.Of(e, database) is not null)
        {
            return StartFailures.Of(e, database);
        }
    }

    public static ServiceProvider Build(StudioOptions options)
    {
        var services = new ServiceCollection();
        services.AddLogging(l => l.AddConsole(o => o.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Error));
        services.AddSingleton<IHostEnvironment>(new CommandEnvironment());
        services.AddStudioHosting(options, new CommandEnvironment()).AddStudioData(options, server: false).AddSteps().AddStudioRuns()
            .AddOperations();
        services.AddStudioUsers();
        return services.BuildServiceProvider();
    }

    // A running server has its tables up to date; without one the command brings them up to date itself.
    private static async Task<Refusal?> UpToDateAsync(IServiceProvider services, StudioOptions options, CancellationToken cancellationToken)
    {
        var database = services.GetRequiredService<StudioDatabase>();
        if (await Preparation.RefuseAsync(services, cancellationToken) is { } refusal) return refusal;
        if (await database.PendingAsync(cancellationToken) + await IdentityTables.PendingAsync(services, cancellationToken) == 0)
            return null;
        DataFolderLock? held = null;
        if (!database.IsShared && !DataFolderLock.TryTake(options.DataFolder, out held, out var taken))
            return taken.ExitCode != 3 ? taken : new Refusal(
                3, "The database is of another version than this program, or the server is just starting. Try again in a moment.");
        using (held)
        {
            await database.MigrateAsync(cancellationToken);
            await IdentityTables.MigrateAsync(services, cancellationToken);
            return null;
        }
    }

    private sealed class CommandEnvironment : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT")
            ?? Environments.Production;

        public string ApplicationName { get; set; } = "WorkflowStudio";

        public string ContentRootPath { get; set; } = AppContext.BaseDirectory;

        public Microsoft.Extensions.FileProviders.IFileProvider ContentRootFileProvider { get; set; } =
            new Microsoft.Extensions.FileProviders.NullFileProvider();
    }
}
