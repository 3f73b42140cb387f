using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Connectors.Mail;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Practice.Messages.Mailboxes;

/// <summary>What an e-mail means, over a mailbox as it is.</summary>
public abstract class IncomingMailTests(TestStore store) : PracticeSuite(store), IAsyncLifetime
{
    private MailboxDesk desk = null!;

    public new async Task InitializeAsync()
    {
        await base.InitializeAsync();
        desk = await MailboxDesk.OpenAsync(practice);
        await desk.ReadAsync();
    }

    public new async Task DisposeAsync()
    {
        await desk.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Mail_OfAContact_IsTheirMessage()
    {
        var maria = await practice.ContactAsync();
        var came = Assert.Single(await TakeAsync(MailboxDesk.Mail("Yes\n\nOn 12/1/26 10:14, Desk wrote:\n> Which?")));

        Assert.Equal((maria.Id, MessageChannel.Email, "maria.lopez@example.test", "Yes", "Re: Which day?"),
            (came.ContactId, came.Channel, came.From, came.Body, came.Subject));
    }

    [Fact]
    public async Task Mail_OfNobodyKnown_IsKept() =>
        Assert.Null(Assert.Single(await TakeAsync(MailboxDesk.Mail("Hello", from: "new@example.test"))).ContactId);

    [Theory]
    [InlineData("Auto-Submitted: auto-replied\n", "Maria <maria.lopez@example.test>")]
    [InlineData("", "noreply@example.test")]
    [InlineData("", "desk@practice.test")]
    [InlineData("", "maria.lopez@example.test, mallory@example.test")]
    public async Task Mail_OfAProgram_OrOfThePractice_OrOfTwo_IsNobodysMessage(string more, string from)
    {
        await desk.ConnectAsync(kind: ConnectionKinds.Smtp);
        Assert.Empty(await TakeAsync(MailboxDesk.Mail("Hello", from: from, more: more)));
    }

    [Fact]
    public async Task Mail_ThatTheStudioWrote_IsNobodysMessage()
    {
        var sent = await desk.SentAsync();
        Assert.Empty(await TakeAsync(MailboxDesk.Mail("Which day?", $"{sent.Id:N}@practice.test", "front@elsewhere.test")));
    }

    [Fact]
    public async Task Answer_FindsTheRunThatWrote()
    {
        var maria = await practice.ContactAsync();
        var (older, newer) = (await RunAsync(maria.Id), await RunAsync(maria.Id));
        var sent = await desk.SentAsync(run: older);

        var came = await TakeAsync(Answer(sent.Id));
        Assert.Equal((older, maria.Id), (Assert.Single(came).RunId, came[0].ContactId));
        // without a word of which it answers, the one that was started last
        Assert.Equal(newer, (await TakeAsync(MailboxDesk.Mail("At 3", "m2@example.test")))[^1].RunId);
    }

    [Fact]
    public async Task Answer_FromAnAddressThatARunWasTold_FindsWhomItIsAbout()
    {
        var maria = await practice.ContactAsync(email: null);
        var run = await RunAsync(maria.Id);
        var sent = await desk.SentAsync("Maria <Private@Example.test>, other@example.test", run);

        var came = Assert.Single(await TakeAsync(Answer(sent.Id, "private@example.test")));
        Assert.Equal((run, maria.Id), (came.RunId, came.ContactId));
    }

    [Fact]
    public async Task Answer_ToARunThatIsOver_IsForWhoeverWaits()
    {
        var maria = await practice.ContactAsync();
        var (over, waits) = (await RunAsync(maria.Id, isOver: true), await RunAsync(maria.Id));
        var sent = await desk.SentAsync(run: over);

        Assert.Equal(waits, Assert.Single(await TakeAsync(Answer(sent.Id))).RunId);
    }

    [Fact]
    public async Task Answer_OfSomebodyElse_ReachesNoRun()
    {
        var maria = await practice.ContactAsync();
        var sent = await desk.SentAsync(run: await RunAsync(maria.Id));

        var came = Assert.Single(await TakeAsync(Answer(sent.Id, "mallory@example.test")));
        Assert.Equal((null, null), (came.RunId, came.ContactId));
    }

    [Fact]
    public async Task Answer_NamingAnotherWorkspacesMessage_ReachesNoRun()
    {
        var maria = await practice.ContactAsync();
        var elsewhere = practice.Ids.New();
        var theirs = await RunAsync(practice.Ids.New(), workspace: elsewhere);
        var sent = await desk.SentAsync(run: theirs, workspace: elsewhere);

        var came = Assert.Single(await TakeAsync(Answer(sent.Id)));
        Assert.Equal((null, maria.Id), (came.RunId, came.ContactId));
    }

    [Fact]
    public async Task Answer_IsTakenByOneQuestion()
    {
        var maria = await practice.ContactAsync();
        var (asked, other) = (await RunAsync(maria.Id), await RunAsync(maria.Id));
        var sent = await desk.SentAsync(run: asked);
        var before = practice.Clock.GetUtcNow();
        practice.Clock.Advance(TimeSpan.FromSeconds(1));
        await TakeAsync(Answer(sent.Id));
        var replies = new ReceivedMessages(practice.Writer, practice.Ids, practice.Clock, practice.Events);

        Assert.Null(await replies.TakeAsync(practice.Tenant, maria.Id, before, new EffectSource("b", other), default));
        Assert.Equal("Yes", (await replies.TakeAsync(practice.Tenant, maria.Id, before, new EffectSource("a", asked), default))?.Body);
        Assert.Null(await replies.TakeAsync(practice.Tenant, maria.Id, before, new EffectSource("c", asked), default));
    }

    [Theory]
    [InlineData("STOP")]
    [InlineData("  unsubscribe. ")]
    [InlineData("Baja\n\nOn Tue, Dec 1, 2026 at 10:14 AM Desk <d@p.test> wrote:\n> Which day?")]
    public async Task Stop_IsObeyedUntilStart(string word)
    {
        await practice.ContactAsync();
        Assert.Equal("wish", Assert.Single(await TakeAsync(MailboxDesk.Mail(word))).TakenBy);
        var refused = (await SendAsync("a", "Other <other@example.test>, Maria.Lopez@example.test")).Problem;
        Assert.Equal("opted_out", refused?.Code);
        Assert.StartsWith("maria.lopez@example.test has written ", refused?.Message, StringComparison.Ordinal);
        Assert.EndsWith("gets no e-mail. Write an SMS, or call. Whoever writes START gets them again.", refused?.Message,
            StringComparison.Ordinal);
        Assert.Null((await SendAsync("sms", "+17135550142", MessageChannel.Sms)).Problem);

        await TakeAsync(MailboxDesk.Mail("start", "m2@example.test"));
        Assert.Null((await SendAsync("b", "maria.lopez@example.test")).Problem);
    }

    [Fact]
    public async Task Stop_InASubjectAlone_IsObeyed()
    {
        await TakeAsync("From: maria.lopez@example.test\nSubject: unsubscribe\n\n");
        Assert.Equal("opted_out", (await SendAsync("a", "maria.lopez@example.test")).Problem?.Code);
    }

    [Fact]
    public async Task Stop_WithinASentence_IsNone()
    {
        Assert.Null(Assert.Single(await TakeAsync(MailboxDesk.Mail("Please stop by on Thursday"))).TakenBy);
        Assert.Null((await SendAsync("a", "maria.lopez@example.test")).Problem);
    }

    [Fact]
    public async Task Bounce_IsNotedAtItsMessage()
    {
        var sent = await desk.SentAsync("Maria <maria@example.test>");
        Assert.Empty(await TakeAsync(MailReaderTests.Bounce($"<{sent.Id:N}@practice.test>")));
        var item = (await practice.Outbox.FindAsync(practice.Tenant, sent.Id, default))!;

        Assert.Equal((MessageStatus.Undelivered, "It could not be brought to maria@example.test: 550 5.1.1 No such user."),
            (item.Status, item.Said));
    }

    [Theory]
    [InlineData(false, "mallory@example.test")]
    [InlineData(true, "maria@example.test")]
    public async Task Bounce_OfWhatWasNotWrittenSo_ChangesNothing(bool isElsewhere, string to)
    {
        var sent = await desk.SentAsync("maria@example.test", workspace: isElsewhere ? practice.Ids.New() : null);
        await TakeAsync(MailReaderTests.Bounce($"<{sent.Id:N}@practice.test>", to: to));

        await using var db = practice.CreateDbContext();
        Assert.Equal(MessageStatus.Sent, db.Outbox.Single(o => o.Id == sent.Id).Status);
    }

    private static string Answer(Guid to, string from = "Maria <Maria.Lopez@example.test>") =>
        MailboxDesk.Mail("Yes", from: from, more: $"In-Reply-To: <{to:N}@practice.test>\n");

    private async Task<List<ReceivedMessageRow>> TakeAsync(string mail)
    {
        desk.Server.Put(mail);
        Assert.Equal(1, await desk.ReadAsync());
        return await desk.CameAsync();
    }

    private Task<Answer<SentMessage>> SendAsync(string key, string to, MessageChannel channel = MessageChannel.Email) =>
        practice.Messenger.SendAsync(
            practice.Tenant, new OutgoingMessage(channel, to, "", null, "Hi"), PracticeFixture.Key(key), default);

    // a run that waits for the contact
    private async Task<Guid> RunAsync(Guid contact, bool isOver = false, Guid? workspace = null)
    {
        var (id, tenant) = (practice.Ids.New(), new Tenant(workspace ?? practice.Tenant.WorkspaceId, StudioEnvironment.Live));
        await practice.Writer.WriteAsync(w =>
        {
            w.Db.Runs.Add(new RunRow
            {
                Id = id, WorkspaceId = tenant.WorkspaceId, Environment = tenant.Environment, WorkflowId = practice.Ids.New(), Cause = "api",
                Status = isOver ? RunStatus.Done : RunStatus.Waiting, CreatedAt = practice.Clock.GetUtcNow(),
                FinishedAt = isOver ? practice.Clock.GetUtcNow() : null,
            });
            if (!isOver)
                w.Db.RunWaits.Add(new RunWaitRow
                {
                    RunId = id, NodeId = "n", WorkspaceId = tenant.WorkspaceId, Environment = tenant.Environment,
                    Signal = ReceivedMessage.Signal(contact),
                });
            return 0;
        });
        return id;
    }
}
