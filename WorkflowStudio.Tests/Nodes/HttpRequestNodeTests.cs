using System.Text.Json;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Http;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Storage.Connections;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Nodes;

public sealed class HttpRequestNodeTests
{
    [Fact]
    public async Task Execute_PostOfJson_SendsBodyHeadersQueryAndKey()
    {
        using var server = new LocalServer(_ => LocalServer.Ok("""{"id":7}"""));
        var call = new HttpStepCall(server, $$"""{"method":"POST","url":"{{server.Url}}/leads?a=1","query":{"b":"x y"},"headers":{"X-Api-Key":"secret"},"body":{"name":"Ana"} }""");
        var output = await call.OutputAsync();

        Assert.StartsWith("POST /leads?a=1&b=x%20y HTTP/1.1\r\n", server.LastRequest, StringComparison.Ordinal);
        Assert.Contains("Idempotency-Key: run/step\r\n", server.LastRequest, StringComparison.Ordinal);
        Assert.Contains("X-Api-Key: secret\r\n", server.LastRequest, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/json; charset=utf-8\r\n", server.LastRequest, StringComparison.Ordinal);
        Assert.EndsWith("""{"name":"Ana"}""", server.LastRequest, StringComparison.Ordinal);
        Assert.Equal((200, 7, "application/json"), (output.GetProperty("status").GetInt32(), output.GetProperty("body").GetProperty("id")
            .GetInt32(), output.GetProperty("headers").GetProperty("content-type").GetString()));
        Assert.Equal([$"POST {server.Url}/leads answered 200"], call.Log);
    }

    [Theory]
    [InlineData("""{"method":"POST","body_format":"form","body":{"name":"Ana & Co","n":2}}""", "application/x-www-form-urlencoded",
        "name=Ana%20%26%20Co&n=2")]
    [InlineData("""{"method":"PUT","body_format":"text","body":"hello"}""", "text/plain", "hello")]
    [InlineData("""{"method":"POST","body":[1,2],"headers":{"content-type":"application/vnd.leads+json"}}""",
        "application/vnd.leads+json", "[1,2]")]
    public async Task Execute_BodyForms_AreWrittenAsTheyAreCalled(string settings, string type, string body)
    {
        using var server = new LocalServer(_ => LocalServer.Status(204));
        await new HttpStepCall(server, settings).OutputAsync();

        Assert.Contains($"Content-Type: {type}", server.LastRequest, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n" + body, server.LastRequest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        """{"method":"POST","body_format":"form","body":{"tags":["a","b"],"nul":null,"n":1.50,"none":[]}}""", "/", "tags=a&tags=b&n=1.5")]
    [InlineData("""{"query":{"tags":["a","b c"],"nul":null,"n":7}}""", "/?tags=a&tags=b%20c&n=7", "")]
    public async Task Execute_ListsInFormsAndQueries_GiveTheirFieldSeveralTimes(string settings, string path, string body)
    {
        using var server = new LocalServer(_ => LocalServer.Status(204));
        await new HttpStepCall(server, settings).OutputAsync();

        Assert.Contains($" {path} HTTP/1.1\r\n", server.LastRequest, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n" + body, server.LastRequest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"method":"POST","body_format":"form","body":{"o":{"a":1}}}""")]
    [InlineData("""{"query":{"o":{"a":1}}}""")]
    [InlineData("""{"query":{"o":[[1]]}}""")]
    public async Task Execute_ObjectInAFormOrQuery_IsRefusedAndFoundAtSave(string settings)
    {
        using var server = new LocalServer(_ => LocalServer.Status(204));
        var failed = Assert.IsType<NodeOutcome.Failed>(await new HttpStepCall(server, settings).RunAsync());

        Assert.Equal(("wrong_setting", 0), (failed.Code, server.Requests));
        Assert.StartsWith("The field o can hold texts and numbers, or a list of them, but ", failed.Message, StringComparison.Ordinal);
        Assert.Single(new HttpRequestNode(null!, null!, null!).Check(JsonElement.Parse(settings)));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task Execute_CallThatChangesNothing_CarriesNoKey(string method)
    {
        using var server = new LocalServer(_ => LocalServer.Status(204));
        await new HttpStepCall(server, $$"""{"method":"{{method}}"}""").OutputAsync();

        Assert.DoesNotContain("Idempotency-Key", server.LastRequest, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Execute_OwnKeyGiven_IsKept()
    {
        using var server = new LocalServer(_ => LocalServer.Status(204));
        await new HttpStepCall(server, """{"method":"POST","headers":{"idempotency-key":"mine"}}""").OutputAsync();

        Assert.Contains("idempotency-key: mine\r\n", server.LastRequest, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("run/step", server.LastRequest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(503, "", "server_error", true, null)]
    [InlineData(429, "Retry-After: 90\r\n", "too_many_requests", true, 90)]
    [InlineData(408, "", "timeout", true, null)]
    [InlineData(404, "", "unexpected_status", false, null)]
    public async Task Execute_StatusThatIsNotExpected_IsAFailure(int status, string headers, string code, bool retryable, int? after)
    {
        using var server = new LocalServer(_ => LocalServer.Status(status, headers));
        var failed = Assert.IsType<NodeOutcome.Failed>(await new HttpStepCall(server, "{}").RunAsync());

        Assert.Equal((code, retryable, after), (failed.Code, failed.Retryable, (int?)failed.RetryAfter?.TotalSeconds));
    }

    [Fact]
    public async Task Execute_StatusThatIsExpected_IsDone()
    {
        using var server = new LocalServer(_ => LocalServer.Status(404));

        Assert.Equal(
            404, (await new HttpStepCall(server, """{"expected_status":"200-299, 404"}""").OutputAsync()).GetProperty("status").GetInt32());
    }

    [Theory]
    [InlineData("""{"response":"text"}""", "\"{\\\"a\\\":1}\"")]
    [InlineData("""{"response":"auto"}""", "{\"a\":1}")]
    public async Task Execute_Answer_IsReadAsAsked(string settings, string body)
    {
        using var server = new LocalServer(_ => LocalServer.Ok("{\"a\":1}"));
        var read = (await new HttpStepCall(server, settings).OutputAsync()).GetProperty("body");

        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(body), read), read.GetRawText());
    }

    [Theory]
    [InlineData("""{"a":["\ud800"]}""", "holds half of a surrogate pair (\\ud800 to \\udfff) at a[0]. ")]
    [InlineData("""{"\udc00":1}""", "holds half of a surrogate pair (\\ud800 to \\udfff). ")]
    [InlineData("""{"a":{"b":1,"b":2}}""", "gives the key a.b twice. ")] // which one is meant is not guessed
    public async Task Execute_JsonThatNobodyCouldReadLater_IsRefusedUnlessItIsTakenAsText(string answer, string what)
    {
        using var server = new LocalServer(_ => LocalServer.Ok(answer));
        var failed = Assert.IsType<NodeOutcome.Failed>(await new HttpStepCall(server, "{}").RunAsync());

        Assert.Equal(("response_not_json", false), (failed.Code, failed.Retryable));
        Assert.Contains($"answered 200 with JSON that {what}", failed.Message, StringComparison.Ordinal);
        Assert.Equal(answer, (await new HttpStepCall(server, """{"response":"text"}""").OutputAsync()).GetProperty("body").GetString());
    }

    [Theory]
    [InlineData("""{"response":"json"}""", "no json", "response_not_json")]
    [InlineData("""{"expected_status":"20x"}""", "{}", "wrong_setting")]
    [InlineData("""{"method":"POST","body_format":"form","body":[1]}""", "{}", "wrong_setting")]
    [InlineData("""{"url":"ftp://example.com"}""", "{}", "wrong_setting")]
    [InlineData("""{"url":"https://me:pass@example.com"}""", "{}", "wrong_setting")]
    public async Task Execute_WhatCannotWork_IsAFailureForGood(string settings, string answer, string code)
    {
        using var server = new LocalServer(_ => LocalServer.Ok(answer));
        var failed = Assert.IsType<NodeOutcome.Failed>(await new HttpStepCall(server, settings).RunAsync());

        Assert.Equal((code, false), (failed.Code, failed.Retryable));
        Assert.DoesNotContain("pass@", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_AnswerOverTheLimit_IsRefused()
    {
        using var server = new LocalServer(_ => LocalServer.Ok(new string('x', IHttpCalls.MaxAnswer + 1)));

        Assert.Equal("response_too_large",
            Assert.IsType<NodeOutcome.Failed>(await new HttpStepCall(server, """{"response":"text"}""").RunAsync()).Code);
    }

    [Fact]
    public async Task Execute_HostInTheHouse_IsRefused()
    {
        using var server = new LocalServer(_ => LocalServer.Ok("{}"));
        var failed = Assert.IsType<NodeOutcome.Failed>(await new HttpStepCall(server, "{}", allowed: []).RunAsync());

        Assert.Equal(("address_not_allowed", false, 0), (failed.Code, failed.Retryable, server.Requests));
    }

    [Fact]
    public async Task Execute_NobodyThere_MayBeTriedAgain()
    {
        var server = new LocalServer(_ => LocalServer.Ok("{}"));
        var call = new HttpStepCall(server, "{}");
        server.Dispose();
        var failed = Assert.IsType<NodeOutcome.Failed>(await call.RunAsync());

        Assert.Equal(("connection_refused", true), (failed.Code, failed.Retryable));
    }

    [Fact]
    public async Task Execute_InTheSandbox_KeepsTheCallInTheOutboxOnceAndWithoutSecrets()
    {
        using var server = new LocalServer(_ => LocalServer.Ok("{}"));
        using var practice = new PracticeFixture(StudioEnvironment.Test);
        var call = new HttpStepCall(server,
            """{"method":"POST","url":"http://crm.example.com/leads?key=k3y","headers":{"Authorization":"Bearer s3cret"},"body":{"a":1}}""",
            practice: practice);
        await call.OutputAsync();
        var output = await call.OutputAsync();

        Assert.True(output.GetProperty("captured").GetBoolean());
        var kept = Assert.Single((await practice.Outbox.ListAsync(practice.Tenant, MessageChannel.Http, null, 9, default)).Items);
        Assert.Equal(
            ("http://crm.example.com/leads", "POST http://crm.example.com/leads", "Headers: Authorization, Idempotency-Key\n\n{\"a\":1}"),
            (kept.To, kept.Subject, kept.Body));
        Assert.Equal(0, server.Requests);
        Assert.DoesNotContain(
            call.Log, line => line.Contains("s3cret", StringComparison.Ordinal) || line.Contains("k3y", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"method":"POST","url":"https://api.example.com/v1/leads"}""", "POST api.example.com/v1/leads")]
    [InlineData("""{"url":"https://api.example.com/v1/a/very/long/path/indeed"}""", "GET api.example.com/v1/a/very/long/path…")]
    [InlineData("{}", null)]
    public void Summary_Settings_NamesMethodAndAddress(string settings, string? expected)
    {
        using var practice = new PracticeFixture();
        using var http = new GuardedHttp(new GuardedHttpOptions());

        Assert.Equal(expected, new HttpRequestNode(new GuardedCalls(http, practice.Kept, TimeProvider.System),
            new ConnectionStore(practice, new FakeProtector()), null!).Summary(JsonElement.Parse(settings)));
    }
}
