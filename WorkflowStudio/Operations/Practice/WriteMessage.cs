using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Mail;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Practice.Messages.Conversations;
using WorkflowStudio.Engine.Practice.Tables;

namespace WorkflowStudio.Operations.Practice;

/// <summary>Writes to clients by hand: the same way out as the messages of steps, into the same outbox.</summary>
public sealed class WriteMessage(
    IMessenger messenger, IContacts contacts, ConversationDesk desk, ReadConversations reading, ChangeConversations changing,
    IdFactory ids)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ResendOutbox;

    /// <summary>The longest subject in characters.</summary>
    public const int LongestSubject = 300;

    /// <summary>The conversation with a number or an address, begun where there is none.</summary>
    public async Task<Result<BegunConversation>> BeginAsync(
        Caller caller, NewConversation said, CancellationToken cancellationToken)
    {
        if ((caller.Refuse(ReadConversations.Needs) ?? caller.Refuse(Needs)) is { } refused) return refused;
        var problems = new List<FieldProblem>();
        var address = await AddressAsync(caller, said, problems, cancellationToken);
        if (problems.Count > 0) return ChangeRecords.Wrong(problems);
        var (id, isNew) = await desk.BeginAsync(caller.Tenant, said.Channel, address, cancellationToken);
        var found = await reading.FindAsync(caller, id, cancellationToken);
        return found.Ok ? new BegunConversation(found.Value, isNew) : found.Problem;
    }

    /// <summary>Writes in a conversation; what came before is read with it.</summary>
    /// <param name="caller">Who writes.</param>
    /// <param name="id">The conversation.</param>
    /// <param name="said">What.</param>
    /// <param name="key">The same key writes once; null for a new one.</param>
    /// <param name="cancellationToken">Gives up before it goes out.</param>
    public async Task<Result<TalkMessage>> SendAsync(
        Caller caller, Guid id, NewMessage said, string? key, CancellationToken cancellationToken)
    {
        if ((caller.Refuse(ReadConversations.Needs) ?? caller.Refuse(Needs)) is { } refused) return refused;
        if (await reading.FindAsync(caller, id, cancellationToken) is var found && !found.Ok) return found.Problem;
        var talk = found.Value;
        var problems = Check(talk.Channel, said).ToList();
        if (problems.Count > 0) return ChangeRecords.Wrong(problems);
        var isMail = talk.Channel == MessageChannel.Email;
        var message = new OutgoingMessage(talk.Channel, talk.Address, "", isMail ? Subject(said, talk) : null, said.Body)
        { WrittenBy = caller.Name };
        var sent = await messenger.SendAsync(
            caller.Tenant, message, new EffectSource(key ?? $"hand:{ids.New():N}"), cancellationToken);
        if (!sent.Has(out var one, out var problem)) return Refused(problem);
        if (talk.Unread > 0 && caller.Refuse(ChangeConversations.Needs) is null && talk.Last is { } last)
            await changing.ChangeAsync(caller, id, new() { UpTo = last.Id }, cancellationToken);
        return await reading.MessageAsync(caller, one.Id, cancellationToken);
    }

    private async Task<string> AddressAsync(
        Caller caller, NewConversation said, List<FieldProblem> problems, CancellationToken cancellationToken)
    {
        var (isSms, address) = (said.Channel == MessageChannel.Sms, said.Address ?? "");
        if (said.ContactId is { } id)
        {
            var contact = await contacts.FindAsync(caller.Tenant, id, cancellationToken);
            address = (isSms ? contact?.Phone : contact?.Email) ?? "";
            if (contact is null) problems.Add(new("contactId", "There is no contact with this id."));
            else if (address.Length == 0)
                problems.Add(new("contactId", isSms
                    ? $"{contact.Name} has no phone number. Write an e-mail, or add the number to the contact."
                    : $"{contact.Name} has no e-mail address. Write an SMS, or add the address to the contact."));
        }
        else if (isSms && PhoneNumber.Normalize(address) is null)
            problems.Add(new("address", "It has to be a phone number with its country, such as +1 713 555 0142."));
        else if (!isSms && MailAddresses.Bare(address) is null)
            problems.Add(new("address", "It has to be an e-mail address, such as maria@example.com."));
        return address;
    }

    private static IEnumerable<FieldProblem> Check(MessageChannel channel, NewMessage said)
    {
        var most = channel == MessageChannel.Sms ? OutgoingMessage.MaxSms : OutgoingMessage.MaxEmail;
        if (string.IsNullOrWhiteSpace(said.Body)) yield return new("body", "Write something.");
        if (said.Body.Length > most)
            yield return new("body", $"It has {said.Body.Length} characters, at most {most} are possible. Shorten it.");
        if (said.Subject?.Length > LongestSubject) yield return new("subject", $"The subject has at most {LongestSubject} characters.");
        if (said.Subject?.Any(char.IsControl) == true) yield return new("subject", "The subject has to be one line.");
    }

    private static string Subject(NewMessage said, ConversationItem talk)
    {
        if (!string.IsNullOrWhiteSpace(said.Subject)) return said.Subject.Trim();
        var before = talk.Last?.Subject;
        return before is null ? "Your message"
            : before.StartsWith("Re:", StringComparison.OrdinalIgnoreCase) ? before
            : ShownText.Fit($"Re: {before}", LongestSubject);
    }

    private static OperationProblem Refused(ConnectorProblem problem) => new OperationProblem.Conflict(problem.Code, problem.Message);
}

/// <summary>With whom somebody wants to write: a contact, or a number or address.</summary>
/// <param name="Channel">How.</param>
/// <param name="ContactId">Whom; null where the address is given.</param>
/// <param name="Address">The number or address; null where the contact is given.</param>
public sealed record NewConversation(MessageChannel Channel, Guid? ContactId, string? Address);

/// <summary>A message that somebody writes.</summary>
/// <param name="Body">The text.</param>
/// <param name="Subject">Of an e-mail; null takes the last one's.</param>
public sealed record NewMessage(string Body, string? Subject);

/// <summary>A conversation, and whether it was begun just now.</summary>
public sealed record BegunConversation(ConversationItem Conversation, bool IsNew);
