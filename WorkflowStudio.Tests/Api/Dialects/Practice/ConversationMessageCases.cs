using System.Text;
using WorkflowStudio.Tests.Api.Dialects.Graph;

namespace WorkflowStudio.Tests.Api.Dialects.Practice;

/// <summary>The messages of conversations, documents and notifications that are recorded.</summary>
internal static class ConversationMessageCases
{
    private const string Conversations = "/api/v1/conversations";
    private const string Documents = "/api/v1/documents";
    private const string Notifications = "/api/v1/notifications";
    private const string Nobody = "0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001";

    public static IReadOnlyList<MessageCase> All { get; } =
    [
        new("conversation_create", p => p.PostAsync(
            Conversations, """{"channel":"sms","address":"(713) 555-0142","body":"Your paper is ready."}""")),
        new("conversation_create_again", async p =>
        {
            await MakeAsync(p);
            return await p.PostAsync(Conversations, """{"channel":"email","address":"ines@example.org"}""");
        }),
        new("conversation_refused", p => p.PostAsync(Conversations, """{"channel":"fax","adress":"x"}""")),
        new("conversation_list", async p =>
        {
            await p.Practice.PostAsync("/api/v1/messages", """{"from":"+17135550142","body":"Are you open?","channel":"sms"}""");
            return await p.GetAsync($"{Conversations}?isUnread=true&channel=sms");
        }),
        new("conversation_list_refused", p => p.GetAsync($"{Conversations}?channel=fax&isOpen=perhaps")),
        new("conversation_read", async p => await p.GetAsync($"{Conversations}/{await MakeAsync(p)}")),
        new("conversation_unknown", p => p.GetAsync($"{Conversations}/{Nobody}")),
        new("conversation_update", async p => await PatchAsync(p, $"{Conversations}/{await MakeAsync(p)}", """{"isOpen":false}""")),
        new("conversation_delete", async p => await p.SendAsync(HttpMethod.Delete, $"{Conversations}/{await MakeAsync(p)}", null)),
        new("conversation_write", async p =>
            await p.PostAsync($"{Conversations}/{await MakeAsync(p)}/messages", """{"subject":"Your visit","body":"See you!"}""")),
        new("conversation_write_refused", async p =>
            await p.PostAsync($"{Conversations}/{await MakeAsync(p)}/messages", """{"body":""}""")),
        new("conversation_messages", async p =>
        {
            var id = await MakeAsync(p);
            await p.Practice.PostAsync($"{Conversations}/{id}/messages", """{"subject":"Your visit","body":"See you!"}""");
            return await p.GetAsync($"{Conversations}/{id}/messages");
        }),
        new("document_create", p => p.SendAsync(HttpMethod.Post, Documents, Paper())),
        new("document_refused", p => p.PostAsync(Documents)),
        new("document_list", async p =>
        {
            await PutAsync(p);
            return await p.GetAsync($"{Documents}?search=invoice&hasFields=false");
        }),
        new("document_read", async p => await p.GetAsync($"{Documents}/{await PutAsync(p)}")),
        new("document_unknown", p => p.GetAsync($"{Documents}/{Nobody}/text")),
        new("document_update", async p =>
            await PatchAsync(p, $"{Documents}/{await PutAsync(p)}", """{"name":"Invoice 8.txt","fields":{"total":120}}""")),
        new("document_text", async p => await p.GetAsync($"{Documents}/{await PutAsync(p)}/text")),
        new("document_content", async p => await p.GetAsync($"{Documents}/{await PutAsync(p, "application/octet-stream")}/content")),
        new("document_delete", async p => await p.SendAsync(HttpMethod.Delete, $"{Documents}/{await PutAsync(p)}", null)),
        new("notification_create", p => p.PostAsync(
            Notifications, """{"title":"The scanner is out of order","text":"Use the one upstairs.","level":"warning"}""")),
        new("notification_refused", p => p.PostAsync(Notifications, """{"level":"loud","titel":"x"}""")),
        new("notification_list", async p =>
        {
            await TellAsync(p);
            return await p.GetAsync($"{Notifications}?isRead=false");
        }),
        new("notification_read", async p => await p.GetAsync($"{Notifications}/{await TellAsync(p)}")),
        new("notification_update", async p => await PatchAsync(p, $"{Notifications}/{await TellAsync(p)}", """{"isRead":true}""")),
        new("notification_delete", async p => await p.SendAsync(HttpMethod.Delete, $"{Notifications}/{await TellAsync(p)}", null)),
    ];

    private static async Task<string> MakeAsync(MessagePlay play) => Id(await play.Practice.PostAsync(
        Conversations, """{"channel":"email","address":"ines@example.org"}"""));

    private static async Task<string> TellAsync(MessagePlay play) => Id(await play.Practice.PostAsync(
        Notifications, """{"title":"The scanner is out of order"}"""));

    private static async Task<string> PutAsync(MessagePlay play, string type = "text/plain") =>
        Id(await play.Practice.SendAsync(HttpMethod.Post, Documents, Paper(type), null));

    private static StringContent Paper(string type = "text/plain")
    {
        var form = new StringContent(
            "--form\r\nContent-Disposition: form-data; name=\"file\"; filename=\"invoice 7.txt\"\r\n"
            + $"Content-Type: {type}\r\n\r\nInvoice 7, total 120.00\r\n--form--\r\n", Encoding.UTF8);
        form.Headers.Remove("Content-Type");
        form.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=form");
        return form;
    }

    private static string Id(Support.Reply made)
    {
        Assert.True(made.Status == 201, made.Body);
        return made.Json.GetProperty("data").GetProperty("id").GetString()!;
    }

    private static Task<string> PatchAsync(MessagePlay play, string path, string body) =>
        play.SendAsync(HttpMethod.Patch, path, new StringContent(body, Encoding.UTF8, "application/json"));
}
