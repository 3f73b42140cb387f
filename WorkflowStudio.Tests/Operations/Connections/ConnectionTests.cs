using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Operations.Connections;
using WorkflowStudio.Operations.Workflows;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Operations.Connections;

/// <summary>Connections are set, kept, tried and removed; their secrets go where they were entered for, and nowhere else.</summary>
[Collection(StudioAppTests.Name)]
public sealed class ConnectionTests(StudioApp app)
{
    [Fact]
    public async Task Secret_StaysWithoutBeingEnteredAgain_ButOnlyForItsHost()
    {
        var owner = await OwnerAsync();
        Assert.True((await Set(owner, Http("https://crm.example.com/v1"), "Bearer abc")).Ok);
        Assert.True((await Set(owner, Http("https://crm.example.com/v2"), null, SecretChange.Keep)).Ok);
        Assert.Equal("Bearer abc", (await StoredAsync(owner))!.Secret);

        foreach (var elsewhere in new[] { "https://evil.example.com/v1", "http://crm.example.com/v1", "https://crm.example.com:8443/v1" })
        {
            var refused = await Set(owner, Http(elsewhere), null, SecretChange.Keep);
            Assert.Equal(["secret"], Assert.IsType<OperationProblem.Invalid>(refused.Problem).Problems.Select(p => p.Path));
            var tried = await app.Get<TryConnection>().RunAsync(owner, Wish(Http(elsewhere), null), SecretChange.Keep);
            Assert.Equal(["secret"], Assert.IsType<OperationProblem.Invalid>(tried.Problem).Problems.Select(p => p.Path));
        }

        Assert.Equal("https://crm.example.com/v2", (await StoredAsync(owner))!.Text("endpoint"));
        Assert.True((await Set(owner, Http("https://new.example.com"), "Bearer def")).Ok);
        Assert.Equal("Bearer def", (await StoredAsync(owner))!.Secret);
    }

    [Fact]
    public async Task Connection_OfAnotherWorkspaceOrEnvironment_IsNotThere()
    {
        var (owner, stranger) = (await OwnerAsync(), await OwnerAsync());
        Assert.True((await Set(owner, Http("https://crm.example.com"), "Bearer abc")).Ok);
        Assert.Empty((await app.Get<ReadConnections>().ListAsync(stranger)).Value!);
        Assert.IsType<OperationProblem.NotFound>((await app.Get<RemoveConnection>().RunAsync(stranger, "http", "crm")).Problem);
        Assert.IsType<OperationProblem.NotFound>((await app.Get<TryConnection>().RunAsync(stranger, "http", "crm")).Problem);
        Assert.IsType<OperationProblem.Invalid>((await Set(stranger, Http("https://crm.example.com"), null, SecretChange.Keep)).Problem);
        var tests = owner with { Tenant = owner.Sandbox };
        Assert.Equal("sandbox", (await app.Get<TryConnection>().RunAsync(tests, Wish(Http("https://x.test"), "s"), SecretChange.Replace))
            .Problem!.Code);
    }

    [Fact]
    public async Task Changes_AreInTheAuditLog_WithoutSecrets()
    {
        var owner = await OwnerAsync();
        await Set(owner, Http("https://crm.example.com"), "Bearer abc");
        await app.Get<RemoveConnection>().RunAsync(owner, "http", "crm");
        var lines = (await app.Get<ReadAudit>().RunAsync(owner)).Value!;
        Assert.Equal([("connection.removed", "crm"), ("connection.set", "crm")], lines.Take(2).Select(l => (l.Action, l.Target)));
        Assert.DoesNotContain(lines, l => l.Detail.Contains("abc", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Uses_AreTheWorkflowsThatNameIt_OrHaveItsSteps()
    {
        var owner = await OwnerAsync();
        await Make(owner, "Active", "crm % \" ö", WorkflowStatus.Active);
        await Make(owner, "Draft", "crm % \" ö", WorkflowStatus.Draft);
        await Make(owner, "Other", "crm", WorkflowStatus.Active);
        var reading = app.Get<ReadConnections>();
        Assert.Equal(["Active", "Draft"], (await reading.UsesAsync(owner, "http", "crm % \" ö")).Value!.Select(w => w.Name));
        Assert.Equal(["Other"], (await reading.UsesAsync(owner, "http", "crm")).Value!.Select(w => w.Name));
        Assert.Empty((await reading.UsesAsync(owner, "webhook-secret", "crm")).Value!);
        Assert.Empty((await reading.UsesAsync(owner, "smtp", "Mail server")).Value!);
        await Make(owner, "Mails", "crm", WorkflowStatus.Draft, "send_email");
        Assert.Equal(["Mails"], (await reading.UsesAsync(owner, "smtp", "Mail server")).Value!.Select(w => w.Name));
        Assert.Empty((await reading.UsesAsync(await OwnerAsync(), "http", "crm")).Value!);
    }

    [Fact]
    public async Task Mailbox_ThatCannotBeRead_SaysWhyInTheList()
    {
        var owner = await OwnerAsync();
        var settings = JsonElement.Parse("""{"endpoint":"imaps://localhost:1","user":"desk"}""");
        Assert.True((await app.Get<SetConnection>().RunAsync(
            owner, new Connection(ConnectionKinds.Imap, "Mailbox", settings, "s3cret"))).Ok);
        using var patience = new CancellationTokenSource(EngineHarness.Patience);
        ConnectionFacts told;
        do
        {
            told = Assert.Single((await app.Get<ReadConnections>().ListAsync(owner)).Value!);
            Assert.False(patience.IsCancellationRequested);
        }
        while (told.Trouble.Length == 0);

        Assert.StartsWith("localhost is not on the public internet", told.Trouble, StringComparison.Ordinal);
    }

    private static string Http(string endpoint) => JsonSerializer.Serialize(new { endpoint });

    private static Connection Wish(string settings, string? secret) =>
        new(ConnectionKinds.Http, "crm", JsonElement.Parse(settings), secret);

    private Task<Result<ConnectionFacts>> Set(
        Caller caller, string settings, string? secret, SecretChange change = SecretChange.Replace) =>
        app.Get<SetConnection>().RunAsync(caller, Wish(settings, secret), change);

    private Task<Connection?> StoredAsync(Caller caller) =>
        app.Get<IConnections>().FindAsync(caller.Tenant, ConnectionKinds.Http, "crm", default);

    private async Task<Caller> OwnerAsync()
    {
        var owner = (await app.PracticeAsync()).Owner;
        return owner with { Tenant = owner.Tenant with { Environment = StudioEnvironment.Live } };
    }

    private async Task Make(Caller owner, string name, string connection, WorkflowStatus status, string? type = null)
    {
        var call = new WorkflowNode
        { Id = "call", Type = "http_request", Config = JsonSerializer.SerializeToElement(new { url = "https://x.test/x", connection }) };
        var definition = WorkflowDefinition.Empty with
        {
            Trigger = new WorkflowTrigger { Type = "webhook", Config = JsonElement.Parse("{}") },
            Nodes = type is null ? [call] : [call with { Type = type, Config = JsonElement.Parse("{}") }],
            Links = [new LinkConnection("trigger", null, "call")],
        };
        var made = await app.Get<CreateWorkflow>().RunAsync(
            owner, new NewWorkflow(name, "", status, definition, EditorState.None, NewWorkflow.Studio));
        Assert.True(made.Ok, made.Problem?.Message);
    }
}
