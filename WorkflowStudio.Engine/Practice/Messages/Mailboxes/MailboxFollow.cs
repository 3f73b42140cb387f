using System.Globalization;
using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Mail;
using WorkflowStudio.Engine.Diagnostics;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Journal;

namespace WorkflowStudio.Engine.Practice.Messages.Mailboxes;

/// <summary>
/// Reads a mailbox for as long as this node holds it. A mail is taken first and remembered then: one that was taken when the server died is
/// read again, and known by its id.
/// </summary>
internal sealed class MailboxFollow(
    ImapMailbox mailboxes, MailboxBook book, IncomingMail incoming, IConnections connections, TimeProvider clock,
    ILogger<MailboxFollow> logger)
{
    private const int AtOnce = 50;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <summary>Reads until it is stopped, or another node has the mailbox.</summary>
    public async Task RunAsync(Guid workspaceId, CancellationToken cancellationToken)
    {
        var (pause, told, tries) = (FirstPause, "", new MailTries());
        while (!cancellationToken.IsCancellationRequested)
        {
            var read = await TryAsync(workspaceId, tries, cancellationToken);
            if (read.IsOver) return;
            // servers hang up now and then: that is told only where it cannot be opened again
            if (read.WasOpen) (pause, told) = (FirstPause, "");
            else if (read.Problem is { } problem && problem.Code != told) told = await TellAsync(workspaceId, problem, cancellationToken);
            await Task.Delay(pause, clock, cancellationToken);
            pause = pause + pause < LongestPause ? pause + pause : LongestPause;
        }
    }

    /// <summary>Takes all that is there now, and answers how many mails it has seen; null where another node has the mailbox.</summary>
    internal async Task<Answer<int?>> RunOnceAsync(Guid workspaceId, CancellationToken cancellationToken)
    {
        if (!(await OpenAsync(workspaceId, cancellationToken)).Has(out var mailbox, out var problem)) return problem;
        await using (mailbox)
        {
            if (await BeginAsync(workspaceId, mailbox, cancellationToken) is not { } last) return new Answer<int?>(null, null);
            var read = await TakeAsync(workspaceId, mailbox, last, new MailTries(), cancellationToken);
            return read.Problem is { } broke ? broke : new Answer<int?>(read.Count, null);
        }
    }

    private async Task<string> TellAsync(Guid workspaceId, ConnectorProblem problem, CancellationToken cancellationToken)
    {
        Log.MailboxUnreadable(logger, workspaceId, problem.Code);
        try
        {
            await book.TellAsync(workspaceId, problem.Message, cancellationToken);
        }
        catch (Exception e) when (e is StoreUnwritableException or StoreAwayException)
        {
            return ""; // the next try tells it
        }

        return problem.Code;
    }

    private async Task<Followed> TryAsync(Guid workspaceId, MailTries tries, CancellationToken cancellationToken)
    {
        try
        {
            var opened = await OpenAsync(workspaceId, cancellationToken);
            if (!opened.Has(out var mailbox, out var problem)) return new Followed(problem, false);
            await using (mailbox) return await ReadAsync(workspaceId, mailbox, tries, cancellationToken);
        }
        catch (Exception e) when (e is StoreUnwritableException or StoreAwayException)
        {
            return new Followed(null, false); // the writer says it
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.MailboxBroke(logger, workspaceId, e);
            return new Followed(null, false);
        }
    }

    private async Task<Followed> ReadAsync(Guid workspaceId, OpenMailbox mailbox, MailTries tries, CancellationToken cancellationToken)
    {
        if (await BeginAsync(workspaceId, mailbox, cancellationToken) is not { } last) return Followed.Over;
        while (true)
        {
            var read = await TakeAsync(workspaceId, mailbox, last, tries, cancellationToken);
            if (read.Problem is { } broke) return new Followed(broke, true);
            if (read.IsLost) return Followed.Over;
            last = read.Last;
            if ((await mailbox.WaitAsync(cancellationToken)).Problem is { } gone) return new Followed(gone, true);
        }
    }

    private async Task<Answer<OpenMailbox>> OpenAsync(Guid workspaceId, CancellationToken cancellationToken) =>
        await connections.FindAsync(Live(workspaceId), ConnectionKinds.Imap, cancellationToken) is { } connection
            ? await mailboxes.OpenAsync(connection, cancellationToken)
            : new ConnectorProblem("no_mailbox", "No mailbox is connected.");

    private Task<uint?> BeginAsync(Guid workspaceId, OpenMailbox mailbox, CancellationToken cancellationToken) =>
        book.BeginAsync(workspaceId, mailbox.Settings.Place, mailbox.Validity, mailbox.Last, cancellationToken);

    // all that came after a mail
    private async Task<Taken> TakeAsync(
        Guid workspaceId, OpenMailbox mailbox, uint last, MailTries tries, CancellationToken cancellationToken)
    {
        var count = 0;
        while (true)
        {
            var listed = await mailbox.AfterAsync(last, AtOnce, cancellationToken);
            if (!listed.Has(out var mails, out var problem)) return new Taken(last, count, problem);
            if (mails.Count == 0) return new Taken(last, count, null);
            foreach (var one in mails)
            {
                var read = tries.IsOver(one.Uid) ? default : await mailbox.ReadAsync(one, cancellationToken);
                if (read.Problem is { } broke)
                {
                    tries.Add(one.Uid, 1);
                    return new Taken(last, count, broke);
                }

                if (read.Value is { } mail) await TakeAsync(workspaceId, mailbox, one, mail, tries, cancellationToken);
                else Log.MailSkipped(logger, workspaceId, one.Uid);
                if (!await book.AdvanceAsync(workspaceId, mailbox.Validity, one.Uid, cancellationToken))
                    return new Taken(last, count, null) { IsLost = true };
                (last, count) = (one.Uid, count + 1);
            }
        }
    }

    private async Task TakeAsync(
        Guid workspaceId, OpenMailbox mailbox, ListedMail listed, ReceivedMail mail, MailTries tries, CancellationToken cancellationToken)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"{mailbox.Settings.Place}\n{mailbox.Validity}\n{listed.Uid}");
        try
        {
            await incoming.TakeAsync(Live(workspaceId), mail, place, mailbox.Settings, cancellationToken);
        }
        catch (Exception e) when (e is not (OperationCanceledException or StoreUnwritableException or StoreAwayException))
        {
            tries.Add(listed.Uid, MailTries.Fault);
            throw;
        }
    }

    private static Tenant Live(Guid workspaceId) => new(workspaceId, StudioEnvironment.Live);

    private sealed record Followed(ConnectorProblem? Problem, bool WasOpen)
    {
        public static readonly Followed Over = new(null, true) { IsOver = true };

        public bool IsOver { get; private init; }
    }

    private sealed record Taken(uint Last, int Count, ConnectorProblem? Problem)
    {
        public bool IsLost { get; init; }
    }

    /// <summary>
    /// How often the mail at which it stands was tried: one at which the connection breaks twelve times in a row, or that this code cannot
    /// take three times, is left out.
    /// </summary>
    private sealed class MailTries
    {
        public const int Fault = 4;

        private const int Most = 12;

        private uint uid;
        private int count;

        public bool IsOver(uint mail) => mail == uid && count >= Most;

        public void Add(uint mail, int weight) => (uid, count) = (mail, (mail == uid ? count : 0) + weight);
    }
}
