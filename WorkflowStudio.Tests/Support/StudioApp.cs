using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Keys;

namespace WorkflowStudio.Tests.Support;

/// <summary>
/// The whole app over a data folder of its own, without the demo. Every test that changes something makes its own workspace.
/// </summary>
public sealed class StudioApp : WebApplicationFactory<Program>
{
    private int workspaces;

    internal string DataFolder { get; } = Directory.CreateTempSubdirectory("studio-test-").FullName;

    /// <summary>Settings of this app alone, by the names of their variables.</summary>
    internal Dictionary<string, string> Settings { get; init; } = [];

    /// <summary>What this app has in the place of other services.</summary>
    internal Action<IServiceCollection> Change { get; init; } = _ => { };

    internal T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <summary>A workspace with a key for its test environment.</summary>
    internal async Task<TestPractice> PracticeAsync(params string[] scopes)
    {
        var slug = $"practice-{Interlocked.Increment(ref workspaces)}";
        var row = new WorkspaceRow
        { Id = Get<IdFactory>().New(), Slug = slug, Name = slug, TimeZone = "America/Chicago", CaptureUntilConnected = true };
        await Get<IStudioWriter>().WriteAsync(write => { PracticeSetup.Add(write, row, Get<IdFactory>()); return 0; });
        var owner = new Caller { Tenant = new Tenant(row.Id, StudioEnvironment.Test), Name = "Owner", Role = WorkspaceRole.Owner };
        return new TestPractice(this, owner, await KeyAsync(owner, StudioEnvironment.Test, scopes));
    }

    internal async Task<string> KeyAsync(Caller owner, StudioEnvironment environment, params string[] scopes)
    {
        var made = await Get<CreateKey>().RunAsync(owner, environment, "Test", scopes.Length == 0 ? [.. Scopes.All] : scopes);
        Assert.True(made.Ok, made.Problem?.Message);
        return made.Value.Key;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development").UseSetting("data", DataFolder).UseSetting("no-demo", "true")
            .UseSetting("STUDIO_LIMIT_SIGN_INS", "1000").UseSetting("STUDIO_LIMIT_FORM_SENDER", "1000");
        foreach (var (name, value) in Settings) builder.UseSetting(name, value);
        builder.ConfigureTestServices(Change);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && Directory.Exists(DataFolder)) Directory.Delete(DataFolder, recursive: true);
    }
}

/// <summary>A workspace of a test, its owner and a client with a key.</summary>
internal sealed class TestPractice(StudioApp app, Caller owner, string key)
{
    public Caller Owner { get; } = owner;

    public string Key { get; } = key;

    public HttpClient Client { get; } = WithKey(
        app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }), key);

    /// <summary>POST of JSON text.</summary>
    public Task<Reply> PostAsync(string path, string json, string? idempotencyKey = null) =>
        SendAsync(HttpMethod.Post, path, new StringContent(json, Encoding.UTF8, "application/json"), idempotencyKey);

    public Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null, null);

    public Task<Reply> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null, null);

    public async Task<Reply> SendAsync(HttpMethod method, string path, HttpContent? content, string? idempotencyKey)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (idempotencyKey is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        return await Reply.OfAsync(await Client.SendAsync(request));
    }

    private static HttpClient WithKey(HttpClient client, string key)
    {
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }
}

/// <summary>An answer, read whole.</summary>
internal sealed record Reply(int Status, string Body, HttpResponseHeaders Headers, string? ContentType)
{
    public System.Text.Json.JsonElement Json => System.Text.Json.JsonElement.Parse(Body);

    /// <summary>The headers of the body, <c>Allow</c> among them.</summary>
    public required HttpContentHeaders ContentHeaders { get; init; }

    public string Text(string property) => Json.GetProperty(property).GetString()!;

    public static async Task<Reply> OfAsync(HttpResponseMessage response) =>
        new((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers,
            response.Content.Headers.ContentType?.MediaType)
        {
            ContentHeaders = response.Content.Headers,
        };
}

/// <summary>One app for all tests that need it.</summary>
[CollectionDefinition(Name)]
public sealed class StudioAppTests : ICollectionFixture<StudioApp>
{
    public const string Name = "app";
}
