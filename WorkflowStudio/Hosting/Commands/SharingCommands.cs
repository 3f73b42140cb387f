using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Hosting.Commands;

/// <summary><c>grants …</c>, <c>share</c>, <c>owner</c>: who sees which workflow.</summary>
internal static class SharingCommands
{
    public static IReadOnlyList<Command> All { get; } =
    [
        new(["grants", "list"], "Says who sees a workflow, whose it is, and what was granted of it.", MemberCommands.In(ListAsync))
        { Positional = "WORKFLOW", Options = [Places.Workspace, Places.Environment] },
        new(["grants", "set"], "Grants a workflow to a member or a role; it counts while the workflow is shared.",
            MemberCommands.In(SetAsync))
        { Positional = "WORKFLOW", Options = [Places.Workspace, Places.Environment, To, new("level", "view|run|edit|manage", "how much")] },
        new(["grants", "remove"], "Takes a grant away.", MemberCommands.In(RemoveAsync))
        { Positional = "WORKFLOW", Options = [Places.Workspace, Places.Environment, To] },
        new(["share", "default"], "Says who sees a workflow that is made in the studio, until somebody says otherwise.",
            MemberCommands.In(DefaultAsync))
        { Options = [Places.Workspace, Visibility] },
        new(["share"], "Says who sees a workflow.", MemberCommands.In(ShareAsync))
        { Positional = "WORKFLOW", Options = [Places.Workspace, Places.Environment, Visibility] },
        new(["owner"], "Gives a workflow to another member.", MemberCommands.In(OwnerAsync))
        { Positional = "WORKFLOW", Options = [Places.Workspace, Places.Environment, new("to", "EMAIL", "the new owner")] },
    ];

    private static CommandOption To => new("to", "EMAIL|role:NAME", "for whom");

    private static CommandOption Visibility =>
        new("visibility", "private|tenant|shared", "its owner alone, everybody, or those it is granted to");

    private static Task<Refusal?> ListAsync(CommandContext command, IServiceProvider services, WorkspaceRow workspace) =>
        OnAsync(command, services, workspace, (caller, id) =>
            services.GetRequiredService<ReadSharing>().RunAsync(caller, id, command.Stop));

    private static async Task<Refusal?> SetAsync(CommandContext command, IServiceProvider services, WorkspaceRow workspace)
    {
        if (!command.Arguments.Needs("to", out var to, out var refusal) || !TryRead(command, "level", out GrantLevel level, out refusal))
            return refusal;
        var (grantee, unknown) = await AccessPlaces.GranteeAsync(command, services, workspace, to);
        return unknown ?? await OnAsync(command, services, workspace, (caller, id) =>
            services.GetRequiredService<ShareWorkflow>().GrantAsync(caller, id, grantee, level, command.Stop));
    }

    private static async Task<Refusal?> RemoveAsync(CommandContext command, IServiceProvider services, WorkspaceRow workspace)
    {
        if (!command.Arguments.Needs("to", out var to, out var refusal)) return refusal;
        var (grantee, unknown) = await AccessPlaces.GranteeAsync(command, services, workspace, to);
        return unknown ?? await OnAsync(command, services, workspace, (caller, id) =>
            services.GetRequiredService<ShareWorkflow>().GrantAsync(caller, id, grantee, null, command.Stop));
    }

    private static async Task<Refusal?> DefaultAsync(CommandContext command, IServiceProvider services, WorkspaceRow workspace)
    {
        if (!TryRead(command, "visibility", out WorkflowVisibility visibility, out var refusal)) return refusal;
        var set = await services.GetRequiredService<SetDefaultVisibility>()
            .RunAsync(Places.CallerIn(workspace, StudioEnvironment.Live), visibility, command.Stop);
        if (!set.Ok) return Places.Refuse(set.Problem);
        await command.Output.WriteLineAsync($"What is made in the studio is {Word(visibility)} in {workspace.Slug}.");
        return null;
    }

    private static async Task<Refusal?> ShareAsync(CommandContext command, IServiceProvider services, WorkspaceRow workspace) =>
        TryRead(command, "visibility", out WorkflowVisibility visibility, out var refusal)
            ? await OnAsync(command, services, workspace, (caller, id) =>
                services.GetRequiredService<ShareWorkflow>().SetAsync(caller, id, new SharingWish(visibility), command.Stop))
            : refusal;

    private static async Task<Refusal?> OwnerAsync(CommandContext command, IServiceProvider services, WorkspaceRow workspace)
    {
        if (!command.Arguments.Needs("to", out var to, out var refusal)) return refusal;
        var (person, nobody) = await AccessPlaces.PersonAsync(services, to);
        return nobody ?? await OnAsync(command, services, workspace, (caller, id) =>
            services.GetRequiredService<ShareWorkflow>().HandOverAsync(caller, id, person, command.Stop));
    }

    private static async Task<Refusal?> OnAsync(CommandContext command, IServiceProvider services, WorkspaceRow workspace,
        Func<Caller, Guid, Task<Result<SharingFacts>>> work)
    {
        if (!Places.TryEnvironment(command, out var environment, out var refusal)) return refusal;
        var (id, unknown) = await AccessPlaces.WorkflowAsync(command, services, workspace, environment);
        if (unknown is not null) return unknown;
        var now = await work(Places.CallerIn(workspace, environment), id);
        if (!now.Ok) return Places.Refuse(now.Problem);
        await WriteAsync(command, services, workspace, now.Value);
        return null;
    }

    private static async Task WriteAsync(CommandContext command, IServiceProvider services, WorkspaceRow workspace, SharingFacts facts)
    {
        var roles = await services.GetRequiredService<ListRoles>()
            .RunAsync(Places.CallerIn(workspace, StudioEnvironment.Live), command.Stop);
        Guid[] ids = [.. facts.UserIds, .. facts.OwnerId is { } owner ? [owner] : Array.Empty<Guid>()];
        var people = await services.GetRequiredService<IPeople>().FindAsync(ids, command.Stop);
        await command.Output.WriteLineAsync(
            $"{facts.Name}  {Word(facts.Visibility)}  owner {(facts.OwnerId is { } of ? Name(of) : "nobody")}");
        foreach (var grant in facts.Grants)
            await command.Output.WriteLineAsync($"  {Word(grant.Level)}  {(grant.IsRole ? "role " : "")}{Name(grant.GranteeId)}");

        string Name(Guid id) => people.GetValueOrDefault(id)?.Email ?? roles.Value?.FirstOrDefault(r => r.Id == id)?.Name ?? id.ToString();
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static bool TryRead<T>(CommandContext command, string option, out T value, out Refusal? refusal)
        where T : struct, Enum
    {
        value = default;
        if (!command.Arguments.Needs(option, out var text, out refusal)) return false;
        if (Enum.GetNames<T>().FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name)
        {
            value = Enum.Parse<T>(name);
            return true;
        }

        refusal = new Refusal(2, $"--{option} has to be {string.Join(" or ", Enum.GetValues<T>().Select(Word))}.");
        return false;
    }
}
