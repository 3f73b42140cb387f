using System.Text;
using System.Text.Json;
using WorkflowStudio.Tests.Api.Dialects.Sequences;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Practice;

/// <summary>Tables of practice data over HTTP, asked of properties.</summary>
[Collection(StudioAppTests.Name)]
public sealed class RecordTests(StudioApp app)
{
    private const string Properties = "/api/v1/properties";

    [Fact]
    public async Task Record_IsMadeReadChangedAndRemoved()
    {
        var practice = await app.PracticeAsync();
        var made = await practice.PostAsync(Properties, """{"title":"  Loft\u0007 ","price":1450.50,"availableFrom":"2027-01-15"}""");
        Assert.Equal(201, made.Status);
        var id = made.Data().GetProperty("id").GetString();
        Assert.Equal($"{Properties}/{id}", made.Headers.Location!.ToString());
        Assert.Equal(("Loft", "1450.5", "usd", "2027-01-15"), (made.Data().GetProperty("title").GetString(),
            made.Data().GetProperty("price").GetRawText(), made.Data().GetProperty("currency").GetString(),
            made.Data().GetProperty("availableFrom").GetString()));
        Assert.Equal(made.Body, (await practice.GetAsync($"{Properties}/{id}")).Body);

        // what was read can be sent back as it is
        var same = await practice.SendAsync(HttpMethod.Patch, $"{Properties}/{id}",
            new StringContent(made.Data().GetRawText(), Encoding.UTF8, "application/json"), null);
        Assert.Equal((200, made.Body), (same.Status, same.Body));
        var changed = await practice.SendAsync(HttpMethod.Patch, $"{Properties}/{id}",
            new StringContent("""{"availableFrom":null,"status":"on_hold"}""", Encoding.UTF8, "application/json"), null);
        Assert.Equal(JsonValueKind.Null, changed.Data().GetProperty("availableFrom").ValueKind);
        Assert.Equal(204, (await practice.DeleteAsync($"{Properties}/{id}")).Status);
        Assert.Equal(404, (await practice.GetAsync($"{Properties}/{id}")).Status);
    }

