using WorkflowStudio.Components.Shared.Pages;
using WorkflowStudio.Engine.Practice.Messages.Conversations;

namespace WorkflowStudio.Components.Practice.Talks;

/// <summary>Which conversations the inbox lists, and the one that is open.</summary>
/// <param name="View">One of <see cref="Views"/>; null for those that are open.</param>
/// <param name="Text">What is searched for.</param>
/// <param name="Page">From 1.</param>
/// <param name="Talk">The conversation that is open; null for the first, which a phone does not open by itself.</param>
public sealed record InboxQuery(string? View = null, string? Text = null, int Page = 1, Guid? Talk = null) : IPageQuery<InboxQuery>
{
    private const int MostPages = 200;

    /// <summary>What can be listed.</summary>
    public static IReadOnlyList<(string Value, string Text)> Views { get; } = [("", "Open"), ("unread", "To read"), ("all", "All")];

    public static InboxQuery Of(AddressValues address) => new(
        address.OneOf("view", Views) is { Length: > 0 } view ? view : null, address.Text("q"),
        (int)(address.Number("page", MostPages) ?? 1), address.Id("conversation"));

    /// <summary>The same, as the operation is asked for it.</summary>
    public ConversationFilter ToFilter() => new()
    {
        IsUnread = View == "unread" ? true : null, IsOpen = View is null ? true : null, HasReplies = View is null ? true : null,
        Search = Text,
    };

    public IReadOnlyDictionary<string, object?> ToParameters() => new Dictionary<string, object?>
    { ["view"] = View, ["q"] = Text, ["page"] = Page == 1 ? null : Page, ["conversation"] = Talk };
}
