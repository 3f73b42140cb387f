using System.Text;
using System.Text.Json;
using WorkflowStudio.Tests.Api.Dialects.Sequences;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Practice;

/// <summary>Conversations, notifications, and contacts that are made one, over HTTP.</summary>
[Collection(StudioAppTests.Name)]
public sealed class ConversationTests(StudioApp app)
{
    private const string Conversations = "/api/v1/conversations";
    private const string Messages = "/api/v1/messages";
    private const string Notifications = "/api/v1/notifications";

    [Fact]
    public async Task Conversation_GathersWhatCameAndWhatWentOut()
    {
        var practice = await app.PracticeAsync();
        var maria = await ContactAsync(practice, "Maria", "+1 713 555 0142");
        var came = (await practice.PostAsync(Messages, """{"from":"(713) 555-0142","channel":"sms","body":"Are you open?"}""")).Data();
        var talk = Assert.Single((await practice.GetAsync($"{Conversations}?isUnread=true")).Json.GetProperty("data").EnumerateArray());
        var path = $"{Conversations}/{talk.GetProperty("id").GetString()}";
        Assert.Equal(("+17135550142", maria, "Maria Lopez", 1, true, "in", came.GetProperty("id").GetString()), (
            talk.GetProperty("address").GetString(), talk.GetProperty("contactId").GetString(),
            talk.GetProperty("contactName").GetString(), talk.GetProperty("unread").GetInt32(), talk.GetProperty("isOpen").GetBoolean(),
            talk.GetProperty("lastMessage").GetProperty("direction").GetString(),
            talk.GetProperty("lastMessage").GetProperty("id").GetString()));

        var sent = await practice.PostAsync($"{path}/messages", """{"body":"Until six."}""", "answer");
        Assert.Equal((201, "out", "captured", "+17135550142"), (sent.Status, sent.Data().GetProperty("direction").GetString(),
            sent.Data().GetProperty("status").GetString(), sent.Data().GetProperty("to").GetString()));
        Assert.Equal(sent.Body, (await practice.PostAsync($"{path}/messages", """{"body":"Until six."}""", "answer")).Body);
        var all = (await practice.GetAsync($"{path}/messages")).Json;
        Assert.Equal(["Until six.", "Are you open?"], Bodies(all));
        Assert.Equal(2, all.GetProperty("pagination").GetProperty("total").GetInt32());
        // whoever answers has read what came
        Assert.Equal(0, (await practice.GetAsync(path)).Data().GetProperty("unread").GetInt32());
        Assert.Equal(["Until six."], Bodies((await practice.GetAsync($"{Messages}?direction=out&contactId={maria}")).Json));
        Assert.Equal(["Until six.", "Are you open?"], Bodies((await practice.GetAsync($"{Messages}?direction=all")).Json));

        Assert.False((await PatchAsync(practice, path, """{"isOpen":false}""")).Data().GetProperty("isOpen").GetBoolean());
        Assert.Empty((await practice.GetAsync($"{Conversations}?isOpen=true")).Json.GetProperty("data").EnumerateArray());
        await practice.PostAsync(Messages, """{"from":"+17135550142","channel":"sms","body":"Thanks"}""");
        var again = (await practice.GetAsync(path)).Data();
        Assert.Equal((true, 1), (again.GetProperty("isOpen").GetBoolean(), again.GetProperty("unread").GetInt32()));
        Assert.Equal(0, (await PatchAsync(practice, path, """{"isRead":true}""")).Data().GetProperty("unread").GetInt32());

        var other = await app.PracticeAsync();
        Assert.Equal((404, 404, 404, 404), ((await other.GetAsync(path)).Status, (await other.DeleteAsync(path)).Status,
            (await PatchAsync(other, path, """{"isOpen":true}""")).Status,
            (await other.PostAsync($"{path}/messages", """{"body":"Hi"}""")).Status));
        Assert.Equal((404, 404), ((await other.GetAsync($"{Messages}/{came.GetProperty("id").GetString()}")).Status,
            (await other.DeleteAsync($"{Messages}/{came.GetProperty("id").GetString()}")).Status));
        Assert.Equal((204, 404), ((await practice.DeleteAsync(path)).Status, (await practice.GetAsync(path)).Status));
        Assert.Empty(Bodies((await practice.GetAsync($"{Messages}?direction=all")).Json));
    }

