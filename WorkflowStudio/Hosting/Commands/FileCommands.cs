using WorkflowStudio.Engine.Storage.Sqlite;
using WorkflowStudio.Identity.Storage;

namespace WorkflowStudio.Hosting.Commands;

/// <summary><c>backup</c>, <c>restore</c>.</summary>
internal static class FileCommands
{
    public static IReadOnlyList<Command> All { get; } =
    [
        new(["backup"], "Writes the whole database into one new file. Secrets of connections need the folder keys beside it.",
            c => CommandServices.WithAsync(c, s => BackupAsync(c, s)))
        { Positional = "FILE" },
        new(["restore"],
            "Puts a backup in the place of the database; the present one is kept as studio.db.before-restore. Stop the server first.",
            RestoreAsync)
        { Positional = "FILE" },
    ];

    private static Refusal OtherTools { get; } = new(2, "STUDIO_DATABASE is set: PostgreSQL has its own tools for this, pg_dump and "
        + "pg_restore or a base backup with its log. See docs/operations.md.");

    private static async Task<Refusal?> BackupAsync(CommandContext command, IServiceProvider services)
    {
        if (services.GetRequiredService<StudioOptions>().Database is not null) return OtherTools;
        var (folder, target) = (services.GetRequiredService<StudioOptions>().DataFolder, Path.GetFullPath(command.Arguments.Positional!));
        if (File.Exists(target)) return new Refusal(1, $"{target} exists already. Name a new file.");
        await DatabaseFiles.BackupAsync(folder, target, DataFolderLock.IsReadOnly(folder), command.Stop);
        await command.Output.WriteLineAsync($"Written to {target}.");
        return null;
    }

    private static async Task<Refusal?> RestoreAsync(CommandContext command)
    {
        if (CommandServices.Options(command, out var refusal) is not { } options) return refusal;
        if (options.Database is not null) return OtherTools;
        var source = Path.GetFullPath(command.Arguments.Positional!);
        if (!File.Exists(source)) return new Refusal(1, $"There is no file {source}.");
        if (!DataFolderLock.TryTake(options.DataFolder, out var held, out var taken))
            return taken.ExitCode != 3 ? taken : new Refusal(3, "A server is using this data folder. Stop it first.");
        using (held)
        {
            if (await DatabaseFiles.RestoreAsync(options.DataFolder, source, command.Stop) is { } problem) return new Refusal(1, problem);
            held.Change(held.Note with { IsOpen = false, InLog = 0 }); // the log belonged to the database that is set aside
        }

        await command.Output.WriteLineAsync($"Restored from {source}.");
        return await CommandServices.WithAsync(command, s => EndSessionsAsync(s, command.Stop));
    }

    // whoever has signed out since the backup was made stays so
    private static async Task<Refusal?> EndSessionsAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<SessionTable>().EndAllAsync(cancellationToken);
        return null;
    }
}
