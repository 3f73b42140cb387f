using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Streaming;

[Collection(StudioAppTests.Name)]
public sealed class EventStreamTests(StudioApp app)
{
    [Fact]
    public async Task Events_OfARun_AreItsLinesWithTheirNumbersAndAnEnd()
    {
        var (practice, run) = await RunAsync();
        using var answer = await OpenAsync(practice, run, null);
        Assert.Equal(("text/event-stream", 200), (answer.Content.Headers.ContentType!.MediaType, (int)answer.StatusCode));
        var events = (await answer.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["id: 1", "id: 2", "id: 3", "event: end"], events.Select(e => e.Split('\n')[0]));
        Assert.Matches("""^id: 1\nevent: line\ndata: \{"seq":1,"timestamp":"[^"]+Z","level":"info","event":"run_started","message":"The run was accepted."\}$""", events[0]);
    }

    [Fact]
    public async Task Events_WithALastEventId_GoOnAfterIt()
    {
        var (practice, run) = await RunAsync();
        using var answer = await OpenAsync(practice, run, "2");
        var events = (await answer.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["id: 3", "event: end"], events.Select(e => e.Split('\n')[0]));
        using var nothing = await OpenAsync(practice, run, "3");
        Assert.Equal(204, (int)nothing.StatusCode); // a browser does not ask again
    }

    [Fact]
    public async Task Events_OfAnUnknownRunAWrongPlaceOrWithoutTheScope_AreRefused()
    {
        var (practice, run) = await RunAsync();
        Assert.Equal(404, (await practice.GetAsync("/api/v1/executions/exe_00000000000000000000000000000001/events")).Status);
        Assert.Equal(422, (await practice.GetAsync($"/api/v1/executions/{run}/events?after=two")).Status);
        Assert.Equal(404, (await (await app.PracticeAsync()).GetAsync($"/api/v1/executions/{run}/events")).Status);
        var blind = await app.PracticeAsync("service.workflows.workflows.view");
        Assert.Equal(403, (await blind.GetAsync($"/api/v1/executions/{run}/events")).Status);
    }

    private static Task<HttpResponseMessage> OpenAsync(TestPractice practice, string run, string? lastEventId)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/executions/{run}/events");
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        return practice.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private async Task<(TestPractice Practice, string Run)> RunAsync()
    {
        var practice = await app.PracticeAsync();
        var id = (await practice.PostAsync("/api/v1/workflows", GraphBodies.Small())).Text("id");
        var run = (await practice.PostAsync($"/api/v1/workflows/{id}/trigger", "{}")).Text("execution_id");
        while ((await practice.GetAsync($"/api/v1/executions/{run}/status")).Text("status") != "completed") await Task.Yield();
        return (practice, run);
    }
}
