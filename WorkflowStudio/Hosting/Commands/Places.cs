using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Operations;

namespace WorkflowStudio.Hosting.Commands;

/// <summary>Workspace and environment as arguments of a command.</summary>
internal static class Places
{
    public static CommandOption Workspace { get; } = new("workspace", "NAME", "the workspace's name in addresses");

    public static CommandOption Environment { get; } = new("environment", "live|test", "the environment; live when not given");

    /// <summary>The workspace that the command names, or why there is none.</summary>
    public static async Task<(WorkspaceRow? Workspace, Refusal? Refusal)> WorkspaceOf(CommandContext command, IServiceProvider services)
    {
        if (!command.Arguments.Needs("workspace", out var slug, out var refusal)) return (null, refusal);
        var store = services.GetRequiredService<WorkspaceStore>();
        if (await store.FindAsync(slug, command.Stop) is { } workspace) return (workspace, null);
        var known = await store.ListAsync(command.Stop);
        return (null, new Refusal(1, known.Count == 0
            ? $"There is no workspace {slug}: the data folder has none yet. Start the server, or run seed."
            : $"There is no workspace {slug}. Known: {string.Join(", ", known.Select(w => w.Slug))}."));
    }

    public static bool TryEnvironment(CommandContext command, out StudioEnvironment environment, out Refusal? refusal)
    {
        (environment, refusal) = (StudioEnvironment.Live, null);
        switch (command.Arguments["environment"])
        {
            case null or "live":
                return true;
            case "test":
                environment = StudioEnvironment.Test;
                return true;
            default:
                refusal = new Refusal(2, "--environment has to be live or test.");
                return false;
        }
    }

    /// <summary>Whoever may use the shell on this folder may do what an owner may.</summary>
    public static Caller CallerIn(WorkspaceRow workspace, StudioEnvironment environment) =>
        new() { Tenant = new Tenant(workspace.Id, environment), Name = "Command line", Role = WorkspaceRole.Owner };

    /// <summary>An operation's problem as a command says it.</summary>
    public static Refusal Refuse(OperationProblem problem) => new(1, problem.Message);
}
