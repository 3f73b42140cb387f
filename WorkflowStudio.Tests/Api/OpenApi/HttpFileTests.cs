using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Api.OpenApi;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Operations;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.OpenApi;

/// <summary>
/// Whoever opens an <c>.http</c> file of docs/api can send each of its requests, one after the other, to a server with the demo.
/// </summary>
public sealed class HttpFileTests(DemoApp demo) : IClassFixture<DemoApp>
{
    public static TheoryData<string> Names => [.. ReferenceSetup.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Requests_AreAnsweredAsTheFileSays(string name)
    {
        var file = Read(name, await demo.KeyAsync());
        using var client = demo.App.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        using var patience = new CancellationTokenSource(EngineHarness.Patience);
        foreach (var request in file.Requests)
        {
            Reply reply;
            do
            {
                await Task.Yield();
                using var message = file.Make(request);
                using var response = await client.SendAsync(message);
                reply = await Reply.OfAsync(response);
            }
            while (request.IsSoon && reply.Status != request.Expects && !patience.IsCancellationRequested);
            Assert.True(reply.Status == request.Expects, $"{request.Title}: {reply.Status} {reply.Body}");
            file.Answered(request, reply.Body);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Requests_AreToEveryAddress(string name)
    {
        var reference = demo.App.Services.GetServices<IDialectReference>().Single(r => r.Dialect.Name == name);
        var asked = Read(name, "sk").Requests.Select(r => ReferenceExamples.Find(reference, new ReferenceExample(
            "", r.Method, r.Address.Replace("{{host}}", "", StringComparison.Ordinal), null, null, 200, null, null)));
        Assert.Empty(reference.Addresses.Except(asked.OfType<DescribedAddress>()).Select(a => $"{a.Method} {a.In(reference.Dialect)}"));
    }

    private static HttpFile Read(string name, string key) =>
        new(SharedFiles.ReadOfCheckout($"docs/api/{name}.http"), "http://localhost", key);
}

/// <summary>An app with the demo.</summary>
public sealed class DemoApp : IDisposable
{
    internal StudioApp App { get; } = new() { Settings = { ["no-demo"] = "false" } };

    /// <summary>A key of the demo's sandbox.</summary>
    internal async Task<string> KeyAsync()
    {
        using var client = App.CreateClient();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready")).StatusCode);
        var workspace = await App.Get<WorkspaceStore>().FindAsync("demo", default)
            ?? throw new InvalidOperationException("There is no demo.");
        var owner = new Caller { Tenant = new Tenant(workspace.Id, StudioEnvironment.Test), Name = "Owner", Role = WorkspaceRole.Owner };
        return await App.KeyAsync(owner, StudioEnvironment.Test);
    }

    public void Dispose() => App.Dispose();
}
