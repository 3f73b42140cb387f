using WorkflowStudio.Engine.Practice.Documents;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Practice.Messages.Conversations;
using WorkflowStudio.Engine.Practice.Notifications;
using WorkflowStudio.Operations.Practice;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Operations.Access;

/// <summary>The rows of conversations, documents, notifications and contacts that are made one.</summary>
internal static partial class OperationRows
{
    private static IEnumerable<OperationRow> OfConversations()
    {
        const string view = "data.view", data = "data.manage", write = "outbox.resend";
        yield return Of<ReadConversations>("PageAsync", view, async (o, c) =>
            (await o.PageAsync(c, new ConversationFilter(), 0, 9, default)).Problem);
        yield return Of<ReadConversations>("UnreadAsync", view, async (o, c) => (await o.UnreadAsync(c, default)).Problem);
        yield return Of<ReadConversations>("FindAsync", view, async (o, c) =>
            There((await o.FindAsync(c, NewIds.Next(), default)).Problem));
        yield return Of<ReadConversations>("MessagesAsync", view, async (o, c) =>
            (await o.MessagesAsync(c, new MessageFilter(), 0, 9, default)).Problem);
        yield return Of<ReadConversations>("MessageAsync", view, async (o, c) =>
            There((await o.MessageAsync(c, NewIds.Next(), default)).Problem));
        yield return Of<ChangeConversations>("ChangeAsync", data, async (o, c) =>
            There((await o.ChangeAsync(c, NewIds.Next(), new ConversationChange { IsOpen = false }, default)).Problem));
        yield return Of<ChangeConversations>("RemoveAsync", data, async (o, c) =>
            There((await o.RemoveAsync(c, NewIds.Next(), default)).Problem));
        yield return Of<ChangeConversations>("RemoveMessageAsync", data, async (o, c) =>
            There((await o.RemoveMessageAsync(c, NewIds.Next(), default)).Problem));
        yield return Of<WriteMessage>("BeginAsync", write, async (o, c) =>
            (await o.BeginAsync(c, new NewConversation(MessageChannel.Sms, null, "+17135550142"), default)).Problem) with
        { AlsoNeeds = view };
        yield return Of<WriteMessage>("SendAsync", write, async (o, c) =>
            There((await o.SendAsync(c, NewIds.Next(), new NewMessage("Hello", null), null, default)).Problem)) with
        { AlsoNeeds = view };
        yield return Of<ReadDocuments>("PageAsync", view, async (o, c) =>
            (await o.PageAsync(c, new DocumentFilter(), 0, 9, default)).Problem);
        yield return Of<ReadDocuments>("TextAsync", view, async (o, c) => There((await o.TextAsync(c, NewIds.Next(), default)).Problem));
        yield return Of<ChangeDocuments>("AddAsync", data, async (o, c) =>
            (await o.AddAsync(c, new NewDocument(NewIds.Next(), "a.txt", "text/plain", "a"u8.ToArray()), null, null, default)).Problem);
        yield return Of<ChangeDocuments>("ChangeAsync", data, async (o, c) =>
            There((await o.ChangeAsync(c, NewIds.Next(), new DocumentChange { Name = "b" }, default)).Problem));
        yield return Of<Notifications>("PageAsync", view, async (o, c) =>
            (await o.PageAsync(c, new NotificationFilter(), 0, 9, default)).Problem);
        yield return Of<Notifications>("FindAsync", view, async (o, c) =>
            There((await o.FindAsync(c, NewIds.Next(), default)).Problem));
        yield return Of<ChangeNotifications>("AddAsync", data, async (o, c) =>
            (await o.AddAsync(c, new NewNotification("Hello", "", NotificationLevel.Info, "", null), null, default)).Problem);
        yield return Of<Notifications>("MarkAsync", view, async (o, c) =>
            There((await o.MarkAsync(c, NewIds.Next(), true, default)).Problem));
        yield return Of<ChangeNotifications>("RemoveAsync", data, async (o, c) =>
            There((await o.RemoveAsync(c, NewIds.Next(), default)).Problem));
        yield return Of<Contacts>("MergeAsync", data, async (o, c) =>
            There((await o.MergeAsync(c, NewIds.Next(), NewIds.Next(), default)).Problem));
        yield return Of<Contacts>("AlikeAsync", data, async (o, c) => (await o.AlikeAsync(c, NewIds.Next(), default)).Problem);
        yield return Of<Contacts>("DoublesAsync", data, async (o, c) => (await o.DoublesAsync(c, default)).Problem);
    }
}
