using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Connectors.Mail;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Practice.Messages.Mailboxes;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Storage.Connections;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Practice.Messages.Mailboxes;

/// <summary>A practice whose mailbox is on this machine, and a node that reads it.</summary>
internal sealed class MailboxDesk : IAsyncDisposable
{
    private readonly PracticeFixture practice;

    private MailboxDesk(PracticeFixture practice, LocalImap server)
    {
        (this.practice, Server) = (practice, server);
        Book = new MailboxBook(practice.Writer, practice, practice.Ids, practice.Clock);
    }

    public LocalImap Server { get; }

    public MailboxBook Book { get; }

    public Guid Workspace => practice.Tenant.WorkspaceId;

    public MailboxFollow Follow => new(
        new ImapMailbox(new GuardedHttpOptions { AllowedHosts = ["localhost"] }, practice.Clock), Book, Incoming, Connections,
        practice.Clock, NullLogger<MailboxFollow>.Instance);

    public IncomingMail Incoming => new(
        new ReceivedMessages(practice.Writer, practice.Ids, practice.Clock, practice.Events),
        new MessageDeliveries(practice.Writer), practice.Outbox, Connections);

    private ConnectionStore Connections => new(practice, new FakeProtector());

    public MailboxWatch Watch(NodeNews news) => new(Book, Follow, news, practice.Clock, NullLogger<MailboxWatch>.Instance);

    /// <summary>A mailbox of its own, connected.</summary>
    public static async Task<MailboxDesk> OpenAsync(PracticeFixture practice)
    {
        var desk = new MailboxDesk(practice, new LocalImap());
        await desk.ConnectAsync();
        return desk;
    }

    /// <summary>Another node that reads the same mailbox.</summary>
    public MailboxDesk Another() => new(practice, Server);

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>Connects the mailbox, in place of the one before.</summary>
    public async Task ConnectAsync(string folder = "INBOX", string kind = ConnectionKinds.Imap, StudioEnvironment? environment = null)
    {
        var settings = string.Create(CultureInfo.InvariantCulture, $$"""
            {"endpoint":"imap://localhost:{{Server.Port}}","user":"desk","folder":"{{folder}}","encryption":"none",
             "from":"desk@practice.test"}
            """);
        await practice.Writer.WriteAsync(w =>
        {
            w.Db.Connections.RemoveRange(w.Db.Connections.Where(c => c.WorkspaceId == Workspace && c.Kind == kind));
            w.Db.SaveChanges();
            return w.Db.Add(new ConnectionRow
            {
                Id = practice.Ids.New(), WorkspaceId = Workspace, Environment = environment ?? StudioEnvironment.Live, Kind = kind,
                Name = kind, Settings = settings, ProtectedSecret = new FakeProtector().Protect("s3cret"),
                CreatedAt = practice.Clock.GetUtcNow(),
            }).Entity.Id;
        });
    }

    /// <summary>Takes what is there; it answers how many mails it has seen.</summary>
    public async Task<int?> ReadAsync()
    {
        Assert.True(await Book.HoldAsync(Workspace, default));
        var answer = await Follow.RunOnceAsync(Workspace, default);
        Assert.Null(answer.Problem);
        return answer.Value;
    }

    /// <summary>What came, the oldest first.</summary>
    public async Task<List<ReceivedMessageRow>> CameAsync()
    {
        await using var db = practice.CreateDbContext();
        return await db.ReceivedMessages.OrderBy(m => m.Id).ToListAsync();
    }

    /// <summary>An e-mail that went out of a run.</summary>
    public async Task<OutboxRow> SentAsync(string to = "maria.lopez@example.test", Guid? run = null, Guid? workspace = null)
    {
        var row = new OutboxRow
        {
            Id = practice.Ids.New(), WorkspaceId = workspace ?? Workspace, Environment = StudioEnvironment.Live,
            CreatedAt = practice.Clock.GetUtcNow(), Channel = MessageChannel.Email, To = to, Subject = "Which day?", Body = "Which day?",
            Status = MessageStatus.Sent, RunId = run,
        };
        await practice.Writer.WriteAsync(w => w.Db.Add(row).Entity.Id);
        return row;
    }

    /// <summary>A mail of Maria, unless told otherwise.</summary>
    public static string Mail(
        string text, string id = "m1@example.test", string from = "Maria <Maria.Lopez@example.test>", string more = "") =>
        $"From: {from}\nTo: desk@practice.test\nSubject: Re: Which day?\nMessage-ID: <{id}>\n{more}\n{text}";
}
