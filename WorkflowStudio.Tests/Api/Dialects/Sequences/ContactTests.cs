using System.Text.Json;
using WorkflowStudio.Tests.Api.Dialects.Graph;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Sequences;

/// <summary>Contacts, and the timeline that graph reads of one.</summary>
[Collection(StudioAppTests.Name)]
public sealed class ContactTests(StudioApp app)
{
    private const string Contacts = "/api/v1/contacts";

    [Fact]
    public async Task Contact_IsMadeReadChangedAndRemoved()
    {
        var practice = await app.PracticeAsync();
        var made = await practice.PostAsync(
            Contacts, """{"firstName":"Maria","lastName":"Lopez","email":"Maria@Example.org","phone":"713 555 0142"}""");
        Assert.Equal(201, made.Status);
        var id = made.Id();
        Assert.True(Guid.TryParseExact(id, "D", out _));
        Assert.Equal($"{Contacts}/{id}", made.Headers.Location!.ToString());
        Assert.Equal(("Maria Lopez", "maria@example.org", "+17135550142"), (made.Data().GetProperty("name").GetString(),
            made.Data().GetProperty("email").GetString(), made.Data().GetProperty("phone").GetString()));
        Assert.Equal(made.Body, (await practice.GetAsync($"{Contacts}/{id}")).Body);
        var changed = await ChangeAsync(practice, id, """{"lastName":"Diaz","phone":null,"unknown":1}""");
        Assert.Equal(("Maria Diaz", JsonValueKind.Null, "maria@example.org"), (changed.Data().GetProperty("name").GetString(),
            changed.Data().GetProperty("phone").ValueKind, changed.Data().GetProperty("email").GetString()));
        Assert.Equal("New Name", (await ChangeAsync(practice, id, """{"name":"New Name"}""")).Data().GetProperty("name").GetString());
        Assert.Equal(204, (await practice.DeleteAsync($"{Contacts}/{id}")).Status);
        Assert.Equal(404, (await practice.GetAsync($"{Contacts}/{id}")).Status);
    }

    [Theory]
    [InlineData("{}", "name")]
    [InlineData("""{"email":"nobody"}""", "email")]
    [InlineData("""{"name":"X","phone":"12"}""", "phone")]
    [InlineData("""{"name":7}""", "name")]
    [InlineData(201, "firstName")]
    public async Task Contact_ThatCannotBe_IsRefusedWithThePlace(object body, string place)
    {
        var refused = await (await app.PracticeAsync()).PostAsync(
            Contacts, body as string ?? $$"""{"firstName":"{{new string('x', (int)body)}}"}""");
        Assert.Equal(422, refused.Status);
        Assert.Equal(place, refused.Json.GetProperty("errors")[0].GetProperty("path").GetString());
    }

    [Fact]
    public async Task List_IsPagedAndSearched()
    {
        var practice = await app.PracticeAsync();
        foreach (var name in new[] { "Ann", "Ben", "Cleo" }) await RunTests.ContactAsync(practice, name);
        var page = (await practice.GetAsync($"{Contacts}?limit=2")).Json;
        Assert.Equal("""{"page":1,"limit":2,"total":3,"totalPages":2}""", page.GetProperty("pagination").GetRawText());
        Assert.Equal(["Cleo", "Ben"], page.GetProperty("data").EnumerateArray().Select(c => c.GetProperty("name").GetString()));
        Assert.Equal("Ann", (await practice.GetAsync($"{Contacts}?search=an")).Data()[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Contact_WithAnUnfinishedRun_IsNotRemoved()
    {
        var practice = await app.PracticeAsync();
        var contact = await RunTests.ContactAsync(practice);
        var workflow = await practice.MakeAsync(
            """{"name":"Waits","triggerType":"manual","steps":[{"type":"wait","config":{"duration":"24h"}}]}""");
        Assert.Equal(201, (await RunTests.StartAsync(practice, workflow, contact)).Status);
        var refused = await practice.DeleteAsync($"{Contacts}/{contact}");
        Assert.Equal((409, "contact_in_use"), (refused.Status, refused.Text("code")));
    }

    [Fact]
    public async Task Timeline_IsReadByEmailOrPhoneAndByIdWhereGraphIsSpoken()
    {
        var practice = await app.PracticeAsync();
        var made = await practice.PostAsync(Contacts, """{"name":"Maria Lopez","email":"maria@example.org","phone":"+17135550142"}""");
        var workflow = await practice.MakeAsync(
            """{"name":"Waits","triggerType":"manual","steps":[{"type":"wait","config":{"duration":"24h"}}]}""");
        var run = (await RunTests.StartAsync(practice, workflow, made.Id())).Id();
        var graph = GraphClients.Practice(app, practice.Owner, practice.Key);
        foreach (var reply in new[]
        {
            await practice.GetAsync($"{Contacts}/maria@example.org"), await practice.GetAsync($"{Contacts}/+17135550142"),
            await practice.GetAsync($"{Contacts}/MARIA%40example.org"), await graph.GetAsync($"{Contacts}/{made.Id()}"),
        })
        {
            Assert.Equal((200, "success"), (reply.Status, reply.Text("status")));
            var contact = reply.Json.GetProperty("contact");
            Assert.Equal((made.Id(), "Maria"), (contact.GetProperty("id").GetString(), contact.GetProperty("first_name").GetString()));
            Assert.Equal("exe_" + run[4..], contact.GetProperty("timeline")[0].GetProperty("execution_id").GetString());
        }

        Assert.Equal(404, (await practice.GetAsync($"{Contacts}/other@example.org")).Status);
        Assert.Equal("error", (await graph.GetAsync($"{Contacts}/other@example.org")).Text("status"));
    }

    private static Task<Reply> ChangeAsync(TestPractice practice, string id, string body) => practice.SendAsync(
        HttpMethod.Patch, $"{Contacts}/{id}", new StringContent(body, System.Text.Encoding.UTF8, "application/json"), null);
}
