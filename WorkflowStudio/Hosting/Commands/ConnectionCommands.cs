using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Connections;

namespace WorkflowStudio.Hosting.Commands;

/// <summary>
/// <c>connections set</c>, <c>list</c>, <c>try</c> and <c>remove</c>. A secret comes from standard input, so that it stands in no list of
/// processes and no history; none is ever shown.
/// </summary>
internal static class ConnectionCommands
{
    public static IReadOnlyList<Command> All { get; } =
    [
        new(["connections", "set"], "Connects an account elsewhere; its key is read from standard input and stored encrypted.",
            c => CommandServices.WithAsync(c, s => SetAsync(c, s)))
        {
            Options =
            [
                Places.Workspace, Places.Environment, Kind, Name,
                new("endpoint", "URL",
                    "where it is: https://api.example.com/v1, for smtp smtps://mail.example.com:465, for imap imaps://…"),
                new("model", "NAME", "for ai: the model to ask"),
                new("user", "NAME", "for smtp, imap, and http with --auth basic: who signs in"),
                new("account", "SID", "for sms: the account at the gateway"),
                new("from", "SENDER", "for smtp: \"Practice <desk@example.com>\"; for sms: a number such as +17135550100"),
                new("folder", "NAME", "for imap: the folder that is read, as the server names it; INBOX when not given"),
                new("encryption", "starttls|none", "for smtp:// and imap:// alone; starttls when not given"),
                new("auth", "header|basic|oauth2", "for http: what the secret is; the value of a header when not given"),
                new("header", "H", "for http: the header that holds the secret; Authorization when not given"),
                new("tokenUrl", "URL", "for http with --auth oauth2: where tokens are given"),
                new("clientId", "ID", "for http with --auth oauth2: the client, whose secret is read"),
                new("scope", "SCOPE", "for http with --auth oauth2: what the tokens are for"),
                new("old", "keep|drop", "for webhook-secret: whether the one before counts, too, until the next set; drop when not given"),
            ],
        },
        new(["connections", "list"], "Lists the connections of a workspace, without their secrets.",
            c => CommandServices.WithAsync(c, s => ListAsync(c, s)))
        { Options = [Places.Workspace] },
        new(["connections", "try"], "Signs in with a connection, changes nothing, and says what is wrong.",
            c => CommandServices.WithAsync(c, s => TryAsync(c, s)))
        { Options = [Places.Workspace, Places.Environment, Kind, Name] },
        new(["connections", "remove"], "Removes a connection with its secret. Steps that name it fail from then on.",
            c => CommandServices.WithAsync(c, s => RemoveAsync(c, s)))
        { Options = [Places.Workspace, Places.Environment, Kind, Name] },
    ];

    private static CommandOption Kind => new("kind", "smtp|imap|sms|stripe|ai|http|webhook-secret", "what it is for");

    private static CommandOption Name => new("name", "N", "for http and webhook-secret: the name that workflows choose it by");

    private static async Task<Refusal?> SetAsync(CommandContext command, IServiceProvider services)
    {
        if (!Places.TryEnvironment(command, out var environment, out var refusal)
            || !TryKind(command, services, out var kind, out var name, out refusal)) return refusal;
        var old = command.Arguments["old"] ?? "drop";
        if (old is not ("keep" or "drop")) return new Refusal(2, "--old has to be keep or drop.");
        var (workspace, unknown) = await Places.WorkspaceOf(command, services);
        if (workspace is null) return unknown;
        var settings = kind.Fields.Where(f => command.Arguments[f.Name] is not null)
            .ToDictionary(f => f.Name, f => command.Arguments[f.Name]!);
        var secret = (await command.Input.ReadLineAsync(command.Stop))?.Trim();
        if (kind.Second is not null) secret += "\n" + (await command.Input.ReadLineAsync(command.Stop))?.Trim();
        var connection = new Connection(kind.Name, name ?? kind.Title, JsonSerializer.SerializeToElement(settings), secret);
        var set = await services.GetRequiredService<SetConnection>().RunAsync(
            Places.CallerIn(workspace, environment), connection, old == "keep" ? SecretChange.Add : SecretChange.Replace, command.Stop);
        if (set.Problem is OperationProblem.Invalid invalid) return Refuse(invalid);
        if (!set.Ok) return Places.Refuse(set.Problem);
        var at = connection.Text("endpoint") is { Length: > 0 } endpoint ? $" ({endpoint})" : "";
        await command.Output.WriteLineAsync($"{set.Value.Name}{at} is connected to {workspace.Slug}, {Words(environment)}"
            + $"{(set.Value.HasSecret ? "" : ", without a secret")}.{(old == "keep" ? " The secret before counts, too." : "")}"
            + (kind.CanTry && environment == StudioEnvironment.Live ? " connections try says whether it lets the studio in." : ""));
        if (environment == StudioEnvironment.Live && kind.OtherSide(workspace.Id) is var (words, address))
            await command.Output.WriteLineAsync($"{words} {address}");
        return null;
    }

