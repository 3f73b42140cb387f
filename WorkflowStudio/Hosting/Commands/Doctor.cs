using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Identity;

namespace WorkflowStudio.Hosting.Commands;

/// <summary>
/// <c>doctor</c>: everything that a person who looks for help is asked for, and what will fail before it does. What needs no database is
/// said first, so that a broken one hides nothing else.
/// </summary>
internal static class Doctor
{
    private const long LittleSpace = 1024L * 1024 * 1024;
    private const long MostToGlanceAt = 1024L * 1024 * 1024;

    public static async Task<Refusal?> RunAsync(CommandContext command)
    {
        if (CommandServices.Options(command, out var refusal) is not { } options) return refusal;
        var report = new DoctorReport(command.Output);
        await SystemAsync(report);
        await DoctorSettings.WriteAsync(report, options, command.Arguments["data"]);
        await ServerAsync(report, options);
        await DiskAsync(report, options);
        var refused = await CommandServices.WithAsync(command, async services =>
        {
            await DatabaseAsync(report, services, options, command.Stop);
            var people = await services.GetRequiredService<Users>().CountAsync(command.Stop);
            await report.LineAsync("Accounts", people == 0
                ? "none: start the server in Production for a set-up link, or run user create"
                : people.ToString(CultureInfo.InvariantCulture));
            await DoctorWorkspaces.WriteAsync(report, services, command.Stop);
            return null;
        });
        if (refused is not null) await report.LineAsync("Database", "cannot be used, see below");
        await report.WriteWarningsAsync();
        return refused;
    }

    private static Task SystemAsync(DoctorReport report)
    {
        var version = typeof(Doctor).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? "unknown";
        return report.LineAsync("Versions", $"WorkflowStudio {version}, {RuntimeInformation.FrameworkDescription}, "
            + $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}");
    }

    private static async Task ServerAsync(DoctorReport report, StudioOptions options)
    {
        var note = DataFolderLock.Peek(options.DataFolder);
        var isFree = DataFolderLock.TryTake(options.DataFolder, out var held, out var taken);
        held?.Dispose();
        if (isFree || taken?.ExitCode != 3) await report.LineAsync("Server", "not running on this folder");
        else
            await report.LineAsync("Server", $"running on this folder since {Moment(note.Since)}, process "
                + $"{Number(note.Process)}{(note.Addresses.Count == 0 ? "" : ", at " + string.Join(", ", note.Addresses))}");
        if (taken is { ExitCode: not 3 }) report.Warn(taken.Why);
        var wasKilled = isFree && note.IsOpen;
        var crashes = note.Crashes + (wasKilled ? 1 : 0);
        if (crashes > 0)
            await report.LineAsync("Crashes", $"{Counted.Of(crashes, "time")} the server did not end in order; "
                + $"{(wasKilled ? "the last time it ran" : $"last noticed {Moment(note.LastCrash ?? note.Since)}")}");
    }

    private static async Task DiskAsync(DoctorReport report, StudioOptions options)
    {
        try
        {
            var disk = new DriveInfo(options.DataFolder);
            await report.LineAsync("Disk", $"{Counted.Bytes(disk.AvailableFreeSpace)} free of {Counted.Bytes(disk.TotalSize)}");
            if (disk.AvailableFreeSpace < LittleSpace)
                report.Warn($"The disk of {options.DataFolder} is nearly full ({Counted.Bytes(disk.AvailableFreeSpace)} left): without "
                    + "room nothing can be stored. Make room.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            await report.LineAsync("Disk", $"not known ({e.Message})");
        }
    }

    private static async Task DatabaseAsync(
        DoctorReport report, IServiceProvider services, StudioOptions options, CancellationToken cancellationToken)
    {
        var database = services.GetRequiredService<StudioDatabase>();
        var (size, log) = (await database.SizeAsync(cancellationToken), database.LogSize);
        var damages = size > MostToGlanceAt ? null : await database.GlanceAsync(cancellationToken);
        var health = damages switch { null => "large: check looks through it", [] => "whole at a quick look", _ => "DAMAGED" };
        await report.LineAsync("Database", $"{database.Name} {await database.VersionAsync(cancellationToken)}, {database.Place}, "
            + $"{Counted.Bytes(size)}{(log > 0 ? $" and {Counted.Bytes(log)} of write-ahead log" : "")}, tables up to date, {health}");
        if (damages is [var first, ..])
            report.Warn($"The database is damaged ({first}). Stop the server and put a backup in its place: restore FILE.");
        if (database.IsShared)
            await report.LineAsync("Key ring", "in the database, shared by all nodes; it comes with the database's own backups");
        else await report.LineAsync("Key ring", $"{Counted.Of(KeysIn(options.DataFolder), "key")}; keep the folder keys with your backups");
    }

    private static int KeysIn(string dataFolder) =>
        Path.Combine(dataFolder, "keys") is var folder && Directory.Exists(folder) ? Directory.GetFiles(folder, "*.xml").Length : 0;

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
