using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;

namespace WorkflowStudio.Engine.Connectors.Mail;

/// <summary>
/// A folder of a mailbox, open for reading alone: nothing in it is changed, not even that something was read. What goes wrong with the
/// connection is an answer; then it is of no more use.
/// </summary>
internal sealed class OpenMailbox : IAsyncDisposable
{
    /// <summary>The largest mail that is read whole, in bytes; of a larger one its beginning, in which its text stands.</summary>
    public const int MostBytes = 10 * 1024 * 1024;

    private const int Beginning = 1024 * 1024;

    private static readonly TimeSpan BetweenPolls = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestIdle = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromMinutes(2);

    private readonly ImapClient client;
    private readonly IMailFolder folder;
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private CancellationTokenSource? idle;
    private bool isNews;

    private OpenMailbox(ImapClient client, IMailFolder folder, ImapConnection settings, TimeProvider clock) =>
        (this.client, this.folder, Settings, this.clock) = (client, folder, settings, clock);

    /// <summary>What the connection says.</summary>
    public ImapConnection Settings { get; }

    /// <summary>Whether the server tells by itself that something came.</summary>
    public bool CanIdle => client.Capabilities.HasFlag(ImapCapabilities.Idle);

    /// <summary>The numbers of mails stand for the same mails as long as this stays the same (RFC 3501, 2.3.1.1).</summary>
    public uint Validity => folder.UidValidity;

    /// <summary>The highest number that a mail had when it was opened; 0 for none.</summary>
    public uint Last { get; private set; }

    internal static async Task<OpenMailbox> OfAsync(
        ImapClient client, IMailFolder folder, ImapConnection settings, TimeProvider clock, CancellationToken stop)
    {
        var mailbox = new OpenMailbox(client, folder, settings, clock);
        await folder.OpenAsync(FolderAccess.ReadOnly, stop);
        mailbox.Last = folder.UidNext is { } next ? next.Id - 1
            : folder.Count == 0 ? 0
            : (await folder.FetchAsync(folder.Count - 1, -1, MessageSummaryItems.UniqueId, stop)).Max(m => m.UniqueId.Id);
        folder.CountChanged += (_, _) => mailbox.Ring();
        return mailbox;
    }

    /// <summary>The mails after a number, the oldest first; at most so many.</summary>
    public Task<Answer<IReadOnlyList<ListedMail>>> AfterAsync(uint last, int most, CancellationToken cancellationToken) =>
        SaidAsync<IReadOnlyList<ListedMail>>(
            async stop =>
            {
                if (last == uint.MaxValue) return Array.Empty<ListedMail>();
                var range = new UniqueIdRange(Validity, last + 1, UniqueId.MaxValue.Id);
                // a range that begins behind the last one stands for the last one
                UniqueId[] found =
                    [.. (await folder.SearchAsync(SearchQuery.Uids(range), stop)).Where(u => u.Id > last).OrderBy(u => u.Id).Take(most)];
                if (found.Length == 0) return Array.Empty<ListedMail>();
                var listed = await folder.FetchAsync(found, MessageSummaryItems.UniqueId | MessageSummaryItems.Size, stop);
                var sizes = listed.GroupBy(m => m.UniqueId.Id).ToDictionary(g => g.Key, g => g.First().Size);
                // whose size is not told is read as if it were large
                return found.Select(u => new ListedMail(u.Id, sizes.GetValueOrDefault(u.Id) ?? uint.MaxValue)).ToArray();
            },
            cancellationToken);

    /// <summary>Reads a mail; null where it is gone meanwhile, is none, or the server does not give it out.</summary>
    public Task<Answer<ReceivedMail?>> ReadAsync(ListedMail mail, CancellationToken cancellationToken) => SaidAsync(
        async stop =>
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var uid = new UniqueId(Validity, mail.Uid);
            try
            {
                var bound = new Bound(limit);
                await using var stream = mail.Size <= MostBytes
                    ? await folder.GetStreamAsync(uid, limit.Token, bound)
                    : await folder.GetStreamAsync(uid, 0, Beginning, limit.Token, bound);
                return await MailReader.ReadAsync(stream, cancellationToken);
            }
            catch (Exception e) when (e is MessageNotFoundException or ImapCommandException)
            {
                return null;
            }
        },
        cancellationToken);

    /// <summary>Waits until there may be something new: until the server says so, or it is time to ask.</summary>
    public Task<Answer<bool>> WaitAsync(CancellationToken cancellationToken) => CanIdle
        ? IdleAsync(cancellationToken)
        : PollAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        using (client)
        {
            try
            {
                using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2));
                if (client.IsConnected) await client.DisconnectAsync(quit: true, soon.Token);
            }
            catch (Exception e) when (ImapProblem.Of(Settings.Host, e, CancellationToken.None) is not null)
            {
                // it was left without a word
            }
        }
    }

    private async Task<Answer<bool>> PollAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(BetweenPolls, clock, cancellationToken);
        return await SaidAsync(
            async stop =>
            {
                await client.NoOpAsync(stop);
                return true;
            },
            cancellationToken);
    }

    private async Task<Answer<bool>> IdleAsync(CancellationToken cancellationToken)
    {
        using var until = new CancellationTokenSource(LongestIdle, clock);
        lock (gate)
        {
            // it was said while something else was asked
            if (isNews)
            {
                isNews = false;
                return true;
            }

            idle = until;
        }

        try
        {
            await client.IdleAsync(until.Token, cancellationToken);
            return true;
        }
        catch (Exception e) when (ImapProblem.Of(Settings.Host, e, cancellationToken) is { } problem)
        {
            return problem;
        }
        finally
        {
            lock (gate) (idle, isNews) = (null, false);
        }
    }

    private void Ring()
    {
        lock (gate)
        {
            isNews = true;
            idle?.Cancel();
        }
    }

    private async Task<Answer<T>> SaidAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(LongestAnswer, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            return new Answer<T>(await ask(limit.Token), null);
        }
        catch (Exception e) when (ImapProblem.Of(Settings.Host, e, cancellationToken) is { } problem)
        {
            return problem;
        }
    }

    /// <summary>Gives up on a server that sends more than it said.</summary>
    private sealed class Bound(CancellationTokenSource limit) : ITransferProgress
    {
        public void Report(long bytesTransferred, long totalSize) => Report(bytesTransferred);

        public void Report(long bytesTransferred)
        {
            if (bytesTransferred > MostBytes + Beginning) limit.Cancel();
        }
    }
}

/// <summary>A mail that is there.</summary>
/// <param name="Uid">Its number.</param>
/// <param name="Size">Its size in bytes, as the server says.</param>
internal readonly record struct ListedMail(uint Uid, uint Size);
