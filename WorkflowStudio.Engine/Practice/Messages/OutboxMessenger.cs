using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Mail;
using WorkflowStudio.Engine.Connectors.Sms;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Messages.Conversations;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Messages;

/// <summary>
/// Sends what workflows write, and keeps all of it in the outbox. A message is a row before it goes out and has its outcome after: what was
/// under way when the server stopped is not sent a second time.
/// </summary>
internal sealed class OutboxMessenger(
    IStudioWriter writer, IdFactory ids, TimeProvider clock, IMailServer? mail = null, ISmsGateway? sms = null) : IMessenger
{
    private const int LongestSaid = 500;
    private const int LongestId = 150;

    public async Task<Answer<SentMessage>> SendAsync(
        Tenant tenant, OutgoingMessage message, EffectSource source, CancellationToken cancellationToken)
    {
        if (MessageRules.Check(message) is { } problem) return problem;
        var isConnected = tenant.Environment == StudioEnvironment.Live
            && await IsConnectedAsync(tenant, message.Channel, cancellationToken);
        var fresh = OutboxRow.Of(tenant, message, source, ids.New(), clock.GetUtcNow());
        var begun = await writer.WriteAsync(
            tenant.WorkspaceId, write => Begin(write, tenant, message, source, fresh, isConnected), cancellationToken);
        if (!begun.Has(out var row, out var refused)) return refused;
        return row.Status == MessageStatus.Sending
            ? await HandOverAsync(tenant, message, row.Id, source, cancellationToken)
            : Read(row);
    }

    /// <summary>Gives a message whose row says that it is being sent to the gateway, and keeps what that says.</summary>
    internal async Task<Answer<SentMessage>> HandOverAsync(
        Tenant tenant, OutgoingMessage message, Guid id, EffectSource source, CancellationToken cancellationToken)
    {
        Answer<string> given;
        try
        {
            given = await GiveAsync(tenant, message, id, source, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // the mail server tells itself when it had the message already; of the gateway nobody knows
            await EndAsync(tenant, id, message.Channel == MessageChannel.Email
                ? new ConnectorProblem("stopped", "The server was stopped before the e-mail was handed over.")
                : MessageRules.Unknown(message));
            throw;
        }
        catch (Exception)
        {
            // a fault of ours: nobody knows how far it came
            await EndAsync(tenant, id, MessageRules.Unknown(message));
            throw;
        }

        return await EndAsync(tenant, id, given);
    }

    // whatever has become of the caller
    private Task<Answer<SentMessage>> EndAsync(Tenant tenant, Guid id, Answer<string> given) =>
        writer.WriteAsync(tenant.WorkspaceId, write => End(write, tenant, id, given), CancellationToken.None);

    private Answer<OutboxRow> Begin(
        StudioWrite write, Tenant tenant, OutgoingMessage message, EffectSource source, OutboxRow fresh, bool isConnected)
    {
        var made = write.Db.Outbox.MadeBy(tenant, source.Key);
        switch (made?.Status)
        {
            case MessageStatus.Captured or MessageStatus.Sent or MessageStatus.Delivered or MessageStatus.Undelivered:
                return made;
            case MessageStatus.GivenUp:
                return new ConnectorProblem("given_up", made.Said);
            case MessageStatus.Sending or MessageStatus.Unknown when !message.MayRepeat:
                made.Status = MessageStatus.Unknown;
                return MessageRules.Unknown(message);
        }

        var capture = write.Db.Workspaces.Where(w => w.Id == tenant.WorkspaceId).Select(w => w.CaptureUntilConnected).FirstOrDefault();
        var route = EffectPolicy.Route(tenant.Environment, isConnected, capture);
        if (route == EffectRoute.Refuse) return MessageRules.NoGateway(message.Channel);
        if (made is null) write.Db.Outbox.Add(made = fresh);
        else
        {
            made.Take(message); // another try may say it otherwise
            made.CreatedAt = fresh.CreatedAt;
        }

        ConversationNotes.Goes(write.Db, tenant, ids, made);
        if (write.Db.OptOutOf(tenant, message) is { } wish)
        {
            var problem = MessageRules.OptedOut(message, wish.Address, wish.Word);
            (made.Status, made.Captured, made.Said) = (MessageStatus.Failed, false, problem.Message);
            return problem;
        }

        (made.Status, made.Captured) = route == EffectRoute.Send ? (MessageStatus.Sending, false) : (MessageStatus.Captured, true);
        return made;
    }

    private static Answer<SentMessage> End(StudioWrite write, Tenant tenant, Guid rowId, Answer<string> given)
    {
        var row = write.Db.Outbox.Of(tenant).First(o => o.Id == rowId);
        var problem = given.Problem;
        row.Status = problem is null ? MessageStatus.Sent
            : problem.Code == ConnectorProblem.OutcomeUnknown ? MessageStatus.Unknown
            : MessageStatus.Failed;
        row.Said = ShownText.Fit(problem?.Message ?? given.Value ?? "", LongestSaid);
        if (row.Channel == MessageChannel.Sms && given.Value is { Length: > 0 and <= LongestId } id) row.GatewayId = id;
        return problem is null ? Read(row) : problem;
    }

    /// <summary>Whether there is a gateway for a channel.</summary>
    internal async Task<bool> IsConnectedAsync(Tenant tenant, MessageChannel channel, CancellationToken cancellationToken) =>
        channel == MessageChannel.Email
            ? mail is not null && await mail.IsConnectedAsync(tenant, cancellationToken)
            : sms is not null && await sms.IsConnectedAsync(tenant, cancellationToken);

    private Task<Answer<string>> GiveAsync(
        Tenant tenant, OutgoingMessage message, Guid id, EffectSource source, CancellationToken cancellationToken)
    {
        if (message.Channel == MessageChannel.Sms)
            return sms!.SendAsync(tenant, message.To, message.From, message.Body, source, cancellationToken);
        MailAddresses.TryRead(message.To, out var to, out _);
        MailAddresses.TryRead(message.Cc, out var cc, out _);
        MailAddresses.TryRead(message.Bcc, out var bcc, out _);
        return mail!.SendAsync(
            tenant,
            new MailToSend(id, message.From, to, message.Subject ?? "", message.Body)
            { Html = message.Html, Cc = cc, Bcc = bcc, ReplyTo = message.ReplyTo.Trim().Length > 0 ? message.ReplyTo : null },
            cancellationToken);
    }

    private static SentMessage Read(OutboxRow row) => new(row.Id, row.Channel, row.To, row.Body, row.Status, row.CreatedAt);
}
