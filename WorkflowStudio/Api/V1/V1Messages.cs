using System.Text.Json;
using WorkflowStudio.Api.Dialects.Sequences;
using WorkflowStudio.Api.Practice;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Connectors.Mail;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Practice.Messages.Conversations;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Api.V1;

/// <summary>
/// What contacts have written. Whoever carries messages posts them here: an SMS gateway by way of a webhook, a web chat, a mailbox. Told in
/// the words of sequences.
/// </summary>
internal sealed class V1Messages(Messages messages, ReadConversations reading, ChangeConversations changing) : IDialectEndpoints
{
    public IDialect Dialect => V1Dialect.Instance;

    public void Map(DialectRoutes routes)
    {
        routes.Get("/messages", ReadConversations.Needs, ListAsync);
        routes.Post("/messages", Messages.Needs, call => call.WithObjectAsync(body => ReceiveAsync(call, body)));
        routes.Get("/messages/{id}", ReadConversations.Needs, call => call.ReadAsync(
            reading.MessageAsync(call.Caller, call.Id(), call.Aborted),
            found => SequencesAnswers.One(w => ConversationJson.Write(w, found))));
        routes.Delete("/messages/{id}", ChangeConversations.Needs, call => call.ReadAsync(
            changing.RemoveMessageAsync(call.Caller, call.Id(), call.Aborted), _ => ApiAnswer.Nothing));
    }

    private async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var (page, filter) = (PageOf.Read(query), ConversationJson.Messages(query));
        if (query.Refusal is { } refusal) return call.Dialect.Refuse(refusal);
        return await call.ReadAsync(reading.MessagesAsync(call.Caller, filter, page.Skip, page.Limit, call.Aborted),
            found => SequencesAnswers.Page(found.Items, ConversationJson.Write, page, found.Total));
    }

    private async Task<ApiAnswer> ReceiveAsync(ApiCall call, JsonElement sent)
    {
        var body = new MessageBody(sent);
        return body.Refusal is { } refusal
            ? call.Dialect.Refuse(refusal)
            : await call.DoAsync<ReceivedMessage>(keep => messages.ReceiveAsync(call.Caller, body.Message, keep, call.Aborted),
                taken => SequencesAnswers.One(w => Write(w, taken)) with { Status = StatusCodes.Status201Created });
    }

    private static void Write(Utf8JsonWriter w, ReceivedMessage m) => ConversationJson.Write(
        w, new TalkMessage(m.Id, false, m.Channel, m.From, m.To, m.Subject, m.Body, m.At)
        { ContactId = m.ContactId, ConversationId = m.ConversationId });

    /// <summary>
    /// What a body says: <c>body</c>, <c>channel</c>, whose it is (<c>contactId</c> or <c>from</c>), <c>to</c>, <c>messageId</c>.
    /// </summary>
    private sealed class MessageBody : FieldsReadOf
    {
        private const int LongestAddress = 320;
        private const int LongestId = 150;

        public MessageBody(JsonElement body)
            : base(body)
        {
            var text = NeededText("body");
            var channel = Text("channel");
            if (channel is not (null or "sms" or "email")) Wrong("channel", "The channel has to be sms or email.");
            var (from, contact) = (Short("from"), Text("contactId"));
            if (string.IsNullOrWhiteSpace(from) && contact is null) Wrong("from", "Say whose message it is: contactId, or from.");
            Guid? id = null;
            if (contact is not null)
                if (ShownId.TryRead(contact, out var read)) id = read;
                else Wrong("contactId", "There is no contact with this id.");
            var isMail = channel == "email" || (channel is null && from?.Contains('@', StringComparison.Ordinal) == true);
            Message = new IncomingMessage(
                isMail ? MessageChannel.Email : MessageChannel.Sms, Sender(isMail, from), Short("to")?.Trim(), text, id,
                Short("messageId", LongestId));
        }

        /// <summary>The message.</summary>
        public IncomingMessage Message { get; }

        // of "Maria <maria@example.com>" the address
        private static string? Sender(bool isMail, string? from) =>
            !isMail || from is null ? from?.Trim() : MailAddresses.Bare(from) ?? from.Trim().ToLowerInvariant();

        private string? Short(string field, int most = LongestAddress)
        {
            var text = Text(field);
            if (text?.Length > most) Wrong(field, $"The field {field} has at most {most} characters.");
            return text;
        }
    }
}