    [Theory]
    [InlineData("""{"title":null}""", "title")]
    [InlineData("""{"title":""}""", "title")]
    [InlineData("""{"title":7}""", "title")]
    [InlineData("""{"title":"x","price":-1}""", "price")]
    [InlineData("""{"title":"x","price":1e30}""", "price")]
    [InlineData("""{"title":"x","price":"7"}""", "price")]
    [InlineData("""{"title":"x","price":[7]}""", "price")]
    [InlineData("""{"title":"x","bedrooms":1.5}""", "bedrooms")]
    [InlineData("""{"title":"x","petsAllowed":"true"}""", "petsAllowed")]
    [InlineData("""{"title":"x","availableFrom":"2027-02-30"}""", "availableFrom")]
    [InlineData("""{"title":"x","url":"//host/x"}""", "url")]
    [InlineData("""{"title":"x","color":"red"}""", "color")]
    public async Task Record_ThatCannotBe_IsRefusedWithThePlace(string body, string place)
    {
        var practice = await app.PracticeAsync();
        var refused = await practice.PostAsync(Properties, body);
        Assert.Equal((422, place), (refused.Status, refused.Json.GetProperty("errors")[0].GetProperty("path").GetString()));
        Assert.Equal(0, (await practice.GetAsync(Properties)).Json.GetProperty("pagination").GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Text_OfTheMostCharacters_IsTakenAndOneMoreIsNot()
    {
        var practice = await app.PracticeAsync();
        var most = string.Concat(Enumerable.Repeat("😀", 200));
        Assert.Equal(201, (await practice.PostAsync(Properties, $$"""{"title":"{{most}}"}""")).Status);
        Assert.Equal(422, (await practice.PostAsync(Properties, $$"""{"title":"{{most}}x"}""")).Status);
    }

    [Fact]
    public async Task Files_GoOutAndComeIn()
    {
        var practice = await app.PracticeAsync();
        await practice.PostAsync(Properties, """{"title":"=1+1","reference":"A"}""");
        var export = await practice.GetAsync($"{Properties}/export");
        Assert.Equal((200, "text/csv; charset=utf-8", "attachment; filename=\"properties.csv\""),
            (export.Status, export.ContentHeaders.ContentType!.ToString(), export.ContentHeaders.ContentDisposition!.ToString()));
        Assert.Contains(",'=1+1,", export.Body, StringComparison.Ordinal);

        var same = await ImportAsync(practice, "", export.Body);
        Assert.Equal((1, 0, 0), Counts(same));
        var would = await ImportAsync(practice, "?preview=true", "title,reference\nLoft,A\nNew,B\n");
        Assert.Equal((0, 1, 1), Counts(would));
        Assert.Equal("=1+1", (await practice.GetAsync(Properties)).Data()[0].GetProperty("title").GetString());
        Assert.Equal((0, 1, 1), Counts(await ImportAsync(practice, "?preview=false", "title,reference\nLoft,A\nNew,B\n")));
        Assert.Equal(2, (await practice.GetAsync(Properties)).Data().GetArrayLength());
    }

    [Fact]
    public async Task File_InAnotherCharset_IsReadInItOrRefused()
    {
        var practice = await app.PracticeAsync();
        using var latin = new ByteArrayContent(Encoding.Latin1.GetBytes("title\nCafé\n"));
        latin.Headers.TryAddWithoutValidation("Content-Type", "text/csv; charset=iso-8859-1");
        Assert.Equal(200, (await practice.SendAsync(HttpMethod.Post, $"{Properties}/import", latin, null)).Status);
        Assert.Equal("Café", (await practice.GetAsync(Properties)).Data()[0].GetProperty("title").GetString());
        using var wrong = new ByteArrayContent(Encoding.Latin1.GetBytes("title\nCafé\n"));
        wrong.Headers.TryAddWithoutValidation("Content-Type", "text/csv");
        Assert.Equal(422, (await practice.SendAsync(HttpMethod.Post, $"{Properties}/import", wrong, null)).Status);
    }

    [Fact]
    public async Task Key_WithoutTheScope_GetsNothing()
    {
        var practice = await app.PracticeAsync("service.workflows.workflows.view");
        Assert.Equal(403, (await practice.GetAsync(Properties)).Status);
        Assert.Equal(403, (await practice.GetAsync($"{Properties}/export")).Status);
        Assert.Equal(403, (await practice.PostAsync(Properties, """{"title":"x"}""")).Status);
    }

    [Fact]
    public async Task Property_ThatIsAdded_StartsWhoListens()
    {
        var practice = await app.PracticeAsync();
        var workflow = await practice.PostAsync("/api/v1/workflows", """
            {"name":"Told","trigger":{"type":"event","event":"property.created"},
             "nodes":[{"id":"s","type":"set","config":{"values":{"what":"{{ $initialPayload.title }}"}}}],
             "link_connections":[{"from":"trigger","to":"s"}],"status":"active"}
            """);
        Assert.True(workflow.Status == 201, workflow.Body);
        await practice.PostAsync(Properties, """{"title":"Loft"}""");
        var log = await practice.GetAsync("/api/v1/trigger-log?event=property.created");
        Assert.Equal("started", log.Data()[0].GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Run_ForAProperty_KnowsWhatIsKnownOfIt()
    {
        var practice = await app.PracticeAsync();
        var property = (await practice.PostAsync(Properties, """{"title":"Loft","address":"12 Main St","price":1450}""")).Data()
            .GetProperty("id").GetString()!;
        var workflow = await practice.MakeAsync(
            """
            {"name":"Blast","triggerType":"manual",
             "steps":[{"type":"send_message","config":{"text":"{property.title}: {property.address}"}}]}
            """);
        var run = (await RunTests.StartAsync(practice, workflow, await RunTests.ContactAsync(practice), property)).Id();
        using var patience = new CancellationTokenSource(EngineHarness.Patience);
        Reply read;
        do read = await practice.GetAsync($"/api/v1/workflows/runs/{run}");
        while (read.Data().GetProperty("status").GetString() is not ("completed" or "failed") && !patience.IsCancellationRequested);
        Assert.Equal("completed", read.Data().GetProperty("status").GetString());
        var sent = (await app.Get<WorkflowStudio.Operations.Practice.ReadOutbox>().PageAsync(practice.Owner, null, null, default)).Value!;
        Assert.Equal("Loft: 12 Main St", sent.Items[0].Body);
    }

    private static async Task<Reply> ImportAsync(TestPractice practice, string query, string text)
    {
        var reply = await practice.SendAsync(
            HttpMethod.Post, $"{Properties}/import{query}", new StringContent(text, Encoding.UTF8, "text/csv"), null);
        Assert.True(reply.Status == 200, reply.Body);
        return reply;
    }

    private static (int Same, int Changed, int Added) Counts(Reply report) => (report.Data().GetProperty("same").GetInt32(),
        report.Data().GetProperty("changed").GetInt32(), report.Data().GetProperty("added").GetInt32());
}
