using System.Globalization;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Hosting.Commands;

/// <summary><c>practice hours</c>, <c>practice visit</c>: what bookings need, for scripts; people have pages for it.</summary>
internal static class PracticeCommands
{
    public static IReadOnlyList<Command> All { get; } =
    [
        new(["practice", "hours"], "Opens the practice from Monday to Friday at these hours, in place of the hours before.",
            c => CommandServices.WithAsync(c, s => HoursAsync(c, s)))
        {
            Options = [Places.Workspace, Places.Environment, new("from", "HH:MM", "when it opens"), new("to", "HH:MM", "when it closes")],
        },
        new(["practice", "visit"], "Adds a kind of appointment, or changes the one of the same name.",
            c => CommandServices.WithAsync(c, s => VisitAsync(c, s)))
        {
            Options = [Places.Workspace, Places.Environment, new("name", "NAME", "what clients read"),
                new("minutes", "N", "how long it takes, 5 to 480"), new("price", "CENTS", "what it costs; 0 when not given"),
                new("with", "NAME", "who sees the client")],
        },
    ];

    private static async Task<Refusal?> HoursAsync(CommandContext command, IServiceProvider services)
    {
        if (!Places.TryEnvironment(command, out var environment, out var refusal) || !command.Arguments.Needs(
            "from", out var opens, out refusal) || !command.Arguments.Needs("to", out var closes, out refusal)) return refusal;
        if (!TryTime(opens, out var from) || !TryTime(closes, out var to) || from >= to)
            return new Refusal(2, "--from and --to have to be times such as 09:00 and 17:00, the first before the second.");
        return await WriteAsync(command, services, environment, (write, tenant, ids, now) => CalendarSetup.SetHours(
            write, tenant, from, to, ids, now), $"is open from {from:HH:mm} to {to:HH:mm}, Monday to Friday.");
    }

    private static async Task<Refusal?> VisitAsync(CommandContext command, IServiceProvider services)
    {
        if (!Places.TryEnvironment(command, out var environment, out var refusal) || !command.Arguments.Needs(
            "name", out var name, out refusal) || !command.Arguments.Needs("minutes", out var length, out refusal)) return refusal;
        if (name.Length > 120) return new Refusal(2, "--name may have at most 120 characters.");
        if (!int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || minutes is < 5 or > 480)
            return new Refusal(2, "--minutes has to be a whole number from 5 to 480.");
        if (!long.TryParse(command.Arguments["price"] ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var cents)
            || cents > 100_000_000) return new Refusal(2, "--price has to be a whole number of cents, at most 100000000.");
        var visit = new Visit(name, minutes, cents, command.Arguments["with"] ?? "");
        return await WriteAsync(command, services, environment,
            (write, tenant, ids, now) => CalendarSetup.SetVisit(write, tenant, visit, ids, now), $"offers “{name}”, {minutes} minutes.");
    }

    private static async Task<Refusal?> WriteAsync(CommandContext command, IServiceProvider services, StudioEnvironment environment,
        Action<StudioWrite, Tenant, IdFactory, DateTimeOffset> change, string done)
    {
        var (workspace, unknown) = await Places.WorkspaceOf(command, services);
        if (workspace is null) return unknown;
        var (ids, now) = (services.GetRequiredService<IdFactory>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
        await services.GetRequiredService<IStudioWriter>()
            .WriteAsync(workspace.Id, write => { change(write, new Tenant(workspace.Id, environment), ids, now); return 0; }, command.Stop);
        await command.Output.WriteLineAsync($"{workspace.Slug} ({environment.ToString().ToLowerInvariant()}) {done}");
        return null;
    }

    private static bool TryTime(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}
