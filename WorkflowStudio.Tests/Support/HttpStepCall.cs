using System.Text.Json;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Http;
using WorkflowStudio.Engine.Storage.Connections;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Support;

/// <summary>
/// The step with the real client, on a practice in the live environment unless told otherwise; the address is the server's when the
/// settings name none.
/// </summary>
internal sealed class HttpStepCall(LocalServer server, string settings, string[]? allowed = null, PracticeFixture? practice = null)
{
    private readonly string given = settings.Contains("\"url\"", StringComparison.Ordinal) ? settings
        : settings == "{}" ? $$"""{"url":"{{server.Url}}"}"""
        : $$"""{"url":"{{server.Url}}",{{settings[1..]}}""";

    public List<string> Log { get; } = [];

    public async Task<JsonElement> OutputAsync() => Assert.IsType<NodeOutcome.Completed>(await RunAsync()).Output;

    public async Task<NodeOutcome> RunAsync()
    {
        using var own = practice is null ? new PracticeFixture() : null;
        using var http = new GuardedHttp(new GuardedHttpOptions { AllowedHosts = allowed ?? ["localhost"] });
        var at = practice ?? own!;
        var calls = new GuardedCalls(http, at.Kept, TimeProvider.System);
        var call = new NodeCall(at, new HttpRequestNode(
            calls, new ConnectionStore(at, new FakeProtector()), new HttpSignIn(calls, TimeProvider.System)), given);
        var outcome = await call.RunAsync();
        Log.AddRange(call.Log);
        return outcome;
    }
}
