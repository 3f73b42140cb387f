using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations.Home;

namespace WorkflowStudio.Hosting.Commands;

/// <summary><c>practice code</c>: whether steps may run programs that people write.</summary>
internal static class CodeCommands
{
    public static IReadOnlyList<Command> All { get; } =
    [
        new(["practice", "code"], "Says whether steps may run code that people write, or changes it for both environments.",
            c => CommandServices.WithAsync(c, s => RunAsync(c, s)))
        { Options = [Places.Workspace, new("allow", "on|off", "whether they may; they may not at first")] },
    ];

    private static async Task<Refusal?> RunAsync(CommandContext command, IServiceProvider services)
    {
        var allow = command.Arguments["allow"];
        if (allow is not (null or "on" or "off")) return new Refusal(2, "--allow has to be on or off.");
        var (workspace, unknown) = await Places.WorkspaceOf(command, services);
        if (workspace is null) return unknown;
        var now = await services.GetRequiredService<AllowCode>()
            .RunAsync(Places.CallerIn(workspace, StudioEnvironment.Live), allow is null ? null : allow == "on", command.Stop);
        if (!now.Ok) return Places.Refuse(now.Problem);
        await command.Output.WriteLineAsync($"{workspace.Slug} {(now.Value ? "allows code in steps." : "does not allow code in steps.")}");
        return null;
    }
}
