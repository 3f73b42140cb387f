using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations.Connections;

namespace WorkflowStudio.Hosting.Commands;

/// <summary><c>connections set</c>. The secret comes from standard input, so that it stands in no list of processes and no history.</summary>
internal static class ConnectionCommand
{
    private const int LongestName = 100;

    // headers that say how the message is framed or where it goes
    private static readonly string[] NotForSecrets = ["host", "content-length", "content-type", "transfer-encoding", "connection", "idempotency-key"];

    public static async Task<Refusal?> SetAsync(CommandContext command, IServiceProvider services)
    {
        if (!Places.TryEnvironment(command, out var environment, out var refusal) || !command.Arguments.Needs("kind", out var kind, out refusal)) return refusal;
        if (kind is not (ConnectionKinds.Ai or ConnectionKinds.Http)) return new Refusal(2, "--kind has to be ai or http.");
        if (!command.Arguments.Needs("endpoint", out var endpoint, out refusal)) return refusal;
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0) return new Refusal(2, "--endpoint has to be an http or https address.");
        if (!(kind == ConnectionKinds.Ai ? TryModel(command, endpoint, out var connection, out refusal) : TryHttp(command, endpoint, out connection, out refusal))) return refusal;
        var (workspace, unknown) = await Places.WorkspaceOf(command, services);
        if (workspace is null) return unknown;
        var secret = (await command.Input.ReadLineAsync(command.Stop))?.Trim();
        if (kind == ConnectionKinds.Http && (string.IsNullOrEmpty(secret) || secret.Any(char.IsControl))) return new Refusal(2, "The secret is read from standard input, one line such as Bearer abc123, and there was none.");
        var set = await services.GetRequiredService<SetConnection>().RunAsync(Places.CallerIn(workspace, environment), connection with { Secret = secret }, command.Stop);
        if (!set.Ok) return Places.Refuse(set.Problem);
        var detail = kind == ConnectionKinds.Ai ? connection.Settings.GetProperty("model").GetString() : connection.Settings.GetProperty("header").GetString();
        await command.Output.WriteLineAsync($"{connection.Name} ({endpoint}, {detail}) is connected to {workspace.Slug}, {environment.ToString().ToLowerInvariant()}{(string.IsNullOrEmpty(secret) ? ", without a key" : "")}.");
        return null;
    }

    private static bool TryModel(CommandContext command, string endpoint, out Connection connection, out Refusal? refusal)
    {
        connection = null!;
        if (!command.Arguments.Needs("model", out var model, out refusal)) return false;
        connection = new Connection(ConnectionKinds.Ai, command.Arguments["name"] ?? "Language model", JsonSerializer.SerializeToElement(new { endpoint, model }), null);
        return true;
    }

    private static bool TryHttp(CommandContext command, string endpoint, out Connection connection, out Refusal? refusal)
    {
        connection = null!;
        if (!command.Arguments.Needs("name", out var name, out refusal)) return false;
        var header = command.Arguments["header"] ?? "Authorization";
        refusal = name.Trim().Length > LongestName || name.Any(char.IsControl) ? new Refusal(2, $"--name can have at most {LongestName} characters.")
            : header.Length == 0 || !header.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') || NotForSecrets.Contains(header.ToLowerInvariant()) ? new Refusal(2, "--header has to be the name of a header such as Authorization or X-Api-Key.")
            : null;
        connection = new Connection(ConnectionKinds.Http, name.Trim(), JsonSerializer.SerializeToElement(new { endpoint, header }), null);
        return refusal is null;
    }
}