    private static async Task<Refusal?> ListAsync(CommandContext command, IServiceProvider services)
    {
        var (workspace, unknown) = await Places.WorkspaceOf(command, services);
        if (workspace is null) return unknown;
        var found = await services.GetRequiredService<ReadConnections>()
            .ListAsync(Places.CallerIn(workspace, StudioEnvironment.Live), command.Stop);
        if (!found.Ok) return Places.Refuse(found.Problem);
        if (found.Value.Count == 0) await command.Output.WriteLineAsync($"{workspace.Slug} has no connections. connections set makes one.");
        foreach (var c in found.Value)
        {
            var settings = string.Join("  ", c.Settings.EnumerateObject().Select(s => s.Value.ToString()));
            await command.Output.WriteLineAsync($"{Words(c.Environment)}  {c.Kind}  {c.Name}  {settings}  "
                + $"{(c.HasSecret ? "with a secret" : "without a secret")}");
        }

        return null;
    }

    private static async Task<Refusal?> TryAsync(CommandContext command, IServiceProvider services)
    {
        if (!Places.TryEnvironment(command, out var environment, out var refusal)
            || !TryKind(command, services, out var kind, out var name, out refusal)) return refusal;
        if (environment == StudioEnvironment.Test)
            return new Refusal(2, "In the test environment nothing goes out, so there is nothing to try. Leave --environment test away.");
        var (workspace, unknown) = await Places.WorkspaceOf(command, services);
        if (workspace is null) return unknown;
        var tried = await services.GetRequiredService<TryConnection>()
            .RunAsync(Places.CallerIn(workspace, environment), kind.Name, name, command.Stop);
        if (tried.Problem is OperationProblem.NotFound) return None(kind, name, workspace.Slug, environment);
        if (tried.Problem is OperationProblem.Invalid invalid) return Refuse(invalid);
        if (!tried.Ok) return Places.Refuse(tried.Problem);
        await command.Output.WriteLineAsync(tried.Value);
        return null;
    }

    private static async Task<Refusal?> RemoveAsync(CommandContext command, IServiceProvider services)
    {
        if (!Places.TryEnvironment(command, out var environment, out var refusal)
            || !TryKind(command, services, out var kind, out var name, out refusal)) return refusal;
        var (workspace, unknown) = await Places.WorkspaceOf(command, services);
        if (workspace is null) return unknown;
        var removed = await services.GetRequiredService<RemoveConnection>()
            .RunAsync(Places.CallerIn(workspace, environment), kind.Name, name, command.Stop);
        if (removed.Problem is OperationProblem.NotFound) return None(kind, name, workspace.Slug, environment);
        if (!removed.Ok) return Places.Refuse(removed.Problem);
        await command.Output.WriteLineAsync($"{removed.Value} is no longer connected to {workspace.Slug}, {Words(environment)}.");
        return null;
    }

    private static Refusal None(ConnectionKind kind, string? name, string workspace, StudioEnvironment environment) =>
        new(1, $"There is no {kind.Name} connection{(name is null ? "" : " " + name)} in {workspace}, {Words(environment)}. "
            + "See connections list.");

    private static Refusal Refuse(OperationProblem.Invalid invalid) => invalid.Problems[0] is { Path: not "secret" } first
        ? new Refusal(2, $"--{first.Path}: {first.Message}")
        : new Refusal(2, $"The secret is read from standard input, one line. {invalid.Message}");

    private static string Words(StudioEnvironment environment) => environment.ToString().ToLowerInvariant();

    private static bool TryKind(
        CommandContext command, IServiceProvider services, [NotNullWhen(true)] out ConnectionKind? kind, out string? name,
        out Refusal? refusal)
    {
        (kind, name) = (null, null);
        if (!command.Arguments.Needs("kind", out var wanted, out refusal)) return false;
        var known = services.GetRequiredService<ConnectionCatalog>();
        kind = known.Find(wanted);
        if (kind is null) refusal = new Refusal(2, $"--kind has to be {string.Join(", ", known.All.Select(k => k.Name))}.");
        else if (kind.IsNamed && command.Arguments.Needs("name", out name, out refusal)) name = name.Trim();
        return refusal is null;
    }
}
