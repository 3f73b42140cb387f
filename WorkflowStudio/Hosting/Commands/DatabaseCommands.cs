using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Hosting.Commands;

/// <summary><c>migrate</c>, <c>check</c>, <c>doctor</c>.</summary>
internal static class DatabaseCommands
{
    public static IReadOnlyList<Command> All { get; } =
    [
        new(["migrate"], "Creates the database, or brings its tables up to date. The server does it by itself at its start.", MigrateAsync),
        new(["check"], "Checks the database file and reads every stored definition.",
            c => CommandServices.WithAsync(c, s => CheckAsync(c, s))),
        new(["doctor"], "Says what somebody who helps asks for: versions, settings and where each is from, the database and its disk, "
            + "workspaces, the last failures. Warns of what will fail.", Doctor.RunAsync),
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
        if (found.Problems.Count > 0)
            return new Refusal(1, $"The check found {Counted.Of(found.Problems.Count, "problem")}. Stop the server, put your last backup "
                + "in the place of the database with the command restore FILE, and check again.");
        await command.Output.WriteLineAsync($"The database is whole; {Counted.Of(found.Definitions, "definition")} can be read.");
        return null;
    }
}
