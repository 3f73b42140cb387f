using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations.Connections;

namespace WorkflowStudio.Hosting.Commands;

/// <summary><c>connections set --kind webhook-secret</c>: what others sign their posts to a webhook with.</summary>
internal static class WebhookSecretCommand
{
    private const int Longest = 1_000;

    public static async Task<Refusal?> SetAsync(CommandContext command, IServiceProvider services, StudioEnvironment environment)
    {
        if (!command.Arguments.Needs("name", out var name, out var refusal)) return refusal;
        if (ConnectionCommands.NameProblem(name) is { } wrong) return wrong;
        var old = command.Arguments["old"] ?? "drop";
        if (old is not ("keep" or "drop")) return new Refusal(2, "--old has to be keep or drop.");
        var (workspace, unknown) = await Places.WorkspaceOf(command, services);
        if (workspace is null) return unknown;
        var secret = (await command.Input.ReadLineAsync(command.Stop))?.Trim();
        if (string.IsNullOrEmpty(secret))
            return new Refusal(2, "The secret is read from standard input, one line such as whsec_abc123, and there was none.");
        if (secret.Length > Longest || secret.Any(char.IsControl))
            return new Refusal(2, $"The secret can have at most {Longest} characters, none of them a control character. Enter it again.");
        var connection = new Connection(ConnectionKinds.WebhookSecret, name.Trim(), JsonElement.Parse("{}"), secret);
        var set = await services.GetRequiredService<SetConnection>()
            .RunAsync(Places.CallerIn(workspace, environment), connection, old == "keep", command.Stop);
        if (!set.Ok) return Places.Refuse(set.Problem);
        await command.Output.WriteLineAsync($"{connection.Name} is set for {workspace.Slug}, {environment.ToString().ToLowerInvariant()}. "
            + (old == "keep" ? "The secret before counts, too, until it is set again." : "No other secret of that name counts."));
        return null;
    }
}
