using System.Text.Json;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Practice.Messages.Conversations;

/// <summary>The events of conversations, raised where the row is written.</summary>
internal static class ConversationEvents
{
    public static PlatformEvent Created(ConversationRow talk) => Of(KnownEvents.ConversationCreated, talk);

    public static PlatformEvent Updated(ConversationRow talk) => Of(KnownEvents.ConversationUpdated, talk);

    private static PlatformEvent Of(string type, ConversationRow talk)
    {
        var data = JsonSerializer.SerializeToElement(new
        {
            conversation_id = talk.Id, channel = talk.Channel.ToString().ToLowerInvariant(), address = talk.Address,
            contact_id = talk.ContactId, is_open = !talk.IsClosed,
        });
        return new PlatformEvent(type, () => data);
    }
}
