using System.Text.Json;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Http;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes;

/// <summary>Headers of a request: what somebody else wrote stays inside the one value it was put into, or nothing is sent.</summary>
public sealed class HttpHeaderTests
{
    [Theory]
    [InlineData(
        """{"headers":{"X-A":"a\r\n\r\nGET /second HTTP/1.1\r\n"} }""", "The value of the header X-A has a line break at character 2")]
    [InlineData("""{"headers":{"X-A":"a\nX-Injected: 1"} }""", "The value of the header X-A has a line break at character 2")]
    [InlineData("""{"headers":{"X-A":"a\u0000b"} }""", "The value of the header X-A has a control character (code 0) at character 2")]
    [InlineData("""{"headers":{"X-A":"\u007f"} }""", "The value of the header X-A has a control character (code 127) at character 1")]
    [InlineData("""{"headers":{"X-A":"a\tü"} }""", "The value of the header X-A has “ü” at character 3")]
    [InlineData("""{"headers":{"X-A":"日本"} }""", "The value of the header X-A has “日” at character 1")]
    [InlineData("""{"headers":{"X-A":"😀"} }""", "The value of the header X-A has “😀” at character 1")]
    [InlineData("""{"headers":{"Content-Type":"text/csv\r\nX-B: 1"},"method":"POST","body":"x"}""",
        "The value of the header Content-Type has a line break")]
    [InlineData("""{"secret_headers":{"X-Token":"abc\r\ndef"} }""", "The value of the header X-Token has a line break at character 4")]
    [InlineData("""{"headers":{"X-A\r\nX-B":"1"} }""", "The header “X-A��X-B” has a line break in its name.")]
    [InlineData("""{"headers":{"X A":"1"} }""", "The header “X A” has a space in its name.")]
    [InlineData("""{"headers":{"X-Né":"1"} }""", "The header “X-Né” has “é” in its name.")]
    [InlineData("""{"headers":{"X:A":"1"} }""", "The header “X:A” has “:” in its name.")]
    [InlineData("""{"headers":{"":"1"} }""", "A header has no name.")]
    [InlineData("""{"headers":{"host":"evil.test"} }""", "The header host is written by the server itself for every call.")]
    [InlineData("""{"headers":{"Content-Length":"1"} }""", "The header Content-Length is written by the server itself")]
    [InlineData("""{"headers":{"Transfer-Encoding":"chunked"} }""", "The header Transfer-Encoding is written by the server itself")]
    [InlineData("""{"headers":{"Connection":"x"} }""", "The header Connection is written by the server itself")]
    [InlineData("""{"headers":{"Keep-Alive":"x"} }""", "The header Keep-Alive is written by the server itself")]
    [InlineData("""{"headers":{"Upgrade":"x"} }""", "The header Upgrade is written by the server itself")]
    [InlineData("""{"headers":{"Expect":"100-continue"} }""", "The header Expect is written by the server itself")]
    [InlineData("""{"headers":{"Proxy-Authorization":"x"} }""", "The header Proxy-Authorization is written by the server itself")]
    [InlineData("""{"headers":{"TE":"x"} }""", "The header TE is written by the server itself")]
    [InlineData("""{"headers":{"Trailer":"x"} }""", "The header Trailer is written by the server itself")]
    public async Task Execute_HeaderThatCannotBe_SendsNothingAndIsFoundAtSave(string settings, string message)
    {
        using var server = new LocalServer(_ => LocalServer.Ok("{}"));
        var failed = Assert.IsType<NodeOutcome.Failed>(await new HttpStepCall(server, settings).RunAsync());

        Assert.Equal(("wrong_setting", false, 0), (failed.Code, failed.Retryable, server.Requests));
        Assert.StartsWith(message, failed.Message, StringComparison.Ordinal);
        var found = Assert.Single(Check(settings), p => p.Severity == ProblemSeverity.Error);
        Assert.StartsWith(message, found.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("def", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_HeaderThatCannotBeInTheSandbox_IsNotKept()
    {
        using var server = new LocalServer(_ => LocalServer.Ok("{}"));
        using var practice = new PracticeFixture(StudioEnvironment.Test);

        Assert.IsType<NodeOutcome.Failed>(
            await new HttpStepCall(server, """{"headers":{"X-A":"a\r\nb"}}""", practice: practice).RunAsync());

        Assert.Empty((await practice.Outbox.ListAsync(practice.Tenant, MessageChannel.Http, null, 9, default)).Items);
    }

    [Fact]
    public async Task Execute_TabsAndSigns_GoOutAsTheyAre()
    {
        using var server = new LocalServer(_ => LocalServer.Ok("{}"));
        await new HttpStepCall(server, """{"headers":{"X-A":"a\tb ~!","x-b":"1","X-B":"2"}}""").OutputAsync();

        Assert.Contains("X-A: a\tb ~!\r\n", server.LastRequest, StringComparison.Ordinal);
        Assert.Contains("b: 2\r\n", server.LastRequest, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Check_ValueOfAnExpression_IsLeftToTheRun() => Assert.Empty(Check("""{"headers":{"X-A":"{{ $initialPayload.ü }}"}}"""));

    [Fact]
    public async Task Send_AnyRequestOfTheOneClient_IsLookedAt()
    {
        using var server = new LocalServer(_ => LocalServer.Ok("{}"));
        using var http = new GuardedHttp(new GuardedHttpOptions { AllowedHosts = ["localhost"] });
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Url);
        request.Headers.TryAddWithoutValidation("X-A", "a\r\n\r\nGET /second HTTP/1.1");

        await Assert.ThrowsAsync<CallRefusedException>(() => http.Client.SendAsync(request));

        Assert.Equal(0, server.Requests);
    }

    private static IEnumerable<SettingProblem> Check(string settings) =>
        new HttpRequestNode(null!, null!, null!).Check(JsonElement.Parse(settings));
}
