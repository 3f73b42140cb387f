using WorkflowStudio.Engine.Nodes.Messaging;
using WorkflowStudio.Engine.Practice.Notifications;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Messaging;

public sealed class CreateNotificationNodeTests : IDisposable
{
    private readonly PracticeFixture practice = new();
    private readonly NotificationStore notifications;

    public CreateNotificationNodeTests() =>
        notifications = new NotificationStore(practice.Writer, practice, practice.Ids, practice.Clock);

    public void Dispose() => practice.Dispose();

    [Fact]
    public async Task Notification_IsMadeOnceAndBringsTheSummary()
    {
        var call = new NodeCall(practice, new CreateNotificationNode(notifications), """{"title":"","level":"warning"}""")
            .After("""{"summary":"3 invoices are overdue."}""");
        await call.OutputAsync();
        await call.OutputAsync();

        var told = Assert.Single((await notifications.ListAsync(practice.Tenant, unread: true, null, 9, default)).Items);
        Assert.Equal(("Intake", "3 invoices are overdue.", NotificationLevel.Warning), (told.Title, told.Text, told.Level));
        Assert.True(await notifications.MarkReadAsync(practice.Tenant, told.Id, default));
        Assert.Empty((await notifications.ListAsync(practice.Tenant, unread: true, null, 9, default)).Items);
    }

}
