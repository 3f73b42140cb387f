using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Mail;
using WorkflowStudio.Engine.Connectors.Sms;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations.Connections;

namespace WorkflowStudio.Hosting.Commands;

/// <summary>Connects what messages go out by, a mail server and an SMS gateway, and tries them.</summary>
internal static class MessageConnections
{
    private static readonly string[] Optional = ["user", "account", "from", "encryption"];

    public static async Task<Refusal?> SetAsync(
        CommandContext command, IServiceProvider services, StudioEnvironment environment, string kind)
    {
        var isMail = kind == ConnectionKinds.Smtp;
        if (!command.Arguments.Needs("endpoint", out var endpoint, out var refusal)
            || !command.Arguments.Needs("from", out _, out refusal)
            || (!isMail && !command.Arguments.Needs("account", out _, out refusal))) return refusal;
        var (workspace, unknown) = await Places.WorkspaceOf(command, services);
        if (workspace is null) return unknown;
        var secret = (await command.Input.ReadLineAsync(command.Stop))?.Trim();
        var settings = new Dictionary<string, string> { ["endpoint"] = endpoint };
        foreach (var name in Optional)
            if (command.Arguments[name]?.Trim() is { Length: > 0 } value) settings[name] = value;
        var connection = new Connection(
            kind, isMail ? "Mail server" : "SMS gateway", JsonSerializer.SerializeToElement(settings),
            string.IsNullOrEmpty(secret) ? null : secret);
        if (Wrong(connection) is { } wrong)
            return new Refusal(2, wrong.Message.Replace(" Correct it under Connections.", "", StringComparison.Ordinal));
        var set = await services.GetRequiredService<SetConnection>()
            .RunAsync(Places.CallerIn(workspace, environment), connection, cancellationToken: command.Stop);
        if (!set.Ok) return Places.Refuse(set.Problem);
        await command.Output.WriteLineAsync($"{connection.Name} ({endpoint}, {settings["from"]}) is connected to {workspace.Slug}, "
            + $"{environment.ToString().ToLowerInvariant()}{(connection.Secret is null ? ", without a password" : "")}. "
            + $"connections try --kind {kind} says whether it lets the studio in.");
        if (!isMail && environment == StudioEnvironment.Live)
            await command.Output.WriteLineAsync(services.GetRequiredService<SmsCallbacks>().Of(workspace.Id) is { } address
                ? $"Answers come in where the gateway posts incoming messages to {address}"
                : $"Answers come in where the gateway posts incoming messages to {SmsCallbacks.PathOf(workspace.Id)} below the public "
                    + "address of this server; name that in STUDIO_PUBLIC_URL.");
        return null;
    }

    public static async Task<Refusal?> TryAsync(CommandContext command, IServiceProvider services)
    {
        if (!Places.TryEnvironment(command, out var environment, out var refusal)
            || !command.Arguments.Needs("kind", out var kind, out refusal)) return refusal;
        if (kind is not (ConnectionKinds.Smtp or ConnectionKinds.Sms)) return new Refusal(2, "--kind has to be smtp or sms.");
        if (environment == StudioEnvironment.Test)
            return new Refusal(2, "In the test environment nothing goes out, so there is nothing to try. Leave --environment test away.");
        var (workspace, unknown) = await Places.WorkspaceOf(command, services);
        if (workspace is null) return unknown;
        var tenant = new Tenant(workspace.Id, environment);
        var tried = kind == ConnectionKinds.Smtp
            ? await services.GetRequiredService<IMailServer>().TryAsync(tenant, command.Stop)
            : await services.GetRequiredService<ISmsGateway>().TryAsync(tenant, command.Stop);
        if (!tried.Has(out var said, out var problem)) return new Refusal(1, problem.Message);
        await command.Output.WriteLineAsync(said);
        return null;
    }

    private static ConnectorProblem? Wrong(Connection connection) => connection.Kind == ConnectionKinds.Smtp
        ? SmtpConnection.Problem(connection)
        : TwilioConnection.Problem(connection);
}
