using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Connections;

namespace WorkflowStudio.Hosting.Commands;

/// <summary>
/// <c>connections set</c>, <c>connections list</c>, <c>connections remove</c>. A secret comes from standard input, so that it stands in no
/// list of processes and no history; none is ever shown.
/// </summary>
internal static class ConnectionCommands
{
    private const int LongestName = 100;

    // headers that a call has anyway
    private static readonly string[] NotForSecrets = ["content-type", "idempotency-key"];

    public static IReadOnlyList<Command> All { get; } =
    [
        new(["connections", "set"], "Connects an account elsewhere; its key is read from standard input and stored encrypted.",
            c => CommandServices.WithAsync(c, s => SetAsync(c, s)))
        {
            Options =
            [
                Places.Workspace, Places.Environment, Kind,
                new("endpoint", "URL", "where it is: https://api.example.com/v1, for smtp smtps://mail.example.com:465"),
                new("model", "NAME", "for ai: the model to ask"),
                new("user", "NAME", "for smtp: who signs in; nobody when not given"),
                new("account", "SID", "for sms: the account at the gateway"),
                new("from", "SENDER", "for smtp: \"Practice <desk@example.com>\"; for sms: a number such as +17135550100"),
                new("encryption", "starttls|none", "for smtp:// alone; starttls when not given"),
                new("name", "N", "for http and webhook-secret: the name that workflows choose it by"),
                new("header", "H", "for http: the header that holds the secret; Authorization when not given"),
                new("old", "keep|drop", "for webhook-secret: whether the one before counts, too, until the next set; drop when not given"),
            ],
        },
        new(["connections", "list"], "Lists the connections of a workspace, without their secrets.",
            c => CommandServices.WithAsync(c, s => ListAsync(c, s)))
        { Options = [Places.Workspace] },
        new(["connections", "try"], "Signs in with a connection to a mail server or an SMS gateway, sends nothing, and says what is wrong.",
            c => CommandServices.WithAsync(c, s => MessageConnections.TryAsync(c, s)))
        { Options = [Places.Workspace, Places.Environment, new("kind", "smtp|sms", "which one")] },
        new(["connections", "remove"], "Removes a connection with its secret. Steps that name it fail from then on.",
            c => CommandServices.WithAsync(c, s => RemoveAsync(c, s)))
        {
            Options = [Places.Workspace, Places.Environment, Kind, new("name", "N", "for http and webhook-secret: which one")],
        },
    ];

    private static CommandOption Kind => new("kind", "ai|http|smtp|sms|webhook-secret", "what it is for");

