using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.Testing;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Webhooks;

/// <summary>Makes workflows with a webhook, and posts to them as others do.</summary>
internal static class HookApp
{
    /// <summary>A workflow whose trigger has these settings; its id.</summary>
    public static async Task<string> HookAsync(this TestPractice practice, string config = "{}", Action<JsonObject>? change = null)
    {
        var made = await practice.PostAsync("/api/v1/workflows", GraphBodies.Small(b =>
        {
            b["trigger"]!["config"] = JsonNode.Parse(config);
            change?.Invoke(b);
        }));
        Assert.True(made.Status == 201, made.Body);
        return made.Text("id");
    }

    /// <summary>Posts JSON, or text of another kind, with headers each written as <c>Name: value</c>.</summary>
    public static Task<Reply> DeliverAsync(this StudioApp app, string id, string body, params string[] headers) =>
        app.DeliverAsync(id, Encoding.UTF8.GetBytes(body), "application/json", headers);

    public static async Task<Reply> DeliverAsync(
        this StudioApp app, string id, byte[] body, string type, IEnumerable<string> headers, string query = "")
    {
        using var client = app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/webhooks/{id}{query}");
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        foreach (var header in headers)
        {
            var at = header.IndexOf(':', StringComparison.Ordinal);
            Assert.True(request.Headers.TryAddWithoutValidation(header[..at], header[(at + 1)..].TrimStart()), header);
        }

        return await Reply.OfAsync(await client.SendAsync(request));
    }

    public static bool IsReplayed(this Reply reply) => reply.Headers.Contains("Idempotency-Replayed");

    /// <summary>How many runs a workspace has.</summary>
    public static async Task<int> RunsAsync(this TestPractice practice) =>
        (await practice.GetAsync("/api/v1/executions")).Json.GetProperty("pagination").GetProperty("total").GetInt32();
}
