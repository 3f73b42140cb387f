using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using WorkflowStudio.Engine.Diagnostics.Telemetry;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Hosting.Telemetry;
using WorkflowStudio.Tests.Diagnostics.Telemetry;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Hosting.Telemetry;

[Collection(ListeningTests.Name)]
public sealed class TraceTests
{
    [Fact]
    public async Task Webhook_ThatIsTraced_IsOneTraceUntilTheOutgoingCall()
    {
        using var other = new LocalServer(_ => LocalServer.Ok("{}"));
        await using var app = new StudioApp { Settings = { ["STUDIO_ALLOWED_HOSTS"] = "localhost" } };
        var (practice, webhook) = await CallingAsync(app, other);
        using var traced = new Traced(app.Get<RunTracing>());
        await PostAsync(practice, webhook, traced.Parent);
        using var patience = new CancellationTokenSource(EngineHarness.Patience);
        while (!traced.Named("run turn").Any() && !patience.IsCancellationRequested) await Task.Yield();

        var sent = other.LastRequest.Split("\r\n")
            .Single(l => l.StartsWith("traceparent: ", StringComparison.OrdinalIgnoreCase))["traceparent: ".Length..];
        var way = new List<string>();
        for (var span = traced.Spans.SingleOrDefault(s => s.Id == sent); span is not null; span =
            traced.Spans.SingleOrDefault(s => s.SpanId == span.ParentSpanId)) way.Add(span.OperationName);
        Assert.Equal(["System.Net.Http.HttpRequestOut", "step http_request", "run turn", "run start",
            "Microsoft.AspNetCore.Hosting.HttpRequestIn"], way);
        Assert.DoesNotContain("baggage", other.LastRequest, StringComparison.OrdinalIgnoreCase);
        Assert.All(traced.Spans.Where(s => s.Source.Name == TelemetryNames.Studio),
            s => Assert.All(s.TagObjects, t => Assert.DoesNotContain("Maria", t.Value!.ToString(), StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Webhook_ThatIsNotTraced_SendsNoTraceOut()
    {
        using var other = new LocalServer(_ => LocalServer.Ok("{}"));
        await using var app = new StudioApp { Settings = { ["STUDIO_ALLOWED_HOSTS"] = "localhost" } };
        var (practice, webhook) = await CallingAsync(app, other);
        await PostAsync(practice, webhook, $"00-{ActivityTraceId.CreateRandom()}-00f067aa0ba902b7-01");
        using var patience = new CancellationTokenSource(EngineHarness.Patience);
        while (other.Requests == 0 && !patience.IsCancellationRequested) await Task.Yield();
        Assert.Contains("POST /hook", other.LastRequest, StringComparison.Ordinal);
        Assert.DoesNotContain("traceparent", other.LastRequest, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Otlp_GetsTheTrace_WithoutTheAddressesThatAreSecret()
    {
        using var other = new LocalServer(_ => LocalServer.Ok("{}"));
        var collected = new ConcurrentQueue<string>();
        using var collector = new LocalServer(request =>
        {
            if (request.StartsWith("POST /v1/traces", StringComparison.Ordinal)) collected.Enqueue(request);
            return LocalServer.Ok("{}");
        });
        string webhook;
        await using (var app = new StudioApp
        {
            Settings =
            {
                ["STUDIO_ALLOWED_HOSTS"] = "localhost",
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            },
        })
        {
            (var practice, webhook) = await CallingAsync(app, other);
            var run = await PostAsync(practice, webhook, $"00-{ActivityTraceId.CreateRandom()}-00f067aa0ba902b7-01");
            using var patience = new CancellationTokenSource(EngineHarness.Patience);
            while ((await practice.GetAsync($"/api/v1/executions/{run}/status")).Text("status") != "completed"
                && !patience.IsCancellationRequested) await Task.Yield();
        }

        // its bytes are protobuf, but names and values stand in them as text; the last are sent while the app ends
        string[] sent = ["workflowstudio", "run start", "run turn", "step http_request", "POST /api/v1/webhooks/{id}",
            "url.full", other.Url];
        using var until = new CancellationTokenSource(EngineHarness.Patience);
        while (!sent.All(word => collected.Any(c => c.Contains(word, StringComparison.Ordinal))) && !until.IsCancellationRequested)
            await Task.Yield();
        var text = string.Concat(collected);
        Assert.All(sent, word => Assert.Contains(word, text, StringComparison.Ordinal));
        Assert.All(
            [webhook.Split('/')[^1], "/hook", "s3cret", "Maria"], word => Assert.DoesNotContain(word, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Addresses_OfSpans_KeepNeitherPathNorQuery()
    {
        using var span = new Activity("call").Start();
        span.SetTag("url.path", "/i/secret").SetTag("url.query", "?key=1")
            .SetTag("url.full", "https://user:pass@hooks.example.org:8443/T0/B0/secret?key=1").SetTag("http.route", "/i/{token}");
        using var processor = new SpanAddresses();
        processor.OnEnd(span);
        Assert.Equal(
            ["url.full=https://hooks.example.org:8443", "http.route=/i/{token}"], span.TagObjects.Select(t => $"{t.Key}={t.Value}"));
    }

    private static async Task<(TestPractice Practice, string Webhook)> CallingAsync(StudioApp app, LocalServer other)
    {
        var owner = (await app.PracticeAsync()).Owner;
        owner = owner with { Tenant = owner.Tenant with { Environment = StudioEnvironment.Live } };
        var practice = new TestPractice(app, owner, await app.KeyAsync(owner, StudioEnvironment.Live));
        var made = await practice.PostAsync("/api/v1/workflows", $$$"""
            {"name":"Calls","trigger":{"type":"webhook"},"nodes":[{"id":"a","type":"http_request","config":{"url":"{{{other.Url}}}/hook?key=s3cret","method":"POST"}}],
             "link_connections":[{"from":"trigger","to":"a"}]}
            """);
        Assert.Equal(201, made.Status);
        return (practice, new Uri(made.Text("webhook_target_url")).AbsolutePath);
    }

    private static async Task<string> PostAsync(TestPractice practice, string webhook, string traceParent)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook)
        { Content = new StringContent("""{"name":"Maria"}""", Encoding.UTF8, "application/json") };
        request.Headers.Add("traceparent", traceParent);
        request.Headers.Add("baggage", "who=Maria");
        var reply = await Reply.OfAsync(await practice.Client.SendAsync(request));
        Assert.Equal(202, reply.Status);
        return reply.Text("execution_id");
    }
}
