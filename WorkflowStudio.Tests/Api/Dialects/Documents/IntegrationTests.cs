using WorkflowStudio.Tests.Support;
using static WorkflowStudio.Tests.Api.Dialects.Documents.Documents;

namespace WorkflowStudio.Tests.Api.Dialects.Documents;

/// <summary>The reference text, sentence by sentence: integrations.</summary>
[Collection(StudioAppTests.Name)]
public sealed class IntegrationTests(StudioApp app)
{
    private const string Path = Address + "/integrations";

    [Fact]
    public async Task Integration_IsMadeListedChangedAndRemoved()
    {
        var practice = await app.PracticeAsync();
        var workflow = (await practice.MakeAsync())[(Address.Length + 1)..];
        var made = await practice.PostAsync(Path, $$"""
            {
            "workflow_id": "{{workflow}}",
            "name": "Slack Notifications",
            "integration_type": "slack",
            "config": {
            "webhook_url": "https://hooks.slack.com/...",
            "channel": "#invoices"
            }
            }
            """);
        Assert.Equal(201, made.Status);
        Assert.Equal(
            ["id", "workflow_id", "name", "integration_type", "config", "created_at", "updated_at"],
            made.Json.EnumerateObject().Select(p => p.Name));
        Assert.Equal("""{"webhook_url":"https://hooks.slack.com/●●●","channel":"#invoices"}""", made.Json.GetProperty("config").GetRawText());
        var id = made.Text("id");
        Assert.Equal($$"""{"integrations":[{{made.Body}}]}""", (await practice.GetAsync($"{Path}?workflow_id={workflow}")).Body);
        Assert.Equal("""{"integrations":[]}""", (await practice.GetAsync($"{Path}?workflow_id={id}")).Body);
        var changed = await practice.PutAsync($"{Path}?id={id}", """{"name":"Renamed","config":{"channel":"#other"}}""");
        Assert.Equal((200, "Renamed", "slack", """{"webhook_url":"https://hooks.slack.com/●●●","channel":"#other"}"""),
            (changed.Status, changed.Text("name"), changed.Text("integration_type"), changed.Json.GetProperty("config").GetRawText()));
        Assert.Equal(204, (await practice.DeleteAsync($"{Path}?id={id}")).Status);
        Refused(await practice.DeleteAsync($"{Path}?id={id}"), 404, "NOT_FOUND");
        Refused(await practice.PutAsync($"{Path}?id={id}", "{}"), 404, "NOT_FOUND");
        Assert.Equal("""{"integrations":[]}""", (await practice.GetAsync(Path)).Body);
    }

    [Fact]
    public async Task Secrets_AreNeverGivenBackNorStoredInTheClear()
    {
        var practice = await app.PracticeAsync();
        var made = await practice.PostAsync(Path, """
            {"name":"Hook","integration_type":"webhook","config":{"url":"https://example.org/hook-s3cret","method":"POST",
            "headers":{"Authorization":"Bearer s3cret"},"token":"s3cret"}}
            """);
        const string shown =
            """{"url":"https://example.org/●●●","method":"POST","headers":{"Authorization":"●●●"},"token":"●●●"}""";
        Assert.Equal(shown, made.Json.GetProperty("config").GetRawText());
        var stored = await app.StoredConfigAsync(Guid.Parse(made.Text("id")));
        Assert.DoesNotContain("s3cret", stored.Raw, StringComparison.Ordinal);
        // what was read is sent back: the secrets stay
        var again = await practice.PutAsync($"{Path}?id={made.Text("id")}", $$$"""{"config":{{{shown}}}}""");
        Assert.Equal(shown, again.Json.GetProperty("config").GetRawText());
        Assert.Equal(stored.Clear, (await app.StoredConfigAsync(Guid.Parse(made.Text("id")))).Clear);
        Assert.Contains("Bearer s3cret", stored.Clear, StringComparison.Ordinal);
        var less = await practice.PutAsync($"{Path}?id={made.Text("id")}", """{"config":{"headers":null,"token":"new"}}""");
        Assert.Equal("""{"url":"https://example.org/●●●","method":"POST","token":"●●●"}""", less.Json.GetProperty("config").GetRawText());
    }

    [Theory]
    [InlineData("""{"integration_type":"slack","config":{"webhook_url":"https://hooks.slack.com/x"}}""", "name")]
    [InlineData("""{"name":"x","config":{}}""", "integration_type")]
    [InlineData("""{"name":"x","integration_type":"slack"}""", "config")]
    [InlineData("""{"name":"x","integration_type":"fax","config":{}}""", "integration_type")]
    [InlineData("""{"name":"x","integration_type":"slack","config":{}}""", "config.webhook_url")]
    [InlineData("""{"name":"x","integration_type":"slack","config":{"webhook_url":"nowhere"}}""", "config.webhook_url")]
    [InlineData("""{"name":"x","integration_type":"email","config":{"subject":"s"}}""", "config.to")]
    [InlineData("""{"name":"x","integration_type":"webhook","config":{"method":"POST"}}""", "config.url")]
    [InlineData("""{"name":" ","integration_type":"email","config":{"to":"a@example.org"}}""", "name")]
    [InlineData("""{"name":"x","integration_type":"email","config":{"to":"a@example.org"},"workflow_id":"workflow-uuid"}""", "workflow_id")]
    public async Task Integration_WithAWrongField_IsRefusedWithItsName(string body, string place)
    {
        var reply = await (await app.PracticeAsync()).PostAsync(Path, body);
        Assert.True(reply.Status == 400, reply.Body);
        Assert.Equal(place, Assert.Single(reply.Json.GetProperty("error").GetProperty("details").EnumerateObject()).Name);
    }

    [Fact]
    public async Task Integration_IsNamedInTheQueryAndNeverByThePath()
    {
        var practice = await app.PracticeAsync();
        Refused(await practice.PutAsync(Path, "{}"), 400, "VALIDATION_ERROR");
        Refused(await practice.DeleteAsync(Path), 400, "VALIDATION_ERROR");
        Refused(await practice.DeleteAsync(Path + "?id=nonsense"), 404, "NOT_FOUND");
    }

    [Fact]
    public async Task Integration_OfSomebodyElse_IsNotThere()
    {
        var (mine, theirs) = (await app.PracticeAsync(), await app.PracticeAsync());
        var id = (await theirs.PostAsync(
            Path, """{"name":"x","integration_type":"email","config":{"to":"a@example.org"}}""")).Text("id");
        Refused(await mine.PutAsync($"{Path}?id={id}", "{}"), 404, "NOT_FOUND");
        Refused(await mine.DeleteAsync($"{Path}?id={id}"), 404, "NOT_FOUND");
        Assert.Equal("""{"integrations":[]}""", (await mine.GetAsync(Path)).Body);
    }
}
