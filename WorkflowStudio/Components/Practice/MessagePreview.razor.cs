using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Components.Practice;

/// <summary>A message of the outbox as its reader sees it, with what became of it.</summary>
public sealed partial class MessagePreview
{
    [CascadingParameter]
    private StudioSession Session { get; set; } = null!;

    private static readonly IReadOnlyList<(bool Value, string Text)> Views = [(false, "As it looks"), (true, "As text")];

    private bool asText;

    /// <summary>What can be done about it.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private string? Html { get; set; }

    [Parameter, EditorRequired]
    public OutboxMessage Message { get; set; } = null!;

    protected override void OnParametersSet() => Html = Message.Html is { } html ? SafeHtml.Document(html) : null;

    private StatusLook Look => Message.Status switch
    {
        MessageStatus.Captured => new("waiting", "inventory_2", "Captured, not sent"),
        MessageStatus.Sent => new("done", "check_circle", "Sent", Filled: true),
        MessageStatus.Delivered => new("done", "done_all", "Delivered"),
        MessageStatus.Sending => new("running", "outgoing_mail", "Being sent"),
        MessageStatus.Unknown => new("failed", "help", "Nobody knows whether it went out", Filled: true),
        MessageStatus.GivenUp => new("skipped", "block", "Not sent: somebody decided so"),
        MessageStatus.Undelivered => new("failed", "error", "Not delivered", Filled: true),
        _ => new("failed", "error", "Not sent", Filled: true),
    };

    private string Size
    {
        get
        {
            var parts = SmsLength.Messages(Message.Body);
            return $"{StudioFormat.Count(parts, "SMS", "SMS")}, {StudioFormat.Count(Message.Body.Length, "character", "characters")}";
        }
    }
}