    private static async Task<Refusal?> SetAsync(CommandContext command, IServiceProvider services)
    {
        if (!Places.TryEnvironment(command, out var environment, out var refusal) || !TryKind(command, out var kind, out refusal))
            return refusal;
        if (kind == ConnectionKinds.WebhookSecret) return await WebhookSecretCommand.SetAsync(command, services, environment);
        if (kind is ConnectionKinds.Smtp or ConnectionKinds.Sms)
            return await MessageConnections.SetAsync(command, services, environment, kind);
        if (!command.Arguments.Needs("endpoint", out var endpoint, out refusal)) return refusal;
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")
            || address.UserInfo.Length > 0) return new Refusal(2, "--endpoint has to be an http or https address.");
        if (!(kind == ConnectionKinds.Ai
            ? TryModel(command, endpoint, out var connection, out refusal)
            : TryHttp(command, endpoint, out connection, out refusal))) return refusal;
        var (workspace, unknown) = await Places.WorkspaceOf(command, services);
        if (workspace is null) return unknown;
        var secret = (await command.Input.ReadLineAsync(command.Stop))?.Trim();
        if (secret is not null && HttpHeaderRule.ValueProblem("Authorization", secret) is not null)
            return new Refusal(
                2, "The secret goes into a header, which holds letters from A to Z, digits and plain signs alone. Enter it again.");
        if (kind == ConnectionKinds.Http && string.IsNullOrEmpty(secret))
            return new Refusal(2, "The secret is read from standard input, one line such as Bearer abc123, and there was none.");
        var set = await services.GetRequiredService<SetConnection>()
            .RunAsync(Places.CallerIn(workspace, environment), connection with { Secret = secret }, cancellationToken: command.Stop);
        if (!set.Ok) return Places.Refuse(set.Problem);
        var detail = kind == ConnectionKinds.Ai
            ? connection.Settings.GetProperty("model").GetString()
            : connection.Settings.GetProperty("header").GetString();
        await command.Output.WriteLineAsync($"{connection.Name} ({endpoint}, {detail}) is connected to {workspace.Slug}, "
            + $"{environment.ToString().ToLowerInvariant()}{(string.IsNullOrEmpty(secret) ? ", without a key" : "")}.");
        return null;
    }

    private static async Task<Refusal?> ListAsync(CommandContext command, IServiceProvider services)
    {
        var (workspace, unknown) = await Places.WorkspaceOf(command, services);
        if (workspace is null) return unknown;
        var found = await services.GetRequiredService<ListConnections>()
            .RunAsync(Places.CallerIn(workspace, StudioEnvironment.Live), command.Stop);
        if (!found.Ok) return Places.Refuse(found.Problem);
        if (found.Value.Count == 0) await command.Output.WriteLineAsync($"{workspace.Slug} has no connections. connections set makes one.");
        foreach (var c in found.Value)
        {
            var settings = string.Join("  ", c.Settings.EnumerateObject().Select(s => s.Value.ToString()));
            await command.Output.WriteLineAsync($"{c.Environment.ToString().ToLowerInvariant()}  {c.Kind}  {c.Name}  {settings}  "
                + $"{(c.HasSecret ? "with a secret" : "without a secret")}");
        }

        return null;
    }

    private static async Task<Refusal?> RemoveAsync(CommandContext command, IServiceProvider services)
    {
        if (!Places.TryEnvironment(command, out var environment, out var refusal) || !TryKind(command, out var kind, out refusal))
            return refusal;
        if (ConnectionKinds.IsNamed(kind) && !command.Arguments.Needs("name", out _, out refusal)) return refusal;
        var name = command.Arguments["name"]?.Trim();
        var (workspace, unknown) = await Places.WorkspaceOf(command, services);
        if (workspace is null) return unknown;
        var removed = await services.GetRequiredService<RemoveConnection>()
            .RunAsync(Places.CallerIn(workspace, environment), kind, name, command.Stop);
        if (removed.Problem is OperationProblem.NotFound)
            return new Refusal(1, $"There is no {kind} connection{(name is null ? "" : " " + name)} in {workspace.Slug}, "
                + $"{environment.ToString().ToLowerInvariant()}. See connections list.");
        if (!removed.Ok) return Places.Refuse(removed.Problem);
        await command.Output.WriteLineAsync(
            $"{removed.Value} is no longer connected to {workspace.Slug}, {environment.ToString().ToLowerInvariant()}.");
        return null;
    }

    /// <summary>Why a connection cannot have this name; null when it can.</summary>
    public static Refusal? NameProblem(string name) => name.Trim().Length > LongestName || name.Any(char.IsControl)
        ? new Refusal(2, $"--name can have at most {LongestName} characters.")
        : null;

    private static bool TryKind(CommandContext command, [NotNullWhen(true)] out string? kind, out Refusal? refusal)
    {
        if (!command.Arguments.Needs("kind", out kind, out refusal)) return false;
        refusal = kind is ConnectionKinds.Ai or ConnectionKinds.Http or ConnectionKinds.Smtp or ConnectionKinds.Sms
            or ConnectionKinds.WebhookSecret
            ? null
            : new Refusal(2, "--kind has to be ai, http, smtp, sms or webhook-secret.");
        return refusal is null;
    }

    private static bool TryModel(CommandContext command, string endpoint, out Connection connection, out Refusal? refusal)
    {
        connection = null!;
        if (!command.Arguments.Needs("model", out var model, out refusal)) return false;
        connection = new Connection(ConnectionKinds.Ai, command.Arguments["name"] ?? "Language model",
            JsonSerializer.SerializeToElement(new { endpoint, model }), null);
        return true;
    }

    private static bool TryHttp(CommandContext command, string endpoint, out Connection connection, out Refusal? refusal)
    {
        connection = null!;
        if (!command.Arguments.Needs("name", out var name, out refusal)) return false;
        var header = command.Arguments["header"] ?? "Authorization";
        refusal = NameProblem(name) is { } wrong ? wrong
            : HttpHeaderRule.NameProblem(header) is not null || NotForSecrets.Contains(header.ToLowerInvariant()) ? new Refusal(
                2, "--header has to be the name of a header such as Authorization or X-Api-Key.")
            : null;
        connection = new Connection(ConnectionKinds.Http, name.Trim(), JsonSerializer.SerializeToElement(new { endpoint, header }), null);
        return refusal is null;
    }
}
