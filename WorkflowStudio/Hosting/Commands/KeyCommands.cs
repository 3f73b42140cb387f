using System.Globalization;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Keys;

namespace WorkflowStudio.Hosting.Commands;

/// <summary><c>keys create</c>, <c>keys list</c>, <c>keys revoke</c>.</summary>
internal static class KeyCommands
{
    public static IReadOnlyList<Command> All { get; } =
    [
        new(["keys", "create"], "Makes an API key and prints it, alone on the last line. It is shown this once.",
            c => CommandServices.WithAsync(c, s => CreateAsync(c, s)))
        {
            Options = [Places.Workspace, Places.Environment, new("scopes", "all|a,b", "what the key may do; all when not given"),
                new("name", "N", "what people call it"), new("expires", "DATE", "from when on it is worth nothing, for example 2027-01-31"),
                new("networks", "a,b", "where it may be used from, for example 203.0.113.0/24; everywhere when not given"),
                new("users", "a,b", "members whose shares it sees, by e-mail address"),
                new("roles", "a,b", "roles whose shares it sees")],
        },
        new(["keys", "list"], "Lists the keys of a workspace.", c => CommandServices.WithAsync(c, s => ListAsync(c, s)))
        { Options = [Places.Workspace] },
        new(["keys", "revoke"], "Makes a key worthless, by the id that keys list shows.",
            c => CommandServices.WithAsync(c, s => RevokeAsync(c, s)))
        { Positional = "ID", Options = [Places.Workspace] },
    ];

    private static async Task<Refusal?> CreateAsync(CommandContext command, IServiceProvider services)
    {
        if (!Places.TryEnvironment(command, out var environment, out var refusal)) return refusal;
        var (workspace, unknown) = await Places.WorkspaceOf(command, services);
        if (workspace is null) return unknown;
        var scopes = command.Arguments["scopes"] is null or "all"
            ? Scopes.All
            : command.Arguments["scopes"]!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var wish = new KeyWish(environment, command.Arguments["name"] ?? "Command-line key", [.. scopes])
        { Networks = AccessPlaces.Split(command.Arguments["networks"] ?? "") };
        if (command.Arguments["expires"] is { } expires)
        {
            if (!DateTimeOffset.TryParse(expires, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
                return new Refusal(2, "--expires has to be a date such as 2027-01-31, or a time such as 2027-01-31T18:00Z.");
            wish = wish with { ExpiresAt = at };
        }

        var (shares, unshared) = await SharesAsync(command, services, workspace, wish);
        if (unshared is not null) return unshared;
        var made = await services.GetRequiredService<CreateKey>()
            .RunAsync(Places.CallerIn(workspace, environment), shares, command.Stop);
        if (!made.Ok) return Places.Refuse(made.Problem);
        await command.Output.WriteLineAsync(
            $"Key {made.Value.Facts.Id} for {workspace.Slug}, {environment.ToString().ToLowerInvariant()}. It is shown this once:");
        await command.Output.WriteLineAsync(made.Value.Key);
        return null;
    }

    private static async Task<Refusal?> ListAsync(CommandContext command, IServiceProvider services)
    {
        var (workspace, unknown) = await Places.WorkspaceOf(command, services);
        if (workspace is null) return unknown;
        var keys = await services.GetRequiredService<ListKeys>().RunAsync(Places.CallerIn(workspace, StudioEnvironment.Live), command.Stop);
        if (!keys.Ok) return Places.Refuse(keys.Problem);
        if (keys.Value.Count == 0) await command.Output.WriteLineAsync($"{workspace.Slug} has no keys. keys create makes one.");
        foreach (var key in keys.Value)
        {
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            var state = key.RevokedAt is { } at ? "revoked " + Day(at)
                : key.ExpiresAt is { } end ? (end <= now ? "expired " : "valid until ") + Day(end)
                : "valid";
            var used = key.LastUsedAt is { } last ? "used " + Day(last) : "never used";
            var maker = key.MakerHasLeft ? "  (its maker has left)" : "";
            var from = key.Networks.Count > 0 ? "  from " + string.Join(' ', key.Networks) : "";
            await command.Output.WriteLineAsync(
                $"{key.Id}  {key.Prefix}…  {state}  {key.Name}  {string.Join(' ', key.Scopes)}  {used}{from}{maker}");
        }

        return null;
    }

    private static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static async Task<(KeyWish Wish, Refusal? Refusal)> SharesAsync(
        CommandContext command, IServiceProvider services, WorkspaceRow workspace, KeyWish wish)
    {
        var users = new List<Guid>();
        foreach (var address in AccessPlaces.Split(command.Arguments["users"] ?? ""))
        {
            var (id, nobody) = await AccessPlaces.PersonAsync(services, address);
            if (nobody is not null) return (wish, nobody);
            users.Add(id);
        }

        var (roles, unknown) = await AccessPlaces.RolesAsync(command, services, workspace, command.Arguments["roles"] ?? "");
        return (wish with { UserIds = users, RoleIds = [.. roles.Select(r => r.Id)] }, unknown);
    }

    private static async Task<Refusal?> RevokeAsync(CommandContext command, IServiceProvider services)
    {
        if (!Guid.TryParse(command.Arguments.Positional, out var id))
            return new Refusal(2, "The id of a key is a UUID; keys list shows it.");
        var (workspace, unknown) = await Places.WorkspaceOf(command, services);
        if (workspace is null) return unknown;
        var revoked = await services.GetRequiredService<RevokeKey>()
            .RunAsync(Places.CallerIn(workspace, StudioEnvironment.Live), id, command.Stop);
        if (!revoked.Ok) return Places.Refuse(revoked.Problem);
        await command.Output.WriteLineAsync($"Key {revoked.Value.Prefix}… is revoked.");
        return null;
    }
}
