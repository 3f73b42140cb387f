using System.Text.Json;
using WorkflowStudio.Api.Dialects.Sequences;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Practice.Messages.Conversations;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Api.Practice;

/// <summary>Conversations and messages in JSON and in addresses.</summary>
internal static class ConversationJson
{
    private static readonly string[] Told =
        ["id", "channel", "address", "contactName", "unread", "lastMessage", "createdAt"];

    /// <summary>The channels that people write by, by their names.</summary>
    public static IReadOnlyList<string> Channels { get; } = ["sms", "email"];

    /// <summary>A conversation.</summary>
    public static void Write(Utf8JsonWriter w, ConversationItem c)
    {
        w.WriteString("id", c.Id);
        w.WriteString("channel", NameOf(c.Channel));
        w.WriteString("address", c.Address);
        w.WriteString("contactId", c.ContactId?.ToString());
        w.WriteString("contactName", c.ContactName);
        w.WriteBoolean("isOpen", c.IsOpen);
        w.WriteNumber("unread", c.Unread);
        if (c.Last is { } last)
        {
            w.WriteStartObject("lastMessage");
            Write(w, last);
            w.WriteEndObject();
        }
        else w.WriteNull("lastMessage");
        w.WriteString("createdAt", SequencesJson.Time(c.CreatedAt));
    }

    /// <summary>A message in either direction.</summary>
    public static void Write(Utf8JsonWriter w, TalkMessage m)
    {
        w.WriteString("id", m.Id);
        w.WriteString("direction", m.IsOut ? "out" : "in");
        w.WriteString("channel", NameOf(m.Channel));
        w.WriteString("from", m.From.Length == 0 ? null : m.From);
        w.WriteString("to", m.To.Length == 0 ? null : m.To);
        w.WriteString("subject", m.Subject);
        w.WriteString("body", m.Body);
        w.WriteString("status", m.Status is { } status ? FieldChoice.ValueOf(status) : m.IsAnswer ? "answered" : "received");
        w.WriteString("contactId", m.ContactId?.ToString());
        w.WriteString("conversationId", m.ConversationId?.ToString());
        w.WriteString("runId", m.RunId?.ToString());
        w.WriteString("writtenBy", m.WrittenBy);
        w.WriteString("receivedAt", m.IsOut ? null : SequencesJson.Time(m.At));
        w.WriteString("sentAt", m.IsOut ? SequencesJson.Time(m.At) : null);
    }

    /// <summary>Which conversations an address asks for.</summary>
    public static ConversationFilter Conversations(QueryReader reader) => new()
    {
        ContactId = reader.Id("contactId"), Channel = Channel(reader), IsOpen = Is(reader, "isOpen"), IsUnread = Is(reader, "isUnread"),
        HasReplies = Is(reader, "hasReplies"), Search = reader.Text("search"),
    };

    /// <summary>Which messages an address asks for; those that came where it names no direction.</summary>
    public static MessageFilter Messages(QueryReader reader)
    {
        var direction = reader.Text("direction");
        if (direction is not (null or "in" or "out" or "all")) reader.Wrong("direction", "The direction is one of in, out, all.");
        return new()
        {
            // what is no id is the id of nothing
            ContactId = reader.Text("contactId") is { } asked ? ShownId.TryRead(asked, out var id) ? id : Guid.Empty : null,
            ConversationId = reader.Id("conversationId"), Channel = Channel(reader),
            IsOut = direction switch { "out" => true, "all" => null, _ => false },
            From = BodyValue.Moment(reader, "at[gte]"), To = BodyValue.Moment(reader, "at[lte]"),
        };
    }

    /// <summary>What a body changes of a conversation.</summary>
    public static ConversationChange Change(JsonElement body, List<FieldProblem> problems)
    {
        var said = new ConversationChange();
        foreach (var field in body.EnumerateObject())
            said = field.Name switch
            {
                "isOpen" => said with { IsOpen = BodyValue.Flag("isOpen", field.Value, problems) },
                "isRead" => said with { IsRead = BodyValue.Flag("isRead", field.Value, problems) },
                "contactId" when field.Value.ValueKind == JsonValueKind.Null => said with { IsNobody = true },
                "contactId" => said with { ContactId = BodyValue.Id(field.Value) },
                _ => BodyValue.Unknown(field.Name, ["isOpen", "isRead", "contactId"], Told, problems, said),
            };
        return said;
    }

    /// <summary>With whom a body begins a conversation, and what it says at once; null for nothing.</summary>
    public static (NewConversation With, NewMessage? Said) Begin(JsonElement body, List<FieldProblem> problems)
    {
        var (with, text, subject) = (new NewConversation(MessageChannel.Sms, null, null), (string?)null, (string?)null);
        foreach (var field in body.EnumerateObject())
            switch (field.Name)
            {
                case "channel": with = with with { Channel = Channel(field.Value, problems) }; break;
                case "contactId": with = with with { ContactId = BodyValue.Id(field.Value) }; break;
                case "address": with = with with { Address = BodyValue.Text("address", field.Value, problems) }; break;
                case "body": text = BodyValue.Text("body", field.Value, problems); break;
                case "subject": subject = BodyValue.Text("subject", field.Value, problems); break;
                default:
                    BodyValue.Unknown(field.Name, ["channel", "contactId", "address", "body", "subject"], [], problems, 0);
                    break;
            }

        if (!body.TryGetProperty("channel", out _)) problems.Add(new("channel", "The channel is one of sms, email."));
        return (with, text is null ? null : new NewMessage(text, subject));
    }

    /// <summary>What a body writes.</summary>
    public static NewMessage Message(JsonElement body, List<FieldProblem> problems)
    {
        var said = new NewMessage("", null);
        foreach (var field in body.EnumerateObject())
            said = field.Name switch
            {
                "body" => said with { Body = BodyValue.Text("body", field.Value, problems) },
                "subject" => said with { Subject = BodyValue.Text("subject", field.Value, problems) },
                _ => BodyValue.Unknown(field.Name, ["body", "subject"], [], problems, said),
            };
        return said;
    }

    private static string NameOf(MessageChannel channel) => channel == MessageChannel.Sms ? "sms" : "email";

    private static MessageChannel? Channel(QueryReader reader)
    {
        var text = reader.Text("channel");
        if (text is not (null or "sms" or "email")) reader.Wrong("channel", "The channel is one of sms, email.");
        return text switch { "sms" => MessageChannel.Sms, "email" => MessageChannel.Email, _ => null };
    }

    private static MessageChannel Channel(JsonElement value, List<FieldProblem> problems)
    {
        if (value.ValueKind == JsonValueKind.String && value.ValueEquals("email")) return MessageChannel.Email;
        if (value.ValueKind != JsonValueKind.String || !value.ValueEquals("sms"))
            problems.Add(new("channel", "The channel is one of sms, email."));
        return MessageChannel.Sms;
    }

    private static bool? Is(QueryReader reader, string name) => reader.Text(name) is null ? null : reader.Flag(name);
}
