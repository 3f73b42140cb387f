using System.Globalization;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Hosting.Commands;

/// <summary><c>members …</c>, <c>roles …</c>, <c>audit</c>: who belongs to a workspace, and what they may.</summary>
internal static class MemberCommands
{
    private const int Lines = 50;

    public static IReadOnlyList<Command> All { get; } =
    [
        new(["members", "list"], "Lists the members of a workspace with their roles.",
            In(ListMembersAsync)) { Options = [Places.Workspace] },
        new(["members", "add"], "Makes a person who has an account a member.", In(SetMemberAsync))
        { Positional = "EMAIL", Options = [Places.Workspace, RolesOption] },
        new(["members", "roles"], "Gives a member exactly these roles. The last owner stays one.", In(SetMemberAsync))
        { Positional = "EMAIL", Options = [Places.Workspace, RolesOption] },
        new(["members", "remove"], "Takes a member out of a workspace. What they own and their keys stay.", In(RemoveMemberAsync))
        { Positional = "EMAIL", Options = [Places.Workspace] },
        new(["roles", "list"], "Lists the roles of a workspace with what each allows.",
            In(ListRolesAsync)) { Options = [Places.Workspace] },
        new(["roles", "add"], "Makes a role of chosen permissions.", In(AddRoleAsync))
        { Positional = "NAME", Options = [Places.Workspace, PermissionsOption] },
        new(["roles", "change"], "Changes a role that was made: its name, its permissions.", In(ChangeRoleAsync))
        { Positional = "NAME", Options = [Places.Workspace, PermissionsOption, new("name", "N", "another name")] },
        new(["roles", "remove"], "Removes a role that nobody has, with what was granted to it.", In(RemoveRoleAsync))
        { Positional = "NAME", Options = [Places.Workspace] },
        new(["audit"], "Says who did what to whose rights, the newest last.", In(AuditAsync))
        { Options = [Places.Workspace, new("count", "N", "how many lines; 50 when not given, at most 200")] },
    ];

    private static CommandOption RolesOption => new("roles", "a,b", "names of roles: viewer, operator, editor, admin, owner or your own");

    private static CommandOption PermissionsOption => new("permissions", "a,b", "what it allows, see roles list");

    /// <summary>A command in the workspace that it names.</summary>
    internal static Func<CommandContext, Task<Refusal?>> In(
        Func<CommandContext, IServiceProvider, WorkspaceRow, Task<Refusal?>> work) =>
        command => CommandServices.WithAsync(command, async services =>
        {
            var (workspace, unknown) = await Places.WorkspaceOf(command, services);
            return workspace is null ? unknown : await work(command, services, workspace);
        });

    private static Caller Owner(WorkspaceRow workspace) => Places.CallerIn(workspace, StudioEnvironment.Live);

    private static async Task<Refusal?> ListMembersAsync(CommandContext command, IServiceProvider services, WorkspaceRow workspace)
    {
        var found = await services.GetRequiredService<ListMembers>().RunAsync(Owner(workspace), command.Stop);
        if (!found.Ok) return Places.Refuse(found.Problem);
        if (found.Value.Count == 0) await command.Output.WriteLineAsync($"{workspace.Slug} has no members. members add makes one.");
        foreach (var m in found.Value)
        {
            var address = m.Email.Length > 0 ? m.Email : "(account is gone)";
            await command.Output.WriteLineAsync(
                $"{m.UserId}  {address}  {m.Name}  {string.Join(", ", m.Roles.Select(r => r.Name))}");
        }

        return null;
    }

    private static async Task<Refusal?> SetMemberAsync(CommandContext command, IServiceProvider services, WorkspaceRow workspace)
    {
        if (!command.Arguments.Needs("roles", out var names, out var refusal)) return refusal;
        var (person, nobody) = await AccessPlaces.PersonAsync(services, command.Arguments.Positional!);
        if (nobody is not null) return nobody;
        var (roles, unknown) = await AccessPlaces.RolesAsync(command, services, workspace, names);
        if (unknown is not null) return unknown;
        var set = await services.GetRequiredService<ChangeMember>()
            .SetAsync(Owner(workspace), person, [.. roles.Select(r => r.Id)], command.Stop);
        if (!set.Ok) return Places.Refuse(set.Problem);
        await command.Output.WriteLineAsync(
            $"{command.Arguments.Positional} is {string.Join(", ", roles.Select(r => r.Name))} of {workspace.Slug}.");
        return null;
    }

