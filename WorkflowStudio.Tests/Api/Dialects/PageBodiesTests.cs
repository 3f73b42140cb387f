using System.Text.RegularExpressions;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects;

/// <summary>Whoever takes a body from a page of docs/api can post it as it stands.</summary>
[Collection(StudioAppTests.Name)]
public sealed partial class PageBodiesTests(StudioApp app)
{
    private static readonly (string Page, string Address)[] Pages =
        [("graph", "/api/v1/workflows"), ("services", "/api/v1/services/workflows/workflows"), ("documents", "/api/workflows")];

    public static TheoryData<string, string> Bodies()
    {
        var bodies = new TheoryData<string, string>();
        foreach (var (page, address) in Pages)
            foreach (Match block in Blocks().Matches(SharedFiles.ReadOfCheckout($"docs/api/{page}.md")))
                bodies.Add(address, block.Groups["json"].Value);
        return bodies;
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Body_OfAPage_IsTakenAsItStands(string address, string body)
    {
        var made = await (await app.PracticeAsync()).PostAsync(address, body);
        Assert.True(made.Status == 201, made.Body);
    }

    [GeneratedRegex(@"^```json\n(?<json>\{.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Blocks();
}
