using WorkflowStudio.Engine.Nodes.Messaging;
using WorkflowStudio.Engine.Practice.Notifications;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Messaging;

public sealed class NotifyAgentNodeTests : IDisposable
{
    private readonly PracticeFixture practice = new();
    private readonly NotificationStore notifications;

    public NotifyAgentNodeTests() =>
        notifications = new NotificationStore(practice.Writer, practice, practice.Ids, practice.Clock);

    public void Dispose() => practice.Dispose();

    [Theory]
    [InlineData("", 0, false)]
    [InlineData("desk@example.test", 1, true)]
    [InlineData("+1 713 555 0123", 1, true)]
    [InlineData("Front desk", 0, false)]
    public async Task Agent_IsToldInTheStudioAndWhereTheyAreReached(string to, int messages, bool sent)
    {
        var output = await new NodeCall(
            practice, new NotifyAgentNode(notifications, practice.Messenger, practice.Contacts), $$"""{"message":"Wants a showing.","to":"{{to}}"}""")
            .OutputAsync();

        var told = Assert.Single((await notifications.ListAsync(practice.Tenant, unread: false, null, 9, default)).Items);
        Assert.Equal(("Maria Lopez needs you", "Wants a showing.\n\nMaria Lopez (+17135550142, maria.lopez@example.test)"),
            (told.Title, told.Text));
        Assert.Equal((messages, sent), ((await practice.Outbox.ListAsync(practice.Tenant, null, null, 9, default)).Total,
            output.GetProperty("sent").GetBoolean()));
    }

}
