using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Api;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Workflows;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Compliance;

/// <summary>One address of a dialect.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Path">Behind the prefix; <c>{id}</c> stands for a workflow, <c>{run}</c> for a run of it.</param>
/// <param name="Scope">What a key needs there.</param>
/// <param name="Body">A body that it takes.</param>
internal sealed record DialectAddress(string Method, string Path, string Scope, string Body = "{}")
{
    /// <summary>Whether it speaks of one thing, which somebody else's key must not find.</summary>
    public bool IsOfOne => Path.Contains('{', StringComparison.Ordinal);

    /// <summary>Whether the outside world posts to the same address to start a workflow.</summary>
    public bool IsBesideTheDoor { get; init; }

    /// <summary>Whether files are put in there, which may be larger than other bodies.</summary>
    public bool TakesFiles { get; init; }

    /// <summary>Where it lies when it is not behind the dialect's own prefix.</summary>
    public string? Below { get; init; }
}

/// <summary>What a refusal says, read out of a dialect's own shape.</summary>
internal sealed record ToldProblem(string? Code, string Message, params (string Path, string Message)[] Places);

/// <summary>
/// What every dialect of the API has to hold, asked of the whole app. A dialect says what is its own: where it is, a body that it takes,
/// how its ids and its refusals look.
/// </summary>
public abstract partial class DialectSuite(StudioApp app)
{
    private protected StudioApp App { get; } = app;

    /// <summary>The path below which it is.</summary>
    private protected abstract string Prefix { get; }

    /// <summary>
    /// Every address that asks for a key. The first is the one where workflows are made, the second where they are listed.
    /// </summary>
    private protected abstract IReadOnlyList<DialectAddress> Addresses { get; }

    /// <summary>How an id of a workflow looks, as an expression.</summary>
    private protected abstract string IdForm { get; }

    /// <summary>The Content-Type of every refusal.</summary>
    private protected virtual string ProblemType => "application/json; charset=utf-8";

    /// <summary>The status of a request that is wrong in what it says.</summary>
    private protected virtual int Validation => 422;

    /// <summary>The status of an Idempotency-Key that was used with another body.</summary>
    private protected virtual int KeyConflict => 422;

    /// <summary>Whether it answers what a page of a browser sends with a key.</summary>
    private protected virtual bool TakesPages => true;

    /// <summary>The first address: where a workflow is made.</summary>
    private protected string Making => Prefix + Addresses[0].Path;

    /// <summary>A body that makes a workflow.</summary>
    private protected abstract string Body(string name);

    /// <summary>The id in the answer to a workflow that was made.</summary>
    private protected abstract string IdOf(Reply made);

    /// <summary>Reads a refusal, and fails where it has not the dialect's shape.</summary>
    private protected abstract ToldProblem Read(Reply refusal);

    /// <summary>The item of the first workflow in a list, where the dialect promises to give back what it does not know.</summary>
    private protected virtual System.Text.Json.JsonElement? Listed(Reply list) => null;

    /// <summary>A header that every client of the dialect sends; null for none.</summary>
    private protected virtual string? Header => null;

    /// <summary>Whether an address belongs to the dialect.</summary>
    private protected virtual bool IsOwn(IDialect dialect) => dialect.Prefix == Prefix;

    /// <summary>How deep a body may be nested.</summary>
    private protected virtual int Levels => 60;

    /// <summary>Lets a workflow that was made start, where the dialect makes them as drafts.</summary>
    private protected virtual Task TurnOnAsync(TestPractice practice, string id) => Task.CompletedTask;

    /// <summary>Changes an app of the suite's own as the one it is given was changed.</summary>
    private protected virtual void Change(IServiceCollection services)
    {
    }

    [Fact]
    public void Addresses_AreAllNamed()
    {
        var mapped = App.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<KeyedAddress>() is { } keyed && IsOwn(keyed.Dialect))
            .Select(e => (Path: e.RoutePattern.RawText!, Methods: e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []))
            .SelectMany(e => e.Methods.Select(m => $"{m} {Named(e.Path)}")).Where(m => !m.StartsWith("HEAD", StringComparison.Ordinal));
        var named = Addresses.Select(a => $"{a.Method} {a.Below ?? Prefix}{Named(a.Path)}");
        Assert.Equal(named.Order(StringComparer.Ordinal), mapped.Order(StringComparer.Ordinal));