    [Fact]
    public async Task Conversation_IsBegunByHand_Once_AndSaysWhoseItIs()
    {
        var practice = await app.PracticeAsync();
        var made = await practice.PostAsync(
            Conversations, """{"channel":"email","address":"Ines <Ines@Example.org>","subject":"Your visit","body":"See you!"}""");
        Assert.Equal((201, "ines@example.org", "Your visit"), (made.Status, made.Data().GetProperty("address").GetString(),
            made.Data().GetProperty("lastMessage").GetProperty("subject").GetString()));
        var path = made.Headers.Location!.ToString();
        var known = await practice.PostAsync(Conversations, """{"channel":"email","address":"ines@example.org"}""");
        Assert.Equal((200, path), (known.Status, known.Headers.Location!.ToString()));
        Assert.Equal("Re: Your visit", (await practice.PostAsync($"{path}/messages", """{"body":"And bring it."}""")).Data()
            .GetProperty("subject").GetString());

        var ines = await ContactAsync(practice, "Ines", "+1 713 555 0166");
        var told = await PatchAsync(practice, path, $$"""{"contactId":"{{ines}}"}""");
        Assert.Equal(ines, told.Data().GetProperty("contactId").GetString());
        // what comes from there from now on is hers
        var came = (await practice.PostAsync(Messages, """{"from":"ines@example.org","body":"I will"}""")).Data();
        Assert.Equal(ines, came.GetProperty("contactId").GetString());
        Assert.Equal(422, (await PatchAsync(practice, path, """{"contactId":"0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001"}""")).Status);
    }

    [Theory]
    [InlineData("{}", "channel")]
    [InlineData("""{"channel":"fax","address":"1"}""", "channel")]
    [InlineData("""{"channel":"sms"}""", "address")]
    [InlineData("""{"channel":"sms","address":"12"}""", "address")]
    [InlineData("""{"channel":"email","address":"a@b\r\nBcc: c@d"}""", "address")]
    [InlineData("""{"channel":"sms","contactId":"0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001"}""", "contactId")]
    [InlineData("""{"channel":"sms","contactId":7}""", "contactId")]
    [InlineData("""{"channel":"sms","address":"+17135550142","body":7}""", "body")]
    [InlineData("""{"channel":"sms","address":"+17135550142","body":" "}""", "body")]
    [InlineData("""{"channel":"email","address":"a@b.example","body":"x","subject":"a\r\nBcc: c@d.example"}""", "subject")]
    [InlineData("""{"channel":"sms","adress":"+17135550142"}""", "adress")]
    public async Task WrongBeginning_IsRefusedAtItsField(string body, string field)
    {
        var practice = await app.PracticeAsync();
        var reply = await practice.PostAsync(Conversations, body);
        Assert.Equal(422, reply.Status);
        Assert.Contains($"\"{field}\"", reply.Body, StringComparison.Ordinal);
        Assert.Empty(Bodies((await practice.GetAsync($"{Messages}?direction=out")).Json));
    }

    [Fact]
    public async Task LongSms_AndUnknownFilters_AreRefused()
    {
        var practice = await app.PracticeAsync();
        var talk = (await practice.PostAsync(Conversations, """{"channel":"sms","address":"+17135550142"}""")).Headers.Location!.ToString();
        var tooLong = await practice.PostAsync($"{talk}/messages", $$"""{"body":"{{new string('x', 1_531)}}"}""");
        Assert.Equal((422, true), (tooLong.Status, tooLong.Body.Contains("1531 characters", StringComparison.Ordinal)));
        Assert.Equal(422, (await practice.GetAsync($"{Conversations}?channel=fax&isOpen=perhaps")).Status);
        Assert.Equal(422, (await practice.GetAsync($"{Messages}?direction=up&at[gte]=soon")).Status);
    }

