using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Messages.Mailboxes;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Practice.Messages.Mailboxes;

public abstract class MailboxFollowTests(TestStore store) : PracticeSuite(store), IAsyncLifetime
{
    private MailboxDesk desk = null!;

    public new async Task InitializeAsync()
    {
        await base.InitializeAsync();
        desk = await MailboxDesk.OpenAsync(practice);
    }

    public new async Task DisposeAsync()
    {
        await desk.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Mailbox_IsReadFromNowOn_AndEachMailOnce()
    {
        desk.Server.Put(MailboxDesk.Mail("of last year", "old@example.test"));
        Assert.Equal(0, await desk.ReadAsync());
        desk.Server.Put(MailboxDesk.Mail("Yes, Thursday"));
        desk.Server.Put(MailboxDesk.Mail("At 3", "m2@example.test"));

        Assert.Equal(2, await desk.ReadAsync());
        Assert.Equal(0, await desk.ReadAsync());
        Assert.Equal(["Yes, Thursday", "At 3"], (await desk.CameAsync()).Select(m => m.Body));
    }

    // the server is killed after a mail was taken and before that was remembered
    [Fact]
    public async Task Mail_ThatWasTakenAndNotRemembered_IsTakenOnce()
    {
        await desk.ReadAsync();
        desk.Server.Put(MailboxDesk.Mail("Yes, Thursday"));
        desk.Server.Put("From: maria.lopez@example.test\nSubject: x\n\nWithout an id");
        await desk.ReadAsync();
        await practice.Writer.WriteAsync(w => w.Db.Mailboxes.First().Last = 0);

        Assert.Equal(2, await desk.ReadAsync());
        Assert.Equal(2, (await desk.CameAsync()).Count);
    }

    [Fact]
    public async Task Mail_OfSomebodyElseWithTheSameId_IsAnother()
    {
        await desk.ReadAsync();
        desk.Server.Put(MailboxDesk.Mail("Mine", from: "mallory@example.test"));
        desk.Server.Put(MailboxDesk.Mail("Yes, Thursday"));
        await desk.ReadAsync();

        Assert.Equal(["Mine", "Yes, Thursday"], (await desk.CameAsync()).Select(m => m.Body));
    }

    [Fact]
    public async Task Mailbox_NumberedAnew_BeginsAtItsEnd_AndTakesNoMailTwice()
    {
        await desk.ReadAsync();
        desk.Server.Put(MailboxDesk.Mail("Yes, Thursday"));
        await desk.ReadAsync();
        desk.Server.Renumber(validity: 7, from: 1_000);
        Assert.Equal(0, await desk.ReadAsync());
        desk.Server.Put(MailboxDesk.Mail("Yes, Thursday"));
        desk.Server.Put(MailboxDesk.Mail("At 3", "m2@example.test"));

        Assert.Equal(2, await desk.ReadAsync());
        Assert.Equal(["Yes, Thursday", "At 3"], (await desk.CameAsync()).Select(m => m.Body));
    }

    [Fact]
    public async Task Mailbox_ThatIsAnother_BeginsAtItsEnd()
    {
        await desk.ReadAsync();
        desk.Server.Put(MailboxDesk.Mail("in the inbox"));
        await desk.ConnectAsync("Answers");
        Assert.Equal(0, await desk.ReadAsync());
        Assert.Empty(await desk.CameAsync());
    }

    [Fact]
    public async Task Mail_ThatTheServerKeepsToItself_IsLeftOut_AndNotAskedForAgain()
    {
        await desk.ReadAsync();
        desk.Server.Put(MailboxDesk.Mail("never"));
        desk.Server.Put(MailboxDesk.Mail("At 3", "m2@example.test"));
        desk.Server.Hears = command => command.StartsWith("UID FETCH 1 ", StringComparison.Ordinal) ? "TAG NO broken" : null;
        await desk.ReadAsync();
        desk.Server.Hears = null;
        await desk.ReadAsync();

        Assert.Equal("At 3", Assert.Single(await desk.CameAsync()).Body);
    }

    [Fact]
    public async Task Connection_ThatBreaks_GoesOnWhereItWas()
    {
        await desk.ReadAsync();
        desk.Server.Put(MailboxDesk.Mail("Yes, Thursday"));
        desk.Server.Put(MailboxDesk.Mail("At 3", "m2@example.test"));
        desk.Server.Hears = command => command.StartsWith("UID FETCH 2 ", StringComparison.Ordinal) ? "drop" : null;
        Assert.Equal("mail_unreachable", (await desk.Follow.RunOnceAsync(desk.Workspace, default)).Problem!.Code);
        Assert.Single(await desk.CameAsync());
        desk.Server.Hears = null;

        Assert.Equal(1, await desk.ReadAsync());
        Assert.Equal(["Yes, Thursday", "At 3"], (await desk.CameAsync()).Select(m => m.Body));
    }

    [Fact]
    public async Task Mailbox_IsReadByOneNode()
    {
        var other = desk.Another();
        Assert.Equal(0, await desk.ReadAsync());
        Assert.False(await other.Book.HoldAsync(desk.Workspace, default));
        Assert.Equal((null, null), await other.Follow.RunOnceAsync(desk.Workspace, default) is var a ? (a.Value, a.Problem) : default);

        practice.Clock.Advance(MailboxBook.Hold);
        Assert.Equal(0, await other.ReadAsync());
        // the first one wakes up again
        Assert.False(await desk.Book.AdvanceAsync(desk.Workspace, 1, 9, default));
        Assert.False(await desk.Book.HoldAsync(desk.Workspace, default));
        await other.Book.ReleaseAsync(desk.Workspace);
        Assert.True(await desk.Book.HoldAsync(desk.Workspace, default));
    }

    [Fact]
    public async Task Watch_ReadsWhatIsConnected_AsItComes()
    {
        var news = new NodeNews();
        using var watch = desk.Watch(news);
        await watch.StartAsync(default);
        await Eventually(() => Task.FromResult(desk.Server.Idling == 1));
        desk.Server.Put(MailboxDesk.Mail("Yes, Thursday"));
        await Eventually(async () => (await desk.CameAsync()).Count == 1);

        // another connection is felt at once, one that is taken away, too
        practice.Clock.Advance(TimeSpan.FromSeconds(1));
        await desk.ConnectAsync("Answers");
        news.TellChanged(NodeNews.Connection, desk.Workspace);
        await Eventually(() => Task.FromResult(desk.Server.Heard.Contains("EXAMINE Answers")));
        await Eventually(() => Task.FromResult(desk.Server.Idling == 1));
        await practice.Writer.WriteAsync(w =>
        {
            w.Db.Connections.RemoveRange(w.Db.Connections);
            return 0;
        });
        news.TellChanged(NodeNews.Connection, desk.Workspace);
        await Eventually(() => Task.FromResult(desk.Server.Idling == 0));
        await Eventually(async () => await MailboxAsync() is null);
        await watch.StopAsync(default);
    }

    [Fact]
    public async Task Watch_ThatStops_GivesTheMailboxBack()
    {
        using var watch = desk.Watch(new NodeNews());
        await watch.StartAsync(default);
        await Eventually(() => Task.FromResult(desk.Server.Idling == 1));
        await watch.StopAsync(default);

        Assert.Null((await MailboxAsync())!.HeldBy);
    }

    [Fact]
    public async Task Watch_OfAMailboxThatCannotBeRead_SaysWhy_AndTriesAgain()
    {
        desk.Server.Hears = command => command.StartsWith("LOGIN", StringComparison.Ordinal) ? "TAG NO [AUTHENTICATIONFAILED] no" : null;
        using var watch = desk.Watch(new NodeNews());
        await watch.StartAsync(default);
        await Eventually(async () => (await MailboxAsync())?.Said.Length > 0);
        Assert.StartsWith("localhost did not let the studio in", (await MailboxAsync())!.Said, StringComparison.Ordinal);

        desk.Server.Hears = null;
        var looks = 0;
        await Eventually(() =>
        {
            // the time in which a server has to answer is of the same clock
            if (looks++ % 100 == 0) practice.Clock.Advance(TimeSpan.FromSeconds(10));
            return Task.FromResult(desk.Server.Idling == 1);
        });
        Assert.Equal("", (await MailboxAsync())!.Said);
        await watch.StopAsync(default);
    }

    [Fact]
    public async Task Watch_OfTheSandboxAndOfOtherKinds_ReadsNothing()
    {
        await desk.ConnectAsync(environment: StudioEnvironment.Test);
        await desk.ConnectAsync(kind: ConnectionKinds.Smtp);
        using var watch = desk.Watch(new NodeNews());

        Assert.Equal(0, await watch.RunOnceAsync(default));
        Assert.Null(await MailboxAsync());
    }

    private async Task<MailboxRow?> MailboxAsync()
    {
        await using var db = practice.CreateDbContext();
        return await db.Mailboxes.SingleOrDefaultAsync();
    }

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await holds()) await Task.Delay(5, limit.Token);
    }
}
