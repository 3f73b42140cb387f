using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Practice.Messages.Conversations;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Components.Practice.Talks;

/// <summary>What clients have written and were written, by number and address; one of them is open and can be answered.</summary>
public sealed partial class Inbox
{
    private const int PageLength = 30;
    private const int Piece = 50;
    private const int MostShown = 1_000;
    private const int MostCounted = PracticePages.MostCounted;
    private const int LongestExcerpt = 120;

    private readonly OneClick once = new();
    private string draft = "";
    private string? refused;
    private bool sending;
    private Guid? open; // whose draft it is
    private int wanted = Piece;

    [Inject]
    private ReadConversations Reading { get; set; } = null!;

    [Inject]
    private ChangeConversations Changing { get; set; } = null!;

    [Inject]
    private WriteMessage Writing { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    private bool MayWrite => Session.May(WriteMessage.Needs) && Session.May(ReadConversations.Needs);

    private bool MayChange => Session.May(ChangeConversations.Needs);

    protected override async Task<Result<Shown>> ReadAsync()
    {
        var skip = (Query.Page - 1) * PageLength;
        var list = await Reading.PageAsync(Session.Caller, Query.ToFilter(), skip, PageLength, Closing);
        if (!list.Ok) return list.Problem;
        var unread = await Reading.UnreadAsync(Session.Caller, Closing);
        var items = list.Value.Items;
        // what is open stays open, also when it is put away or stands on another page
        var asked = Query.Talk ?? (items is [var first, ..] ? first.Id : null);
        var chosen = asked is { } id
            ? items.FirstOrDefault(t => t.Id == id) ?? (await Reading.FindAsync(Session.Caller, id, Closing)).Value
            : null;
        if (chosen?.Id != open) (open, draft, refused, wanted) = (chosen?.Id, "", null, Piece);
        if (chosen is null) return new Shown(items, list.Value.Total, skip + 1, unread.Value, null, [], 0);
        var messages = await Reading.MessagesAsync(
            Session.Caller, new MessageFilter { ConversationId = chosen.Id }, 0, Math.Min(wanted, 100), Closing);
        if (!messages.Ok) return messages.Problem;
        var all = messages.Value.Items.ToList();
        for (var read = 100; read < Math.Min(wanted, MostShown) && all.Count < messages.Value.Total; read += 100)
        {
            var more = await Reading.MessagesAsync(Session.Caller, new MessageFilter { ConversationId = chosen.Id }, read, 100, Closing);
            if (!more.Ok) return more.Problem;
            all.AddRange(more.Value.Items);
        }

        return new Shown(
            items, list.Value.Total, skip + 1, unread.Value, await ReadByMeAsync(chosen, all), all.AsEnumerable().Reverse().ToList(),
            Math.Min(messages.Value.Total, MostShown));
    }

    private static string Excerpt(ConversationItem talk) => talk.Last is not { } last ? "No messages any more"
        : (last.IsOut ? "You: " : "") + ShownText.Cut(ShownText.OneLine(last.Subject ?? last.Body), LongestExcerpt);

    private string Size(ConversationItem talk)
    {
        if (draft.Length == 0 || talk.Channel != MessageChannel.Sms) return "";
        return $"{StudioFormat.Count(SmsLength.Messages(draft), "SMS", "SMS")}, "
            + StudioFormat.Count(draft.Length, "character", "characters");
    }

    // whoever has chosen a conversation reads it; the first of the list is only shown
    private async Task<ConversationItem> ReadByMeAsync(ConversationItem talk, List<TalkMessage> messages)
    {
        if (Query.Talk != talk.Id || talk.Unread == 0 || !MayChange || messages.Find(m => !m.IsOut) is not { } last) return talk;
        var read = await Changing.ChangeAsync(Session.Caller, talk.Id, new ConversationChange { UpTo = last.Id }, Closing);
        return read.Value ?? talk;
    }

    private Task OlderAsync()
    {
        wanted += Piece;
        return LoadAsync();
    }

    private async Task BeginAsync()
    {
        var begun = await Dialogs.OpenAsync<NewTalkDialog>(
            "Write to somebody", DialogShape.Form, new DialogParameters<NewTalkDialog> { { d => d.Session, Session } });
        if (begun is Guid id) Go(new InboxQuery("all", null, 1, id));
    }

    // a second click while it goes out is none, and after it there is nothing to send
    private async Task SendAsync(ConversationItem talk)
    {
        if (sending || string.IsNullOrWhiteSpace(draft)) return;
        (sending, var said) = (true, draft);
        var sent = await StoreAway.TryAsync(
            () => Writing.SendAsync(Session.Caller, talk.Id, new NewMessage(said, null), null, Closing));
        (sending, refused) = (false, sent.Problem?.Message);
        if (!sent.Ok) return;
        // what was typed on meanwhile stays
        draft = draft == said ? "" : draft;
        await LoadAsync();
    }

    private Task SwitchAsync(ConversationItem talk) => once.RunAsync(() => DoAsync(
        () => Changing.ChangeAsync(
            Session.Caller, talk.Id, new ConversationChange { IsOpen = !talk.IsOpen, IsRead = talk.IsOpen }, Closing),
        talk.IsOpen ? "Put away; the next message opens it again" : "It is open again"));

    private async Task RemoveAsync(ConversationItem talk)
    {
        if (!await Confirm.AskAsync(
            Dialogs, $"Remove all that was written with {talk.With}?",
            "Messages in both directions go for good, here and in the outbox. Runs keep what they know of them.", "Keep it",
            "Remove")) return;
        var gone = await DoAsync(() => Changing.RemoveAsync(Session.Caller, talk.Id, Closing), "Removed");
        if (gone.Ok) Go(Query with { Talk = null });
    }

    /// <summary>What the page shows: a page of conversations, and the messages of the open one, the oldest first.</summary>
    public sealed record Shown(
        IReadOnlyList<ConversationItem> List, int Total, int First, int Unread, ConversationItem? Chosen,
        IReadOnlyList<TalkMessage> Messages, int MessageTotal);
}
