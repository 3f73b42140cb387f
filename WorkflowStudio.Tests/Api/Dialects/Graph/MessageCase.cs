using System.Text;
using Microsoft.AspNetCore.Http;
using WorkflowStudio.Api;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Graph;

/// <summary>A message of the graph dialect that is recorded.</summary>
/// <param name="Name">Its name, and that of its file.</param>
/// <param name="PlayAsync">Brings about what it needs, and records it.</param>
internal sealed record MessageCase(string Name, Func<MessagePlay, Task<string>> PlayAsync)
{
    /// <summary>Every one.</summary>
    public static IReadOnlyList<MessageCase> All { get; } = [.. WorkflowMessages.All, .. RunMessages.All, .. ProblemMessages.All];
}

/// <summary>What a case does: in a practice of its own.</summary>
internal sealed class MessagePlay(StudioApp app, TestPractice practice)
{
    /// <summary>A run that waits two hours.</summary>
    public const string Waiting = """
        {"name":"Waits","trigger":{"type":"manual"},"nodes":[{"id":"a","type":"wait","config":{"for":"2 hours"}}],
        "link_connections":[{"from":"trigger","to":"a"}]}
        """;

    /// <summary>A run that fails.</summary>
    public const string Failing = """
        {"name":"Fails","trigger":{"type":"manual"},
        "nodes":[{"id":"no","type":"stop","config":{"code":"no_insurance","message":"The client has no insurance that we take."}}],
        "link_connections":[{"from":"trigger","to":"no"}]}
        """;

    public StudioApp App { get; } = app;

    public TestPractice Practice { get; } = practice;

    /// <summary>Makes a workflow; answers its id.</summary>
    public async Task<string> MakeAsync(string body)
    {
        var made = await Practice.PostAsync("/api/v1/workflows", body);
        Assert.True(made.Status == 201, made.Body);
        return made.Text("id");
    }

    /// <summary>Starts a run of a workflow; answers its id once it stands so.</summary>
    public async Task<string> RunAsync(string workflow, string until, string payload = "{}")
    {
        var run = (await Practice.PostAsync($"/api/v1/workflows/{workflow}/trigger", payload)).Text("execution_id");
        await UntilAsync(run, until);
        return run;
    }

    /// <summary>A run of a new workflow.</summary>
    public async Task<string> RunOfAsync(string body, string until, string payload = "{}") =>
        await RunAsync(await MakeAsync(body), until, payload);

    public async Task UntilAsync(string run, string word)
    {
        using var patience = new CancellationTokenSource(EngineHarness.Patience);
        Reply reply;
        do
        {
            await Task.Yield();
            reply = await Practice.GetAsync($"/api/v1/executions/{run}/status");
        }
        while (reply.Text("status") != word && !patience.IsCancellationRequested);
        Assert.Equal(word, reply.Text("status"));
    }

    public Task<string> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, null, headers);

    public Task<string> PostAsync(string path, string? body = "{}", params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"), headers);

    /// <summary>Asks something of a run.</summary>
    public Task<string> AskAsync(string run, string what, string body = "{}") => PostAsync($"/api/v1/executions/{run}/{what}", body);

    /// <summary>Sends and records.</summary>
    public Task<string> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers) =>
        SendAsync(Practice.Client, method, path, content, headers);

    /// <summary>The same without a key.</summary>
    public async Task<string> OpenlyAsync(
        HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var client = App.GraphClient();
        return await SendAsync(client, method, path, content, headers);
    }

    /// <summary>Records an answer that no test can bring about over the wire.</summary>
    public static async Task<string> AnsweredAsync(ApiAnswer answer)
    {
        var http = new DefaultHttpContext();
        using var body = new MemoryStream();
        http.Response.Body = body;
        await answer.WriteAsync(http.Response, default);
        using var response = new HttpResponseMessage((System.Net.HttpStatusCode)http.Response.StatusCode);
        response.Content = new ByteArrayContent(body.ToArray());
        foreach (var (name, value) in http.Response.Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value.ToString()))
                response.Content.Headers.TryAddWithoutValidation(name, value.ToString());
        }

        return await Recording.OfAsync(response);
    }

    private static async Task<string> SendAsync(
        HttpClient client, HttpMethod method, string path, HttpContent? content, (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await Recording.OfAsync(client, request);
    }
}
