using WorkflowStudio.Engine.Connectors.Mail;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Messages;

/// <summary>Notes who wants no more messages by the way they wrote, and who wants them again.</summary>
internal static class MessageWishes
{
    /// <summary>Whether a message asks for that and for nothing else; then it is noted.</summary>
    public static bool Takes(StudioWrite write, Tenant tenant, ReceivedMessageRow row, IdFactory ids)
    {
        if (Address(row) is not { } address) return false;
        var wish = OptOutWords.Of(row.Body);
        if (wish == OptOutWish.None) return false;
        // a word that may be the answer to a question is one where somebody waits for the answer
        if (wish == OptOutWish.StopOrAnswer && row.ContactId is { } contact
            && MessageSenders.IsAwaited(write.Db, tenant, contact)) return false;

        var known = write.Db.OptOutOf(tenant, row.Channel, address);
        if (wish == OptOutWish.Start)
        {
            if (known is not null) write.Db.Remove(known);
            return known is not null;
        }

        if (known is null)
            write.Db.Add(new OptOutRow
            {
                Id = ids.New(), WorkspaceId = tenant.WorkspaceId, Environment = tenant.Environment, CreatedAt = row.CreatedAt,
                Channel = row.Channel, Address = address, Word = OptOutWords.Word(row.Body)!,
            });
        return true;
    }

    private static string? Address(ReceivedMessageRow row) => row.Channel switch
    {
        MessageChannel.Sms => PhoneNumber.Normalize(row.From),
        MessageChannel.Email => MailAddresses.Bare(row.From),
        _ => null,
    };
}
