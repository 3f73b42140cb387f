using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using WorkflowStudio.Engine.Storage.Retention;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Retention;

namespace WorkflowStudio.Hosting.Commands;

/// <summary><c>practice retention</c>: how long runs are kept.</summary>
internal static class RetentionCommands
{
    public static IReadOnlyList<Command> All { get; } =
    [
        new(["practice", "retention"],
            "Says how long runs are kept after their end, or changes it. 0 means for ever; packing with 0 means never.",
            c => CommandServices.WithAsync(c, s => RunAsync(c, s)))
        {
            Options =
            [
                Places.Workspace, Places.Environment, new("done", "DAYS", "runs that ended well; 90 at first"),
                new("failed", "DAYS", "runs that ended by a failure; 180 at first"),
                new("canceled", "DAYS", "runs that somebody ended; 90 at first"),
                new("pack", "DAYS", "when the log of a run is packed into one row; 7 at first"),
            ],
        },
    ];

    private static async Task<Refusal?> RunAsync(CommandContext command, IServiceProvider services)
    {
        if (!Places.TryEnvironment(command, out var environment, out var refusal)) return refusal;
        if (!TryDays(command, "done", out var done, out refusal) || !TryDays(command, "failed", out var failed, out refusal)
            || !TryDays(command, "canceled", out var canceled, out refusal) || !TryDays(command, "pack", out var pack, out refusal))
            return refusal;
        var (workspace, unknown) = await Places.WorkspaceOf(command, services);
        if (workspace is null) return unknown;
        var (caller, change) = (Places.CallerIn(workspace, environment), new RetentionChange(done, failed, canceled, pack));
        var rules = change == new RetentionChange(null, null, null, null)
            ? await services.GetRequiredService<ReadRetention>().RunAsync(caller, command.Stop)
            : await services.GetRequiredService<SetRetention>().RunAsync(caller, change, command.Stop);
        if (rules.Problem is { } problem) return Places.Refuse(problem);
        await command.Output.WriteLineAsync($"{workspace.Slug} ({environment.ToString().ToLowerInvariant()}) {Say(rules.Value!)}");
        return null;
    }

    private static string Say(RetentionRules rules) =>
        $"keeps runs that are done {For(rules.Done)}, failed {For(rules.Failed)}, canceled {For(rules.Canceled)}; "
        + $"{(rules.Pack == 0 ? "never packs them" : $"packs them after {Days(rules.Pack)}")}.";

    private static string For(int days) => days == 0 ? "for ever" : $"for {Days(days)}";

    private static string Days(int days) => days == 1 ? "1 day" : $"{days.ToString(CultureInfo.InvariantCulture)} days";

    private static bool TryDays(CommandContext command, string name, out int? days, [NotNullWhen(false)] out Refusal? refusal)
    {
        (days, refusal) = (null, null);
        if (command.Arguments[name] is not { } text) return true;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= RetentionRules.MostDays)
        {
            days = number;
            return true;
        }

        refusal = new Refusal(2, $"--{name} has to be a whole number of days, 0 to {RetentionRules.MostDays}; 0 means "
            + $"{(name == "pack" ? "never" : "for ever")}.");
        return false;
    }
}
