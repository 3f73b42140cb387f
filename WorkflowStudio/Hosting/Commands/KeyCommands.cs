using System.Globalization;
using WorkflowStudio.Engine.Model;
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
                new("name", "N", "what people call it")],
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
        var made = await services.GetRequiredService<CreateKey>().RunAsync(
            Places.CallerIn(workspace, environment), environment, command.Arguments["name"] ?? "Command-line key", [.. scopes],
            command.Stop);
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
            var state = key.RevokedAt is { } at ? "revoked " + at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "valid";
            await command.Output.WriteLineAsync($"{key.Id}  {key.Prefix}…  {state}  {key.Name}  {string.Join(' ', key.Scopes)}");
        }

        return null;
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
