using MailKit;
using MailKit.Net.Imap;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors.Mail;

/// <summary>Opens the mailbox behind an <c>imap</c> connection, to read it alone. The connection is made like every other one.</summary>
internal sealed class ImapMailbox(GuardedHttpOptions options, TimeProvider clock)
{
    private const int MostFolders = 20;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Signs in, looks for the folder and changes nothing; the same problems as <see cref="OpenAsync"/>.</summary>
    public async Task<Answer<string>> TryAsync(Connection connection, CancellationToken cancellationToken)
    {
        if (!(await OpenAsync(connection, cancellationToken)).Has(out var mailbox, out var problem)) return problem;
        await using (mailbox)
            return $"{mailbox.Settings.Host} lets the studio read {mailbox.Settings.Folder}. E-mail that arrives there from now on is "
                + (mailbox.CanIdle ? "taken at once." : "taken every minute.");
    }

    /// <summary>
    /// The mailbox, open. Problems: <c>mail_settings</c>, <c>mail_sign_in</c>, <c>mail_folder</c>, <c>mail_refused</c>,
    /// <c>address_not_allowed</c>, <c>certificate_not_trusted</c>, <c>mail_unreachable</c> (another try can help).
    /// </summary>
    public async Task<Answer<OpenMailbox>> OpenAsync(Connection connection, CancellationToken cancellationToken)
    {
        if (!ImapConnection.TryRead(connection, out var settings, out var wrong)) return wrong;
        using var late = new CancellationTokenSource(Longest, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
#pragma warning disable CA5359 // it throws, with the reason, where others return false
        var client = new ImapClient
        {
            ServerCertificateValidationCallback = HttpCertificates.Check, CheckCertificateRevocation = false,
            Timeout = (int)Longest.TotalMilliseconds,
        };
#pragma warning restore CA5359
        var opened = false;
        try
        {
            await ConnectAsync(client, settings, limit.Token);
            var found = await FolderAsync(client, settings, limit.Token);
            if (!found.Has(out var folder, out var problem)) return problem;
            var mailbox = await OpenMailbox.OfAsync(client, folder, settings, clock, limit.Token);
            opened = true;
            return mailbox;
        }
        catch (Exception e) when (ImapProblem.Of(settings.Host, e, cancellationToken) is { } problem)
        {
            return problem;
        }
        finally
        {
            if (!opened) client.Dispose();
        }
    }

    private async Task ConnectAsync(ImapClient client, ImapConnection settings, CancellationToken stop)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(stop);
        soon.CancelAfter(options.ConnectTimeout);
        var socket = await GuardedSocket.ConnectAsync(options, settings.Host, settings.Port, soon.Token);
        await client.ConnectAsync(socket, settings.Host, settings.Port, settings.Security, stop);
        await client.AuthenticateAsync(settings.User, settings.Password, stop);
    }

    private static async Task<Answer<IMailFolder>> FolderAsync(ImapClient client, ImapConnection settings, CancellationToken stop)
    {
        try
        {
            return settings.Folder.Equals(ImapConnection.Inbox, StringComparison.OrdinalIgnoreCase)
                ? new Answer<IMailFolder>(client.Inbox!, null)
                : new Answer<IMailFolder>(await client.GetFolderAsync(settings.Folder, stop), null);
        }
        catch (FolderNotFoundException)
        {
            var all = await client.GetFoldersAsync(client.PersonalNamespaces[0], cancellationToken: stop);
            var names = all.Select(f => ShownText.OneLine(f.FullName)).Where(n => n.Length > 0).Order(StringComparer.OrdinalIgnoreCase)
                .ToList();
            return new ConnectorProblem("mail_folder", $"{settings.Host} knows no folder {settings.Folder}. There "
                + (names.Count == 0 ? "is only the inbox." : $"are: {string.Join(", ", names.Take(MostFolders))}"
                    + (names.Count > MostFolders ? ", and more." : ".")));
        }
    }
}
