using System.Text;
using WorkflowStudio.Tests.Api.Dialects.Graph;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api;

[Collection(StudioAppTests.Name)]
public sealed class RequestBodyTests(StudioApp app)
{
    private const string Path = "/api/v1/workflows";

    [Fact]
    public async Task DeepestBody_CanBeListedAndRunAfterwards()
    {
        var practice = await app.GraphPracticeAsync();
        var made = await practice.PostAsync(Path, WithExtra(Nested(59)));
        Assert.Equal(201, made.Status);
        Assert.Equal(200, (await practice.GetAsync(Path)).Status);
        Assert.Equal(202, (await practice.PostAsync($"{Path}/{made.Text("id")}/trigger", $$"""{"a":{{Nested(59)}}}""")).Status);
    }

    [Fact]
    public async Task BodyOfMoreThan60Levels_IsRefused()
    {
        var practice = await app.GraphPracticeAsync();
        var reply = await practice.PostAsync(Path, WithExtra(Nested(60)));
        Assert.Equal(400, reply.Status);
        Assert.Equal("""{"status":"error","code":"invalid_json","message":"The JSON is nested deeper than 60 levels. Make it flatter.","errors":[]}""", reply.Body);
    }

    [Fact]
    public async Task EncodedBody_IsRefused()
    {
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        content.Headers.ContentEncoding.Add("gzip");
        var reply = await (await app.GraphPracticeAsync()).SendAsync(HttpMethod.Post, Path, content, null);
        Assert.Equal((415, """{"status":"error","code":"unsupported_media_type","message":"Send the body as it is, without a Content-Encoding.","errors":[]}"""), (reply.Status, reply.Body));
    }

    private static string Nested(int levels) => new string('[', levels) + new string(']', levels);

    private static string WithExtra(string json) => GraphBodies.Small()[..^1] + ",\"x_extra\":" + json + "}";
}
