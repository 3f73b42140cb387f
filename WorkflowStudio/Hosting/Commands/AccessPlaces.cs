using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Identity;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Hosting.Commands;

/// <summary>People, roles and workflows as arguments of a command: by e-mail address, by name, by short name, and all by id.</summary>
internal static class AccessPlaces
{
    /// <summary>The account that is meant, or why there is none.</summary>
    public static async Task<(Guid Id, Refusal? Refusal)> PersonAsync(IServiceProvider services, string text)
    {
        if (Guid.TryParse(text, out var id)) return (id, null);
        return await services.GetRequiredService<Users>().FindAsync(text) is { } found
            ? (found, null)
            : (default, new Refusal(1, $"There is no account {text}. user create makes one."));
    }

    /// <summary>The roles that are meant, named or by id and separated by commas; or which of them there is not.</summary>
    public static async Task<(IReadOnlyList<RoleFacts> Roles, Refusal? Refusal)> RolesAsync(
        CommandContext command, IServiceProvider services, WorkspaceRow workspace, string text)
    {
        var known = await services.GetRequiredService<ListRoles>()
            .RunAsync(Places.CallerIn(workspace, StudioEnvironment.Live), command.Stop);
        if (!known.Ok) return ([], Places.Refuse(known.Problem));
        var found = new List<RoleFacts>();
        foreach (var name in Split(text))
        {
            if (known.Value.FirstOrDefault(r => r.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || r.Id.ToString() == name)
                is not { } role)
                return ([], new Refusal(1, $"There is no role {name}. Known: {string.Join(", ", known.Value.Select(r => r.Name))}."));
            found.Add(role);
        }

        return (found, null);
    }

    /// <summary>Whom a grant is for: a member by address, or <c>role:NAME</c>.</summary>
    public static async Task<(Guid Id, Refusal? Refusal)> GranteeAsync(
        CommandContext command, IServiceProvider services, WorkspaceRow workspace, string text)
    {
        if (!text.StartsWith("role:", StringComparison.OrdinalIgnoreCase)) return await PersonAsync(services, text);
        var (roles, refusal) = await RolesAsync(command, services, workspace, text["role:".Length..]);
        return roles is [var role] ? (role.Id, null) : (default, refusal ?? new Refusal(2, "--to names one role: role:NAME."));
    }

    /// <summary>The workflow that is meant, by its short name or its id in any form.</summary>
    public static async Task<(Guid Id, Refusal? Refusal)> WorkflowAsync(
        CommandContext command, IServiceProvider services, WorkspaceRow workspace, StudioEnvironment environment)
    {
        var text = command.Arguments.Positional!;
        var tenant = new Tenant(workspace.Id, environment);
        var store = services.GetRequiredService<WorkflowStore>();
        if (await store.FindAsync(tenant, text, command.Stop) is { } named) return (named.Id, null);
        return ShownId.TryRead(text, out var id) && await store.FindAsync(tenant, id, command.Stop) is not null
            ? (id, null)
            : (default, new Refusal(1, $"There is no workflow {text} in {workspace.Slug}, {environment.ToString().ToLowerInvariant()}. "
                + "Use the short name that its address has, or its id."));
    }

    public static string[] Split(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