    private static async Task<Refusal?> RemoveMemberAsync(CommandContext command, IServiceProvider services, WorkspaceRow workspace)
    {
        var (person, nobody) = await AccessPlaces.PersonAsync(services, command.Arguments.Positional!);
        if (nobody is not null) return nobody;
        var removed = await services.GetRequiredService<ChangeMember>().RemoveAsync(Owner(workspace), person, command.Stop);
        if (!removed.Ok) return Places.Refuse(removed.Problem);
        await command.Output.WriteLineAsync($"{command.Arguments.Positional} is no member of {workspace.Slug} any more.");
        return null;
    }

    private static async Task<Refusal?> ListRolesAsync(CommandContext command, IServiceProvider services, WorkspaceRow workspace)
    {
        var found = await services.GetRequiredService<ListRoles>().RunAsync(Owner(workspace), command.Stop);
        if (!found.Ok) return Places.Refuse(found.Problem);
        foreach (var r in found.Value)
            await command.Output.WriteLineAsync(
                $"{r.Id}  {r.Name}{(r.IsBuiltIn ? " (built in)" : "")}  {string.Join(' ', r.Permissions.Names)}");
        return null;
    }

    private static async Task<Refusal?> AddRoleAsync(CommandContext command, IServiceProvider services, WorkspaceRow workspace)
    {
        if (!command.Arguments.Needs("permissions", out var names, out var refusal)) return refusal;
        if (!TryPermissions(names, out var permissions, out refusal)) return refusal;
        var made = await services.GetRequiredService<ChangeRole>()
            .AddAsync(Owner(workspace), command.Arguments.Positional!, permissions, command.Stop);
        if (!made.Ok) return Places.Refuse(made.Problem);
        await command.Output.WriteLineAsync($"{made.Value.Id}  {made.Value.Name}");
        return null;
    }

    private static async Task<Refusal?> ChangeRoleAsync(CommandContext command, IServiceProvider services, WorkspaceRow workspace)
    {
        Permissions? permissions = null;
        if (command.Arguments["permissions"] is { } names)
        {
            if (!TryPermissions(names, out var read, out var refusal)) return refusal;
            permissions = read;
        }

        var (roles, unknown) = await AccessPlaces.RolesAsync(command, services, workspace, command.Arguments.Positional!);
        if (roles is not [var role]) return unknown;
        var set = await services.GetRequiredService<ChangeRole>()
            .SetAsync(Owner(workspace), role.Id, command.Arguments["name"], permissions, command.Stop);
        if (!set.Ok) return Places.Refuse(set.Problem);
        await command.Output.WriteLineAsync($"{set.Value.Name}: {string.Join(' ', set.Value.Permissions.Names)}");
        return null;
    }

    private static async Task<Refusal?> RemoveRoleAsync(CommandContext command, IServiceProvider services, WorkspaceRow workspace)
    {
        var (roles, unknown) = await AccessPlaces.RolesAsync(command, services, workspace, command.Arguments.Positional!);
        if (roles is not [var role]) return unknown;
        var removed = await services.GetRequiredService<ChangeRole>().RemoveAsync(Owner(workspace), role.Id, command.Stop);
        if (!removed.Ok) return Places.Refuse(removed.Problem);
        await command.Output.WriteLineAsync($"The role {role.Name} is removed.");
        return null;
    }

    private static async Task<Refusal?> AuditAsync(CommandContext command, IServiceProvider services, WorkspaceRow workspace)
    {
        var count = Lines;
        if (command.Arguments["count"] is { } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count < 1))
            return new Refusal(2, "--count has to be a whole number from 1.");
        var found = await services.GetRequiredService<ReadAudit>().RunAsync(Owner(workspace), null, count, command.Stop);
        if (!found.Ok) return Places.Refuse(found.Problem);
        foreach (var line in found.Value.Reverse())
            await command.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{line.At.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'}  {line.By}  {line.Action}  {line.Target}  {line.Detail}").TrimEnd());
        return null;
    }

    private static bool TryPermissions(string text, out Permissions permissions, out Refusal? refusal)
    {
        var names = AccessPlaces.Split(text);
        permissions = Permissions.Read(string.Join(' ', names));
        var unknown = names.FirstOrDefault(n => !Permissions.AllNames.Contains(n));
        refusal = unknown is null
            ? null
            : new Refusal(2, $"There is no permission {unknown}. Known: {string.Join(", ", Permissions.AllNames)}.");
        return refusal is null;
    }
}