        static string Named(string path) => Parameter().Replace(path, "{id}");
    }

    /// <summary>Fails where a refusal is not as it has to be, and says what it says.</summary>
    private protected ToldProblem Refused(Reply reply, int status, string? code = null)
    {
        Assert.True(reply.Status == status, $"{status} was expected, {reply.Status} came: {reply.Body}");
        Assert.Equal(ProblemType, reply.ContentHeaders.ContentType?.ToString());
        Assert.DoesNotMatch(Inside(), reply.Body);
        var problem = Read(reply);
        Assert.Matches(@"^\p{Lu}.*[.?]$", problem.Message);
        Assert.All(problem.Places, p => Assert.Matches("[.?]$", p.Message));
        if (code is not null && problem.Code is not null) Assert.Equal(code, problem.Code);
        return problem;
    }

    /// <summary>A client of the dialect without a key.</summary>
    private protected HttpClient Client() => Speaking(App.CreateClient());

    /// <summary>A practice whose client speaks the dialect.</summary>
    private protected async Task<TestPractice> PracticeAsync(params string[] scopes) => Speaking(await App.PracticeAsync(scopes));

    private protected TestPractice Practice(Caller owner, string key) => Speaking(new TestPractice(App, owner, key));

    private protected TestPractice Speaking(TestPractice practice)
    {
        Speaking(practice.Client);
        return practice;
    }

    private HttpClient Speaking(HttpClient client)
    {
        if (Header is { } header) client.DefaultRequestHeaders.Add(header, "practice_1");
        return client;
    }

    /// <summary>A request with a practice's key.</summary>
    private protected static Task<Reply> AskAsync(
        TestPractice practice, DialectAddress address, string path, string? idempotencyKey = null) =>
        practice.SendAsync(new HttpMethod(address.Method), path,
            address.Method is "POST" or "PUT" or "PATCH" ? Json(address.Body) : null, idempotencyKey);

    private protected static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    /// <summary>Makes a workflow.</summary>
    private protected async Task<string> MakeAsync(TestPractice practice, string name = "One")
    {
        var made = await practice.PostAsync(Making, Body(name));
        Assert.True(made.Status == 201, made.Body);
        return IdOf(made);
    }

    /// <summary>
    /// The path of an address, with ids that mean something to whoever owns them. Every dialect takes every form of an id.
    /// </summary>
    private protected async Task<Func<DialectAddress, string>> PathsAsync(TestPractice practice)
    {
        var id = await MakeAsync(practice);
        await TurnOnAsync(practice, id);
        Assert.True(ShownId.TryRead(id, out var workflow));
        var run = await App.Get<StartRun>()
            .RunAsync(practice.Owner, workflow, System.Text.Json.JsonElement.Parse("{}"), "api", null, default);
        Assert.True(run.Ok, run.Problem?.Message);
        return address => PathOf(address, id, run.Value.RunId.ToString());
    }

    private protected string PathOf(DialectAddress address, string id, string run) =>
        (address.Below ?? Prefix)
        + address.Path.Replace("{id}", id, StringComparison.Ordinal).Replace("{run}", run, StringComparison.Ordinal);

    /// <summary>The path with ids of nothing.</summary>
    private protected string UnknownPath(DialectAddress address) =>
        PathOf(address, "0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001", "0190aaaa-bbbb-7ccc-8ddd-eeeeffff0002");

    /// <summary>How many workflows a practice has.</summary>
    private protected async Task<int> CountAsync(TestPractice practice) =>
        (await App.Get<ListWorkflows>().RunAsync(practice.Owner, new WorkflowFilter())).Value!.Total;

    private protected virtual IDialect Dialect => App.Get<KnownDialects>().At(Prefix);

    [GeneratedRegex(
        @"Exception|StackTrace|\bat \w+(\.\w+)+\(|WorkflowStudio\.|System\.|Microsoft\.|Npgsql|SQLite|\.cs\b|JsonElement",
        RegexOptions.IgnoreCase)]
    private static partial Regex Inside();

    [GeneratedRegex("\\{[^}]*\\}")]
    private static partial Regex Parameter();
}
