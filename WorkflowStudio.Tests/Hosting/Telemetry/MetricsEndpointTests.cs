using System.Net.Http.Headers;
using Microsoft.AspNetCore.Mvc.Testing;
using WorkflowStudio.Tests.Diagnostics.Telemetry;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Hosting.Telemetry;

/// <summary>
/// Tests of an exporter: alone, after all others. An exporter hears of the instruments of every server in the process; beside many of them
/// it was seen to tell nothing of its own for two minutes.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ExporterTests
{
    public const string Name = "exporter";
}

[Collection(ExporterTests.Name)]
public sealed class MetricsEndpointTests
{
    private const string Token = "0123456789abcdef0123456789abcdef";

    [Fact]
    public async Task On_TellsThisMachineWhatWasMeasured()
    {
        await using var app = new StudioApp { Settings = { ["STUDIO_METRICS"] = "on" } };
        var practice = await app.PracticeAsync();
        var webhook = new Uri((await practice.PostAsync("/api/v1/workflows", GraphBodies.Small())).Text("webhook_target_url")).AbsolutePath;
        Assert.Equal(202, (await practice.PostAsync(webhook, "{}")).Status);
        Assert.Equal(404, (await practice.PostAsync("/api/v1/webhooks/" + Guid.Empty, "{}")).Status);
        string[] awaited = ["workflowstudio_runs_ended", "workflowstudio_run_cause=\"webhook\"",
            "workflowstudio_webhook_outcome=\"unknown\"", "workflowstudio_step_type=\"set\""];
        string text;
        using var patience = new CancellationTokenSource(EngineHarness.Patience);
        do text = (await practice.GetAsync("/metrics")).Body;
        while (!Array.TrueForAll(awaited, text.Contains) && !patience.IsCancellationRequested);

        AtLeast(1, text, "workflowstudio_runs_started_total", "workflowstudio_run_cause=\"webhook\"");
        AtLeast(1, text, "workflowstudio_runs_ended_total", "workflowstudio_run_status=\"done\"");
        AtLeast(1, text, "workflowstudio_run_duration_seconds_count", "workflowstudio_run_status=\"done\"");
        AtLeast(1, text, "workflowstudio_step_duration_seconds_count", "workflowstudio_step_type=\"set\"");
        AtLeast(1, text, "workflowstudio_webhook_posts_total", "workflowstudio_webhook_outcome=\"started\"");
        AtLeast(1, text, "workflowstudio_webhook_posts_total", "workflowstudio_webhook_outcome=\"unknown\"");
        AtLeast(64, text, "workflowstudio_shards_owned", "");
        Assert.Equal(0, Value(text, "workflowstudio_circuits_connected", ""));
        Assert.Contains("workflowstudio_commit_size_bucket", text, StringComparison.Ordinal);
        Assert.Contains("http_server_request_duration_seconds_bucket", text, StringComparison.Ordinal);
        Assert.Contains("dotnet_gc_collections_total", text, StringComparison.Ordinal);
        Assert.DoesNotContain(webhook.Split('/')[^1], text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(practice.Owner.Tenant.WorkspaceId.ToString(), text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(null, "http://studio.example.org", null, null, 404)]
    [InlineData(null, "http://localhost", "203.0.113.7", null, 404)] // a proxy on this machine asks for somebody else
    [InlineData(Token, "http://localhost", null, null, 200)]
    [InlineData(Token, "http://localhost", "203.0.113.7", null, 401)]
    [InlineData(Token, "http://localhost", "203.0.113.7", Token, 200)]
    [InlineData(Token, "http://studio.example.org", null, null, 401)]
    [InlineData(Token, "http://studio.example.org", null, "0123456789abcdef0123456789abcdeF", 401)]
    [InlineData(Token, "http://studio.example.org", null, "0123456789abcdef", 401)]
    [InlineData(Token, "http://studio.example.org", null, Token, 200)]
    [InlineData(Token, "http://10.0.0.7:5080", null, Token, 200)] // Prometheus knows the server by another name
    public async Task On_AnswersOthersOnlyWithTheToken(string? token, string host, string? proxyFor, string? sent, int status)
    {
        await using var app = new StudioApp
        { Settings = { ["STUDIO_METRICS"] = "on", ["STUDIO_PUBLIC_URL"] = "https://studio.example.org" } };
        if (token is not null) app.Settings["STUDIO_METRICS_TOKEN"] = token;
        using var client = app.CreateClient(
            new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = new Uri(host) });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        if (proxyFor is not null) request.Headers.Add("X-Forwarded-For", proxyFor);
        if (sent is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", sent);
        var reply = await Reply.OfAsync(await client.SendAsync(request));
        Assert.Equal(status, reply.Status);
        if (status != 200) Assert.Empty(reply.Body);
        if (status == 401) Assert.Equal("Bearer", reply.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Theory]
    [InlineData("HEAD", 200)]
    [InlineData("POST", 405)]
    public async Task On_IsRead(string method, int status)
    {
        await using var app = new StudioApp { Settings = { ["STUDIO_METRICS"] = "on" } };
        using var request = new HttpRequestMessage(new HttpMethod(method), "/metrics");
        var reply = await Reply.OfAsync(await SignedIn.Browser(app).SendAsync(request));
        Assert.Equal((status, ""), (reply.Status, reply.Body));
    }

    // what is measured is heard by the name of the meter: the runs of other tests of this process, too
    private static void AtLeast(double least, string text, string name, string label) =>
        Assert.InRange(Value(text, name, label), least, double.MaxValue);

    private static double Value(string text, string name, string label)
    {
        var line = Assert.Single(text.Split('\n'), l => l.StartsWith(name, StringComparison.Ordinal) && (l[name.Length] is ' ' or '{')
            && l.Contains(label, StringComparison.Ordinal));
        return double.Parse(line[(line.IndexOf('}', StringComparison.Ordinal) + 1)..].Trim().Split(' ')[0],
            System.Globalization.CultureInfo.InvariantCulture);
    }
}
