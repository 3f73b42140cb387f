using WorkflowStudio.Api.V1;
using WorkflowStudio.Operations;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Graph;

/// <summary>Clients that say with every request that they speak graph, as those of the real service do.</summary>
internal static class GraphClients
{
    public static HttpClient GraphClient(this StudioApp app) => Speaking(app.CreateClient());

    public static async Task<TestPractice> GraphPracticeAsync(this StudioApp app, params string[] scopes) =>
        Speaking(await app.PracticeAsync(scopes));

    public static TestPractice Practice(StudioApp app, Caller owner, string key) => Speaking(new TestPractice(app, owner, key));

    private static TestPractice Speaking(TestPractice practice)
    {
        Speaking(practice.Client);
        return practice;
    }

    private static HttpClient Speaking(HttpClient client)
    {
        client.DefaultRequestHeaders.Add(V1Dialect.GraphHeader, "practice_1");
        return client;
    }
}
