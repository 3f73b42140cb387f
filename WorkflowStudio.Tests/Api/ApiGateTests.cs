using Microsoft.AspNetCore.Http;
using WorkflowStudio.Api;
using WorkflowStudio.Api.Dialects.Graph;
using WorkflowStudio.Tests.Api.Dialects.Graph;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api;

[Collection(StudioAppTests.Name)]
public sealed class ApiGateTests(StudioApp app)
{
    private const string Path = "/api/v1/workflows";

    [Theory]
    [InlineData("PUT", Path, "GET, HEAD, POST")]
    [InlineData("POST", Path + "/x", "DELETE, GET, HEAD, PATCH, PUT")]
    [InlineData("GET", Path + "/x/trigger", "POST")]
    [InlineData("PUT", "/api/v1/webhooks/x", "DELETE, GET, HEAD, OPTIONS, PATCH, POST")]
    [InlineData("POST", "/api/v1/executions/x/logs", "GET, HEAD")]
    public async Task WrongMethod_IsToldTheRightOnes(string method, string path, string allow)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        var response = await app.GraphClient().SendAsync(request);
        Assert.Equal((405, allow), ((int)response.StatusCode, string.Join(", ", response.Content.Headers.Allow)));
        Assert.Equal(
            """{"status":"error","code":"method_not_allowed","message":"This address does not take this method. The header Allow names those it takes.","errors":[]}""",
            await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Head_IsAnsweredLikeGet()
    {
        var practice = await app.GraphPracticeAsync();
        Assert.Equal(200, (await practice.SendAsync(HttpMethod.Head, Path, null, null)).Status);
    }

    [Fact]
    public async Task StoredAnswer_OfAKeyWithTheScope_IsNotForOneWithout()
    {
        var practice = await app.GraphPracticeAsync();
        Assert.Equal(201, (await practice.PostAsync(Path, GraphBodies.Small(), "k1")).Status);
        var reader = GraphClients.Practice(
            app, practice.Owner, await app.KeyAsync(practice.Owner, practice.Owner.Tenant.Environment, "service.workflows.workflows.view"));
        var reply = await reader.PostAsync(Path, GraphBodies.Small(), "k1");
        Assert.Equal((403, """{"status":"error","code":"forbidden","message":"The key lacks the scope service.workflows.workflows.manage.","errors":[]}"""), (reply.Status, reply.Body));
    }

    [Fact]
    public async Task RequestThatTheServerCannotRead_IsTheFaultOfTheClient()
    {
        var answer = await app.Get<ApiGate>().GuardedAsync(
            GraphDialect.Instance, new DefaultHttpContext(), () => throw new BadHttpRequestException("Bad chunk size data.", 400));
        Assert.Equal(400, answer.Status);
        Assert.Equal(
            """{"status":"error","code":"invalid_request","message":"The request cannot be read: its body is not as long as it says, or came too slowly.","errors":[]}""",
            System.Text.Encoding.UTF8.GetString(answer.Body.Span));
    }
}
