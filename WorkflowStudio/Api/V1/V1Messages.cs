using System.Text.Json;
using WorkflowStudio.Api.Dialects.Sequences;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Connectors.Mail;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Api.V1;

/// <summary>
/// What contacts have written. Whoever carries messages posts them here: an SMS gateway by way of a webhook, a web chat, a mailbox. Told in
/// the words of sequences.
/// </summary>
internal sealed class V1Messages(Messages messages) : IDialectEndpoints
{
    public IDialect Dialect => V1Dialect.Instance;

    public void Map(DialectRoutes routes)
    {
        routes.Get("/messages", Messages.Needs, ListAsync);
        routes.Post("/messages", Messages.Needs, call => call.WithObjectAsync(body => ReceiveAsync(call, body)));
    }

    private async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var page = PageOf.Read(query);
        if (query.Refusal is { } refusal) return call.Dialect.Refuse(refusal);
        // what is no id is the id of nothing
        Guid? contact = query.Text("contactId") is { } asked ? ShownId.TryRead(asked, out var id) ? id : Guid.Empty : null;
        return await call.ReadAsync(messages.PageAsync(call.Caller, contact, page.Skip, page.Limit, call.Aborted),
            found => SequencesAnswers.Page(found.Items, Write, page, found.Total));
    }

    private async Task<ApiAnswer> ReceiveAsync(ApiCall call, JsonElement sent)
    {
        var body = new MessageBody(sent);
        return body.Refusal is { } refusal
            ? call.Dialect.Refuse(refusal)
            : await call.DoAsync<ReceivedMessage>(keep => messages.ReceiveAsync(call.Caller, body.Message, keep, call.Aborted),
                taken => SequencesAnswers.One(w => Write(w, taken)) with { Status = StatusCodes.Status201Created });
    }

    private static void Write(Utf8JsonWriter w, ReceivedMessage message)
    {
        w.WriteString("id", message.Id);
        w.WriteString("channel", message.Channel == MessageChannel.Sms ? "sms" : "email");
        w.WriteString("from", message.From);
        w.WriteString("to", message.To.Length == 0 ? null : message.To);
        w.WriteString("body", message.Body);
        if (message.ContactId is { } contact) w.WriteString("contactId", contact);
        else w.WriteNull("contactId");
        w.WriteString("receivedAt", SequencesJson.Time(message.At));
    }

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
