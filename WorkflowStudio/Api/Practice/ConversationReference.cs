using System.Text.Json.Nodes;
using WorkflowStudio.Api.Dialects.Sequences;
using WorkflowStudio.Api.OpenApi;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Operations.Practice;
using static WorkflowStudio.Api.OpenApi.DescribedAddress;
using static WorkflowStudio.Api.Practice.PracticeShapes;

namespace WorkflowStudio.Api.Practice;

/// <summary>What the interface to practice data says of conversations.</summary>
internal static class ConversationReference
{
    private const string Group = "Conversations";

    public static IReadOnlyDictionary<string, JsonObject> Shapes { get; } = new Dictionary<string, JsonObject>
    {
        ["Message"] = SequencesShapes.All["Message"], ["MessagePage"] = SequencesShapes.All["MessagePage"],
        ["Conversation"] = Shape.Told("All that was written to and came from one number or address.",
            ("id", Shape.Uuid("The id.")), ("channel", Shape.Word("How it is held.", ConversationJson.Channels)),
            ("address", Shape.Text("The number or address of the other side.")),
            ("contactId", Shape.Uuid("Whose that is.").OrNull()), ("contactName", Shape.Text("What to call them.").OrNull()),
            ("isOpen", Shape.Flag("Whether nobody has put it away; the next message that comes opens it again.")),
            ("unread", Shape.Whole("How many messages came that neither a run has taken as its answer nor anybody has read.", 0)),
            ("lastMessage", Shape.Ref("Message", "The last one that is seen.").OrNull()), ("createdAt", Shape.Time("When it began."))),
        ["ConversationPage"] = Page("Conversation"),
        ["ConversationBody"] = Shape.Sent("With whom, and what is said at once.",
            ("channel*", Shape.Word("How.", ConversationJson.Channels)),
            ("contactId", Shape.Text("Whom: their number or address is taken.").OrNull()),
            ("address", Shape.Text("The number or address; needed without `contactId`.", max: 320).OrNull()),
            ("body", Shape.Text("What is written; nothing goes out without it.").OrNull()),
            ("subject", Shape.Text("Of an e-mail.", max: WriteMessage.LongestSubject).OrNull())),
        ["ConversationChange"] = Shape.Sent("What may be said of a conversation.",
            ("isOpen", Shape.Flag("False puts it away.")), ("isRead", Shape.Flag("True marks all that came as read.")),
            ("contactId", Shape.Text("Whose it is; null for nobody's.").OrNull())),
        ["ConversationMessage"] = Shape.Sent("A message to the other side.",
            ("body*", Shape.Text($"The text: at most {OutgoingMessage.MaxSms:N0} characters by SMS.")),
            ("subject", Shape.Text("Of an e-mail; where nothing is said, the last one's.", max: WriteMessage.LongestSubject).OrNull())),
    };

    public static IReadOnlyList<DescribedAddress> Addresses { get; } =
    [
        Get("/conversations", Group, "List conversations") with
        {
            Parameters =
            [
                .. Paged(), new("contactId", Shape.Text("Only those with this contact.")),
                new("channel", Shape.Word("Only those held so.", ConversationJson.Channels)),
                new("isOpen", Shape.Flag("Only those that nobody, or somebody, has put away.")),
                new("isUnread", Shape.Flag("Only those in which something is, or is not, to be read.")),
                new("hasReplies", Shape.Flag("Only those in which the other side has, or has never, written.")),
                new("search", Shape.Text("A part of the number, the address or the name.")),
            ],
            Answers = [new(200, "A page, the last written in first; at most 10,000 are counted.", Shape.Ref("ConversationPage"))],
        },
        Post("/conversations", Group, "Begin a conversation") with
        {
            More = "Where there is one with this number or address already, that is answered. With `body` the message goes out at once, "
                + "the same way as those of steps.",
            Body = Shape.Ref("ConversationBody"),
            Answers = [new(201, "It was begun.", One("Conversation")) { HasLocation = true },
                new(200, "There was one.", One("Conversation")) { HasLocation = true }],
            Conflict = "The message cannot go out: no gateway is connected, the number has asked for no more, or the gateway refused it.",
        },
        Get("/conversations/{id}", Group, "Get a conversation").Answering(200, "The conversation.", One("Conversation")),
        Patch("/conversations/{id}", Group, "Update a conversation") with
        {
            Body = Shape.Ref("ConversationChange"),
            Answers = [new(200, "It was changed.", One("Conversation"))],
            Conflict = "Something stands against it.",
        },
        Delete("/conversations/{id}", Group, "Delete a conversation") with
        {
            More = "All its messages go, in both directions.",
            Conflict = "A run that is not over has written in it.",
        },
        Get("/conversations/{id}/messages", Group, "List the messages of a conversation") with
        {
            Parameters = [.. Paged()],
            Answers = [new(200, "A page of messages, the newest first.", Shape.Ref("MessagePage"))],
        },
        Post("/conversations/{id}/messages", Group, "Write in a conversation") with
        {
            More = "With an Idempotency-Key it goes out once.",
            Body = Shape.Ref("ConversationMessage"),
            Answers = [new(201, "It went out, or was captured in the sandbox: `status` says which.", One("Message"))],
            Conflict = "It cannot go out: no gateway is connected, the number has asked for no more, or the gateway refused it.",
        },
    ];
}
