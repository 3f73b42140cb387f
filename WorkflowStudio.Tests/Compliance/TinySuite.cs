using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Api;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Compliance;

/// <summary>A second dialect in the suite: what it has to say.</summary>
public sealed class TinySuite(TinySuite.Studio studio) : DialectSuite(studio.App), IClassFixture<TinySuite.Studio>
{
    private protected override string Prefix => "/api/tiny";

    private protected override IReadOnlyList<DialectAddress> Addresses { get; } =
    [
        new("POST", "", "service.workflows.workflows.manage"),
        new("GET", "", "service.workflows.workflows.view"),
        new("POST", "/{id}/go", "service.workflows.workflows.run"),
    ];

    private protected override string IdForm => "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";

    private protected override string ProblemType => "application/problem+json";

    private protected override int Validation => 400;

    private protected override int KeyConflict => 409;

    private protected override string Body(string name) => $$"""{"name":"{{name}}"}""";

    private protected override string IdOf(Reply made) => made.Text("id");

    private protected override ToldProblem Read(Reply refusal)
    {
        Assert.Equal(refusal.Status, refusal.Json.GetProperty("status").GetInt32());
        return new ToldProblem(refusal.Text("title"), refusal.Text("detail"),
            [.. refusal.Json.GetProperty("errors").EnumerateObject().Select(e => (e.Name, e.Value.GetString()!))]);
    }

    private protected override void Change(IServiceCollection services) => services.AddSingleton<IDialectEndpoints, TinyWorkflows>();

    /// <summary>An app in which it is spoken.</summary>
    public sealed class Studio : IDisposable
    {
        public StudioApp App { get; } = new() { Change = services => services.AddSingleton<IDialectEndpoints, TinyWorkflows>() };

        public void Dispose() => App.Dispose();
    }
}
