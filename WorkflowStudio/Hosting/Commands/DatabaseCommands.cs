using System.Globalization;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Identity;

namespace WorkflowStudio.Hosting.Commands;

/// <summary><c>migrate</c>, <c>check</c>, <c>doctor</c>.</summary>
internal static class DatabaseCommands
{
    public static IReadOnlyList<Command> All { get; } =
    [
        new(["migrate"], "Creates the database, or brings its tables up to date. The server does it by itself at its start.", MigrateAsync),
        new(["check"], "Checks the database file and reads every stored definition.", c => CommandServices.WithAsync(c, s => CheckAsync(c, s))),
        new(["doctor"], "Says what is configured and what is missing.", c => CommandServices.WithAsync(c, s => DoctorAsync(c, s))),
    ];

    private static Task<Refusal?> MigrateAsync(CommandContext command) => CommandServices.WithAsync(command, async _ =>
    {
        await command.Output.WriteLineAsync("The tables are up to date.");
        return null;
    });

    private static async Task<Refusal?> CheckAsync(CommandContext command, IServiceProvider services)
    {
        var found = await services.GetRequiredService<DatabaseCheck>().RunAsync(command.Stop);
        foreach (var problem in found.Problems) await command.Output.WriteLineAsync(problem);
        if (found.Problems.Count > 0) return new Refusal(1, $"The check found {found.Problems.Count.ToString(CultureInfo.InvariantCulture)} problems.");
        await command.Output.WriteLineAsync($"The database is whole; {found.Definitions.ToString(CultureInfo.InvariantCulture)} definitions can be read.");
        return null;
    }

    private static async Task<Refusal?> DoctorAsync(CommandContext command, IServiceProvider services)
    {
        var options = services.GetRequiredService<StudioOptions>();
        var output = command.Output;
        var running = !DataFolderLock.TryTake(options.DataFolder, out var held, out _);
        held?.Dispose();
        var database = services.GetRequiredService<StudioDatabase>();
        var kibibytes = await database.SizeAsync(command.Stop) / 1024;
        await output.WriteLineAsync($"Data folder   {options.DataFolder}");
        await output.WriteLineAsync($"Database      {database.Name} {await database.VersionAsync(command.Stop)}, {database.Place}, {kibibytes.ToString("N0", CultureInfo.InvariantCulture)} KiB, tables up to date");
        await output.WriteLineAsync($"Server        {(running ? "running on this folder" : "not running on this folder")}");
        if (database.IsShared) await output.WriteLineAsync("Key ring      in the database, shared by all nodes; it comes with the database's own backups");
        else await output.WriteLineAsync($"Key ring      {Directory.GetFiles(Path.Combine(options.DataFolder, "keys"), "*.xml").Length.ToString(CultureInfo.InvariantCulture)} keys; keep it with your backups");
        var people = await services.GetRequiredService<Users>().CountAsync(command.Stop);
        await output.WriteLineAsync($"Accounts      {(people == 0 ? "none: start the server in Production for a set-up link, or run user create" : people.ToString(CultureInfo.InvariantCulture))}");
        foreach (var workspace in await services.GetRequiredService<WorkspaceStore>().OverviewAsync(command.Stop))
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"Workspace     {workspace.Slug}: {workspace.Workflows} workflows, {workspace.Keys} valid keys, connections: {(workspace.Connections.Count == 0 ? "none, texts are read by rules and messages go to the outbox" : string.Join(", ", workspace.Connections))}"));
        }

        return null;
    }
}