    [Fact]
    public async Task Notification_IsToldReadAndRemoved()
    {
        var practice = await app.PracticeAsync();
        var made = await practice.PostAsync(Notifications, """{"title":"Paper is out","text":"Order some.","level":"warning"}""", "paper");
        Assert.Equal((201, "warning", false), (made.Status, made.Data().GetProperty("level").GetString(),
            made.Data().GetProperty("isRead").GetBoolean()));
        Assert.Equal(made.Body, (await practice.PostAsync(
            Notifications, """{"title":"Paper is out","text":"Order some.","level":"warning"}""", "paper")).Body);
        var path = made.Headers.Location!.ToString();
        Assert.Single((await practice.GetAsync($"{Notifications}?isRead=false&level=warning")).Json.GetProperty("data").EnumerateArray());
        Assert.True((await PatchAsync(practice, path, """{"isRead":true}""")).Data().GetProperty("isRead").GetBoolean());
        Assert.Empty((await practice.GetAsync($"{Notifications}?isRead=false")).Json.GetProperty("data").EnumerateArray());
        Assert.False((await PatchAsync(practice, path, """{"isRead":false}""")).Data().GetProperty("isRead").GetBoolean());

        Assert.Equal((422, 422, 422, 422), (
            (await practice.PostAsync(Notifications, "{}")).Status,
            (await practice.PostAsync(Notifications, """{"title":"a\nb","level":"loud","titel":1}""")).Status,
            (await PatchAsync(practice, path, "{}")).Status, (await PatchAsync(practice, path, """{"title":"Other"}""")).Status));
        var other = await app.PracticeAsync();
        Assert.Equal((404, 404, 404), ((await other.GetAsync(path)).Status, (await other.DeleteAsync(path)).Status,
            (await PatchAsync(other, path, """{"isRead":true}""")).Status));
        Assert.Equal((204, 404), ((await practice.DeleteAsync(path)).Status, (await practice.GetAsync(path)).Status));
    }

    [Fact]
    public async Task Contacts_ThatAreOnePerson_AreFoundAndMadeOne()
    {
        var practice = await app.PracticeAsync();
        var kept = await ContactAsync(practice, "Maria", "+17135550142");
        var other = (await practice.PostAsync("/api/v1/contacts",
            """{"firstName":"maria","phone":"+17135550142","email":"maria@example.org"}""")).Data().GetProperty("id").GetString()!;
        await ContactAsync(practice, "Jorge", "+17135550142"); // a family's phone
        await practice.PostAsync(Messages, $$"""{"contactId":"{{other}}","channel":"email","body":"Hello"}""");
        var group = Assert.Single((await practice.GetAsync("/api/v1/contacts/doubles")).Json.GetProperty("data").EnumerateArray());
        Assert.Equal([kept, other], group.GetProperty("contacts").EnumerateArray().Select(c => c.GetProperty("id").GetString()));

        var merged = await practice.PostAsync($"/api/v1/contacts/{kept}/merge", $$"""{"contactId":"{{other}}"}""");
        Assert.Equal((200, kept, "maria@example.org"), (merged.Status, merged.Data().GetProperty("id").GetString(),
            merged.Data().GetProperty("email").GetString()));
        Assert.Equal(kept, (await practice.GetAsync($"/api/v1/contacts/{other}")).Data().GetProperty("id").GetString());
        Assert.Equal(["Hello"], Bodies((await practice.GetAsync($"{Messages}?contactId={kept}")).Json));
        Assert.Empty((await practice.GetAsync("/api/v1/contacts/doubles")).Json.GetProperty("data").EnumerateArray());

        Assert.Equal((422, 422, 422, 404), (
            (await practice.PostAsync($"/api/v1/contacts/{kept}/merge", $$"""{"contactId":"{{kept}}"}""")).Status,
            (await practice.PostAsync($"/api/v1/contacts/{kept}/merge", "{}")).Status,
            (await practice.PostAsync($"/api/v1/contacts/{kept}/merge", $$"""{"contactId":"{{other}}"}""")).Status,
            (await (await app.PracticeAsync()).PostAsync($"/api/v1/contacts/{kept}/merge", $$"""{"contactId":"{{kept}}"}""")).Status));
    }

    private static IEnumerable<string?> Bodies(JsonElement page) =>
        page.GetProperty("data").EnumerateArray().Select(m => m.GetProperty("body").GetString()).ToArray();

    private static async Task<string> ContactAsync(TestPractice practice, string name, string phone) => (await practice.PostAsync(
        "/api/v1/contacts", $$"""{"firstName":"{{name}}","lastName":"Lopez","phone":"{{phone}}"}""")).Data().GetProperty("id").GetString()!;

    private static Task<Reply> PatchAsync(TestPractice practice, string path, string body) =>
        practice.SendAsync(HttpMethod.Patch, path, new StringContent(body, Encoding.UTF8, "application/json"), null);
}
