using System.Text.RegularExpressions;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Graph;

/// <summary>Whoever takes a body from docs/workflow-body.md can post it as it stands, and start it with the data beside it.</summary>
[Collection(StudioAppTests.Name)]
public sealed partial class WorkflowBodyPageTests(StudioApp app)
{
    public static TheoryData<string, string> Bodies()
    {
        var bodies = new TheoryData<string, string>();
        var blocks = Blocks().Matches(SharedFiles.ReadOfCheckout("docs/workflow-body.md"));
        for (var i = 0; i < blocks.Count; i++)
        {
            if (blocks[i].Groups["start"].Success) continue;
            bodies.Add(blocks[i].Groups["json"].Value,
                i + 1 < blocks.Count && blocks[i + 1].Groups["start"].Success ? blocks[i + 1].Groups["json"].Value : "");
        }

        return bodies;
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Body_OfThePage_IsTakenAsItStandsAndRuns(string body, string data)
    {
        var practice = await app.GraphPracticeAsync();
        var made = await practice.PostAsync("/api/v1/workflows", body);
        Assert.True(made.Status == 201, made.Body);
        Assert.Equal("passed", made.Text("nodes_integrity_check"));
        if (data.Length == 0) return;
        var started = await practice.PostAsync($"/api/v1/workflows/{made.Text("id")}/trigger", data);
        Assert.True(started.Status == 202, started.Body);
        Reply status;
        using var patience = new CancellationTokenSource(EngineHarness.Patience);
        do
        {
            await Task.Yield();
            status = await practice.GetAsync($"/api/v1/executions/{started.Text("execution_id")}/status");
        }
        while (status.Text("status") is not ("completed" or "failed") && !patience.IsCancellationRequested);
        Assert.True(status.Text("status") == "completed", status.Body);
    }

    [GeneratedRegex(@"^```json(?<start> start)?\n(?<json>\{.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Blocks();
}
