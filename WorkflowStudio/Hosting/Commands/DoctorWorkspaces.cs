using System.Globalization;
using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Hosting.Commands;

/// <summary>What <c>doctor</c> says of each workspace.</summary>
internal static class DoctorWorkspaces
{
    public static async Task WriteAsync(DoctorReport report, IServiceProvider services, CancellationToken cancellationToken)
    {
        var guarded = services.GetRequiredService<GuardedHttpOptions>();
        foreach (var workspace in await services.GetRequiredService<WorkspaceOverviews>().ListAsync(cancellationToken))
        {
            await report.LineAsync(
                "Workspace", $"{workspace.Slug}: {Counted.Of(workspace.Workflows, "workflow")}, {Counted.Of(workspace.Keys, "valid key")}, "
                    + $"{Counted.Of(workspace.Members, "member")}, zone {workspace.TimeZone}, {Hours(workspace.Hours)}");
            await report.LineAsync(
                "", $"connections: {(workspace.Connections.Count == 0 ? "none" : string.Join(", ", workspace.Connections.Select(Name)))}; "
                    + $"{Texts(workspace)}; {Messages(workspace)}");
            foreach (var run in workspace.Failures)
                await report.LineAsync("", $"failed {run.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture)}: "
                    + $"{run.Workflow}{(run.Node is null ? "" : $", step {run.Node}")}: {run.Code} (run {run.Id})");
            await WarnAsync(report, workspace, guarded, cancellationToken);
        }
    }

    private static async Task WarnAsync(
        DoctorReport report, WorkspaceOverview workspace, GuardedHttpOptions guarded, CancellationToken cancellationToken)
    {
        var (sms, mail) = (Has(workspace, ConnectionKinds.Sms), Has(workspace, ConnectionKinds.Smtp));
        if (!workspace.Captures && !(sms && mail))
        {
            var codes = new[] { (sms, MessageChannel.Sms), (mail, MessageChannel.Email) }.Where(c => !c.Item1)
                .Select(c => MessageRules.NoGateway(c.Item2).Code);
            var lacking = sms ? "mail server" : mail ? "gateway for SMS" : "gateway for SMS and no mail server";
            report.Warn($"{workspace.Slug} has no {lacking}: in the live environment steps that send fail "
                + $"({string.Join(", ", codes)}). Connect one with connections set.");
        }

        if (!workspace.Hours.EverOpen)
            report.Warn($"{workspace.Slug} has no opening hours: nothing can be booked. Set them with practice hours.");
        foreach (var connection in workspace.Connections)
        {
            if (Endpoint(connection) is { } endpoint && await OwnNetwork.RefusesAsync(endpoint, guarded, cancellationToken))
                report.Warn($"The connection {Name(connection)} of {workspace.Slug} leads into the own network ({endpoint.Authority}): "
                    + "calls are refused. Add it to STUDIO_ALLOWED_HOSTS and start the server again.");
        }
    }

    private static string Texts(WorkspaceOverview workspace) =>
        workspace.Connections.Any(c => c.Kind == ConnectionKinds.Ai) ? "texts are read by a language model" : "texts are read by rules";

    private static string Messages(WorkspaceOverview workspace)
    {
        var rest = workspace.Captures ? "kept in the outbox" : "refused";
        return (Has(workspace, ConnectionKinds.Sms), Has(workspace, ConnectionKinds.Smtp)) switch
        {
            (true, true) => "live messages are sent",
            (true, false) => $"live SMS are sent, e-mail is {rest}",
            (false, true) => $"live e-mail is sent, SMS are {rest}",
            _ when workspace.Captures => "messages are kept in the outbox",
            _ => "live messages are refused, those of the test environment are kept in the outbox",
        };
    }

    private static bool Has(WorkspaceOverview workspace, string kind) =>
        workspace.Connections.Any(c => c.Kind == kind && c.Environment == StudioEnvironment.Live);

    private static string Hours(OpeningTimes hours) => !hours.EverOpen ? "never open"
        : hours.Week.Count == 0 ? "open on single days"
        : "open " + string.Join(", ", hours.Week.GroupBy(h => (h.From, h.To))
            .Select(g => $"{string.Join(' ', g.Select(h => h.Weekday.ToString()[..3]))} {Time(g.Key.From)} to {Time(g.Key.To)}"));

    private static string Time(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}");

    private static string Name(ConnectionRow row) =>
        $"{row.Kind}{(ConnectionKinds.IsNamed(row.Kind) ? $" {row.Name}" : "")} ({row.Environment.ToString().ToLowerInvariant()})";

    private static Uri? Endpoint(ConnectionRow row)
    {
        using var settings = JsonDocument.Parse(row.Settings);
        return settings.RootElement.TryGetProperty("endpoint", out var endpoint) && endpoint.ValueKind == JsonValueKind.String
            && Uri.TryCreate(endpoint.GetString(), UriKind.Absolute, out var uri) ? uri : null;
    }
}
