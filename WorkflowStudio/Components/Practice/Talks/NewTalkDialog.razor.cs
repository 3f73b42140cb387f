using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Components.Practice.Talks;

/// <summary>Asks with whom somebody wants to write, and how. It closes with the id of the conversation.</summary>
public sealed partial class NewTalkDialog : IDisposable
{
    private static readonly IReadOnlyList<(MessageChannel Value, string Text)> Channels =
        [(MessageChannel.Sms, "SMS"), (MessageChannel.Email, "E-mail")];

    private readonly Lifetime life = new();
    private MessageChannel channel;
    private PracticeRecord? contact;
    private string? address;
    private string? problem;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject]
    private WriteMessage Writing { get; set; } = null!;

    // a dialog is drawn outside the page and is handed the session
    [Parameter, EditorRequired]
    public StudioSession Session { get; set; } = null!;

    public void Dispose() => life.Dispose();

    // twice is once: there is one conversation with an address
    private async Task BeginAsync()
    {
        var begun = await StoreAway.TryAsync(() => Writing.BeginAsync(
            Session.Caller, new NewConversation(channel, contact?.Id, contact is null ? address : null), life.Token));
        problem = begun.Problem?.Message;
        if (begun.Ok) Dialog.Close(DialogResult.Ok(begun.Value.Conversation.Id));
    }
}
