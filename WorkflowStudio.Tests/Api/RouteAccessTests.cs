using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;
using WorkflowStudio.Tests.Operations.Access;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api;

/// <summary>The proof of access.md for the addresses of the API: every route × scope × environment × workspace × visibility.</summary>
[Collection(StudioAppTests.Name)]
public sealed class RouteAccessTests(StudioApp app)
{
    private static readonly Guid Unknown = Guid.Parse("0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001");

    private IEnumerable<RouteEndpoint> Endpoints => app.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints)
        .OfType<RouteEndpoint>().Where(e => e.RoutePattern.RawText is { } path
            && (path.StartsWith("/api", StringComparison.Ordinal) || path.StartsWith("/workflows", StringComparison.Ordinal)));

    private IEnumerable<(string Method, string Path, Permission Needs)> Keyed =>
        from endpoint in Endpoints
        let needs = endpoint.Metadata.GetMetadata<KeyedAddress>()?.Needs
        where needs is not null
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Where(m => m != "HEAD")
        select (method, endpoint.RoutePattern.RawText!, needs.Value);

    [Fact]
    public void EveryRoute_SaysWhatItNeeds()
    {
        Assert.NotEmpty(Endpoints);
        // the outside world posts to webhooks without a key; what has no methods refuses what is left
        var keyless = Endpoints.Where(e => e.Metadata.GetMetadata<KeyedAddress>() is null
            && e.Metadata.GetMetadata<IHttpMethodMetadata>() is not null).Select(e => e.RoutePattern.RawText!);
        Assert.All(keyless, path => Assert.True(
            path == "/api/health" || path.EndsWith("/webhooks/{id}", StringComparison.Ordinal), path));
        Assert.All(Keyed, r => Assert.NotNull(Scopes.Of(r.Needs)));
    }

    [Fact]
    public async Task EveryRoute_OfEveryScope_IsOpenToItsOwnAlone()
    {
        var owner = (await app.PracticeAsync()).Owner;
        foreach (var scope in Scopes.All)
        {
            var one = new TestPractice(app, owner, await app.KeyAsync(owner, StudioEnvironment.Test, scope));
            foreach (var (method, path, needs) in Keyed)
            {
                var reply = await AskAsync(one, method, path, Unknown);
                var may = Scopes.Allow([scope]).Has(needs);
                Assert.True(may ? reply.Status is not (401 or 403) : reply.Status == 403, $"{method} {path} with {scope}: {reply.Status}");
                if (!may) Assert.Contains(Scopes.Of(needs)!, reply.Body, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task EveryRoute_OfWhatIsNotSeen_AnswersAsIfItWereNotThere()
    {
        var world = await AccessWorld.MakeAsync(app);
        var stranger = await app.PracticeAsync();
        var here = new TestPractice(app, world.Admin, await app.KeyAsync(world.Admin, StudioEnvironment.Test));
        var live = new TestPractice(app, world.Admin, await app.KeyAsync(world.Admin, StudioEnvironment.Live));
        var asked = 0;
        foreach (var (method, path, _) in Keyed.Where(r => r.Path.Contains('{', StringComparison.Ordinal)))
        {
            foreach (var (who, targets) in new[] { (stranger, world.Targets), (live, world.Targets), (here, HiddenFromKeys(world)) })
            {
                var unknown = await AskAsync(who, method, path, Unknown);
                foreach (var id in targets.SelectMany(t => new[] { t.Id, t.Run }))
                {
                    var reply = await AskAsync(who, method, path, id);
                    Assert.Equal((unknown.Status, Plain(unknown.Body, Unknown)), (reply.Status, Plain(reply.Body, id)));
                    asked++;
                }
            }
        }

        Assert.True(asked > 100, $"Only {asked} were asked.");
    }

    private static IReadOnlyList<Target> HiddenFromKeys(AccessWorld world) =>
        [.. world.Targets.Where(t => t.Visibility != WorkflowVisibility.Tenant)];

    private static Task<Reply> AskAsync(TestPractice who, string method, string path, Guid id)
    {
        var address = System.Text.RegularExpressions.Regex.Replace(path, @"\{[^}]*\}", id.ToString());
        var content = method is "GET" or "DELETE" ? null : new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        return who.SendAsync(new HttpMethod(method), address, content, null);
    }

    private static string Plain(string body, Guid id) =>
        body.Replace(id.ToString(), "ID", StringComparison.Ordinal).Replace(id.ToString("N"), "ID", StringComparison.Ordinal);
}
