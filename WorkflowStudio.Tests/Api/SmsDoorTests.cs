using System.Net;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Sms;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Practice.Messages.Conversations;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Connections;
using WorkflowStudio.Operations.Practice;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api;

/// <summary>What an SMS gateway posts to the studio.</summary>
[Collection(StudioAppTests.Name)]
public sealed class SmsDoorTests(StudioApp app)
{
    private const string Token = "t0ken";
    private const string Maria = "+17135550142";

    // the example of the gateway's own documentation
    [Fact]
    public void Signature_IsAsTheGatewayMakesIt() => Assert.Equal("0/KCTR6DLpKmkAf8muzZqo1nDgQ=", TwilioSignature.Of(
        "12345", "https://mycompany.com/myapp.php?foo=1&bar=2",
        Form(("CallSid", "CA1234567890ABCDE"), ("Caller", "+12349013030"), ("Digits", "1234"), ("From", "+12349013030"),
            ("To", "+18005551212"))));

    [Fact]
    public async Task Message_ThatIsSigned_IsTakenOnce()
    {
        var practice = await ConnectedAsync();
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.OK, (await PostAsync(practice, Message("SM1", "Yes, Thursday"))).StatusCode);
        var message = Assert.Single(await KeptAsync(practice));
        Assert.Equal(("Yes, Thursday", Maria, "+17135550100"), (message.Body, message.From, message.To));
    }

    [Fact]
    public async Task Answer_IsTheGatewaysOwnEmptyDocument()
    {
        var practice = await ConnectedAsync();
        var reply = await PostAsync(practice, Message("SM1", ""));
        Assert.Equal(("text/xml; charset=utf-8", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>"),
            (reply.Content.Headers.ContentType!.ToString(), await reply.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Message_ThatIsNotSignedAsItHasToBe_IsRefusedAndNotKept()
    {
        var (practice, other) = (await ConnectedAsync(), await ConnectedAsync());
        var message = Message("SM1", "Hi");
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(practice, message, signature: null)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(practice, message, signature: "nonsense")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(practice, message, Sign(practice, message, "another"))).StatusCode);
        // made for another workspace, and for another text
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(practice, message, Sign(other, message, Token))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden,
            (await PostAsync(practice, message, Sign(practice, Message("SM1", "Ho"), Token))).StatusCode);
        using var client = app.CreateClient();
        using var nobody = new FormUrlEncodedContent(message);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync($"/gateways/sms/{NewIds.Next():N}", nobody)).StatusCode);
        using var json = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType,
            (await client.PostAsync(GatewayCallbacks.PathOf(GatewayCallbacks.Sms, practice.Owner.Tenant.WorkspaceId), json)).StatusCode);
        Assert.Empty(await KeptAsync(practice));
    }

    [Fact]
    public async Task Workspace_WithoutAGateway_TakesNothing()
    {
        var practice = await app.PracticeAsync();
        var message = Message("SM1", "Hi");
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(practice, message, Sign(practice, message, ""))).StatusCode);
    }

    [Fact]
    public async Task Stop_IsObeyedUntilStart()
    {
        var practice = await ConnectedAsync();
        await PostAsync(practice, Message("SM1", "  Stop. "));
        var refused = await SendAsync(practice, "a");
        Assert.Equal("opted_out", refused.Problem?.Code);
        Assert.Equal("+17135550142 has written STOP and gets no SMS. Write an e-mail, or call. Whoever writes START gets them again.",
            refused.Problem?.Message);
        var outbox = (await app.Get<ReadOutbox>().PageAsync(Live(practice), null, null, default)).Value!.Items;
        Assert.Equal((MessageStatus.Failed, refused.Problem?.Message), (Assert.Single(outbox).Status, outbox[0].Said));

        await PostAsync(practice, Message("SM2", "START"));
        Assert.NotEqual("opted_out", (await SendAsync(practice, "a")).Problem?.Code);
    }

    [Fact]
    public async Task Delivery_IsNotedAtTheMessage()
    {
        var practice = await ConnectedAsync();
        var row = new OutboxRow
        {
            Id = NewIds.Next(), WorkspaceId = practice.Owner.Tenant.WorkspaceId, Environment = StudioEnvironment.Live,
            To = Maria, Body = "Hi",
            Status = MessageStatus.Sent, GatewayId = "SM9", CreatedAt = DateTimeOffset.UnixEpoch,
        };
        await app.Get<Engine.Storage.IStudioWriter>().WriteAsync(row.WorkspaceId, w => w.Db.Add(row).Entity.Id, default);

        await PostAsync(practice, Form(("MessageSid", "SM9"), ("MessageStatus", "sent"), ("To", Maria)));
        Assert.Equal(MessageStatus.Sent, await StatusAsync());
        await PostAsync(practice, Form(("MessageSid", "SM9"), ("MessageStatus", "undelivered"), ("To", Maria), ("ErrorCode", "30003")));
        Assert.Equal(MessageStatus.Undelivered, await StatusAsync());
        await PostAsync(practice, Form(("MessageSid", "SM9"), ("MessageStatus", "delivered"), ("To", Maria)));
        Assert.Equal(MessageStatus.Delivered, await StatusAsync());
        await PostAsync(practice, Form(("MessageSid", "SM9"), ("MessageStatus", "failed"), ("To", Maria)));
        Assert.Equal(MessageStatus.Delivered, await StatusAsync());

        async Task<MessageStatus> StatusAsync() =>
            (await app.Get<ReadOutbox>().PageAsync(Live(practice), null, null, default)).Value!.Items[0].Status;
    }

    private async Task<IReadOnlyList<TalkMessage>> KeptAsync(TestPractice practice) => (await app.Get<ReadConversations>()
        .MessagesAsync(Live(practice), new MessageFilter { IsOut = false }, 0, 10, default)).Value!.Items;

    // nothing goes out, or comes in, of the sandbox
    private static Caller Live(TestPractice practice) =>
        practice.Owner with { Tenant = practice.Owner.Tenant with { Environment = StudioEnvironment.Live } };

    private async Task<TestPractice> ConnectedAsync()
    {
        var practice = await app.PracticeAsync();
        var settings = JsonElementOf("""{"endpoint":"https://sms.example.test","account":"AC1","from":"+17135550100"}""");
        var set = await app.Get<SetConnection>().RunAsync(
            Live(practice), new Connection(ConnectionKinds.Sms, "SMS gateway", settings, Token));
        Assert.True(set.Ok, set.Problem?.Message);
        return practice;
    }

    private async Task<Answer<SentMessage>> SendAsync(TestPractice practice, string key) => await app.Services
        .GetRequiredService<IMessenger>().SendAsync(
            Live(practice).Tenant, new OutgoingMessage(MessageChannel.Sms, Maria, "", null, "Hi"), PracticeFixture.Key(key), default);

    private Task<HttpResponseMessage> PostAsync(TestPractice practice, List<KeyValuePair<string, string>> form) =>
        PostAsync(practice, form, Sign(practice, form, Token));

    private async Task<HttpResponseMessage> PostAsync(TestPractice practice, List<KeyValuePair<string, string>> form, string? signature)
    {
        using var client = app.CreateClient();
        using var request = new HttpRequestMessage(
            HttpMethod.Post, GatewayCallbacks.PathOf(GatewayCallbacks.Sms, practice.Owner.Tenant.WorkspaceId));
        request.Content = new FormUrlEncodedContent(form);
        if (signature is not null) request.Headers.Add(TwilioSignature.Header, signature);
        return await client.SendAsync(request);
    }

    private static string Sign(TestPractice practice, List<KeyValuePair<string, string>> form, string token) => TwilioSignature.Of(
        token, "http://localhost" + GatewayCallbacks.PathOf(GatewayCallbacks.Sms, practice.Owner.Tenant.WorkspaceId), form);

    private static List<KeyValuePair<string, string>> Message(string id, string body) =>
        Form(("MessageSid", id), ("SmsStatus", "received"), ("From", Maria), ("To", "+17135550100"), ("Body", body), ("NumMedia", "0"));

    private static List<KeyValuePair<string, string>> Form(params (string, string)[] fields) =>
        [.. fields.Select(f => KeyValuePair.Create(f.Item1, f.Item2))];

    private static System.Text.Json.JsonElement JsonElementOf(string json) => System.Text.Json.JsonElement.Parse(json);
}
