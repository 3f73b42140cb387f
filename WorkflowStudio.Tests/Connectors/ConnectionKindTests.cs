using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Hosting.Commands;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Connectors;

/// <summary>What is asked for each kind of connection, and what is wrong with what was given.</summary>
[Collection(StudioAppTests.Name)]
public sealed class ConnectionKindTests(StudioApp app)
{
    [Theory]
    [InlineData("smtp", """{"endpoint":"https://x.test","from":"nobody","user":"a"}""", "", "endpoint from secret")]
    [InlineData("smtp", """{"endpoint":"smtps://mail.example.com","from":"desk@example.com","encryption":"maybe"}""", "", "encryption")]
    [InlineData("smtp", """{"endpoint":"smtps://me:pw@mail.example.com","from":"desk@example.com"}""", "", "endpoint")]
    [InlineData("smtp", """{"endpoint":"smtps://mail.example.com","from":"desk@example.com"}""", "", "")]
    [InlineData("sms", """{"endpoint":"https://api.twilio.com/?a=1","account":"A/../B","from":""}""", "", "endpoint account from secret")]
    [InlineData("sms", """{"endpoint":"https://api.twilio.com","account":"AC1","from":"+1713"}""", "a\nb", "secret")]
    [InlineData("ai", """{"endpoint":"file:///etc/passwd","model":""}""", "", "endpoint model")]
    [InlineData("ai", """{"endpoint":"https://ai.test/v1","model":"m"}""", "kéy", "secret")]
    [InlineData("ai", """{"endpoint":"https://ai.test/v1","model":"m"}""", "", "")]
    [InlineData("http", """{"endpoint":"https://u:p@x.test","header":"Host"}""", "x", "endpoint header")]
    [InlineData("http", """{"endpoint":"https://x.test","auth":"basic","user":"a:b"}""", "pässword", "user")]
    [InlineData("http", """{"endpoint":"https://x.test","auth":"oauth2","user":"a:b"}""", "s", "tokenUrl clientId")]
    [InlineData("http", """{"endpoint":"https://x.test","auth":"magic"}""", "s", "auth")]
    [InlineData("http", """{"endpoint":{"a":1},"header":["x"]}""", "s", "endpoint")]
    [InlineData("webhook-secret", "{}", "", "secret")]
    public void Problems_NameTheFields(string kind, string settings, string secret, string expected) => Assert.Equal(
        expected.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        Kinds.Find(kind)!.Problems(new Connection(kind, "n", JsonElement.Parse(settings), secret)).Select(p => p.Field));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a\nb")]
    public void Problems_OfANameThatIsNone(string name) => Assert.Contains(
        Kinds.Find("webhook-secret")!.Problems(new Connection("webhook-secret", name, JsonElement.Parse("{}"), "s")),
        p => p.Field == "name");

    [Fact]
    public void Kinds_NameStepsThatThereAre_AndOptionsThatTheCommandHas()
    {
        var types = app.Get<NodeCatalog>();
        Assert.All(Kinds.All.SelectMany(k => k.StepTypes), t => Assert.NotNull(types.Type(t)));
        var options = ConnectionCommands.All[0].Options.Select(o => o.Name).ToHashSet();
        Assert.All(Kinds.All.SelectMany(k => k.Fields), f => Assert.Contains(f.Name, options));
        Assert.Equal(Kinds.All.Count, Kinds.All.DistinctBy(k => k.Name).Count());
    }

    private ConnectionCatalog Kinds => app.Get<ConnectionCatalog>();
}
