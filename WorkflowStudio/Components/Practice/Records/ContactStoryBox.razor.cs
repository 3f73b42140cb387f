using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Components.Practice.Records;

/// <summary>What there was with a contact whose fields are open.</summary>
public sealed partial class ContactStoryBox : IDisposable
{
    private readonly Lifetime life = new();
    private ContactStory? story;
    private string? problem;

    [Inject]
    private ReadContactStory Reading { get; set; } = null!;

    [Inject]
    private AllowMessages Allowing { get; set; } = null!;

    [Parameter, EditorRequired]
    public PracticeRecord Record { get; set; } = null!;

    // a dialog is drawn outside the page and is handed the session
    [Parameter, EditorRequired]
    public StudioSession Session { get; set; } = null!;

    private IEnumerable<(MessageChannel Channel, string What, OptOut Stopped)> Stopped
    {
        get
        {
            if (story?.OptOut is { } sms) yield return (MessageChannel.Sms, "SMS", sms);
            if (story?.MailOptOut is { } mail) yield return (MessageChannel.Email, "e-mail", mail);
        }
    }

    public void Dispose() => life.Dispose();

    protected override Task OnInitializedAsync() => ReadAsync();

    private async Task ReadAsync()
    {
        var read = await StoreAway.TryAsync(() => Reading.RunAsync(Session.Caller, Record.Id, life.Token));
        (story, problem) = (read.Value ?? story, read.Problem?.Message);
    }

    private async Task AllowAsync(MessageChannel channel)
    {
        var done = await StoreAway.TryAsync(() => Allowing.RunAsync(Session.Caller, Record.Id, channel, life.Token));
        problem = done.Problem?.Message;
        if (done.Ok) await ReadAsync();
    }
}
