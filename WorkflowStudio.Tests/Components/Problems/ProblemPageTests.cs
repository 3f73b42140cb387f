using System.Net;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Components.Problems;

[Collection(StudioAppTests.Name)]
public sealed class ProblemPageTests(StudioApp app)
{
    public static TheoryData<string> Kinds => [.. ProblemKinds.All.Select(k => k.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Page_OfAKind_TellsWhatItMeans(string name)
    {
        using var client = app.CreateClient();
        var page = WebUtility.HtmlDecode(await client.GetStringAsync($"/problems/{name}"));
        var kind = ProblemKinds.Find(name)!;
        Assert.All(new[] { kind.Title, kind.Means, kind.Remedy, $"\"type\": \"http://localhost/problems/{name}\"" },
            words => Assert.Contains(words, page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_OfNoKind_IsNotFound()
    {
        using var client = app.CreateClient();
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/problems/nothing")).StatusCode);
    }

    [Theory]
    [InlineData(400, "validation-error")]
    [InlineData(422, "validation-error")]
    [InlineData(500, "internal-error")]
    [InlineData(503, "unavailable")]
    [InlineData(409, "conflict")]
    public void Status_HasAKind(int status, string name) => Assert.Equal(name, ProblemKinds.Of(status).Name);
}
