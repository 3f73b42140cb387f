using System.Text.RegularExpressions;
using WorkflowStudio.Tests.Support;
using static WorkflowStudio.Tests.Api.Dialects.Sequences.SequencesTexts;

namespace WorkflowStudio.Tests.Api.Dialects.Sequences;

/// <summary>Whoever takes a body from docs/api/sequences.md can send it as it stands.</summary>
[Collection(StudioAppTests.Name)]
public sealed partial class SequencesPageTests(StudioApp app)
{
    [Fact]
    public async Task Bodies_OfThePage_AreTakenAsTheyStand()
    {
        var blocks = Blocks().Matches(SharedFiles.ReadOfCheckout("docs/api/sequences.md"));
        Assert.Equal(5, blocks.Count);
        var practice = await app.PracticeAsync();
        var (id, contact) = (await practice.MakeAsync(), await RunTests.ContactAsync(practice));
        foreach (Match block in blocks)
        {
            var path = block.Groups["path"].Value.Replace("{id}", id, StringComparison.Ordinal);
            var body = block.Groups["json"].Value.Replace("{id}", id, StringComparison.Ordinal)
                .Replace("{contact}", contact, StringComparison.Ordinal);
            using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            var reply = await practice.SendAsync(new HttpMethod(block.Groups["method"].Value), path, content, null);
            Assert.True(reply.Status is 200 or 201, reply.Body);
        }
    }

    [GeneratedRegex(@"^```json (?<method>POST|PATCH) (?<path>\S+)\n(?<json>\{.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Blocks();
}
