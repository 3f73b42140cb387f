using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Components.Practice;

/// <summary>The messages of the environment, and the chosen one as its reader sees it.</summary>
public sealed partial class Outbox : IDisposable
{
    private static readonly IReadOnlyList<(string, string)> Channels = [("", "All"), ("sms", "SMS"), ("email", "Email"), ("http", "HTTP")];

    private readonly CancellationTokenSource closing = new();
    private ListPage<OutboxMessage>? list;
    private OutboxMessage? chosen;
    private string? problem;

    [CascadingParameter]
    private StudioSession Session { get; set; } = null!;

    [Inject]
    private ReadOutbox Messages { get; set; } = null!;

    [Inject]
    private LiveUpdates Updates { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "channel")]
    private string? Channel { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    private string? Before { get; set; }

    [SupplyParameterFromQuery(Name = "message")]
    private string? MessageId { get; set; }

    private Guid? BeforeId => Guid.TryParse(Before, out var id) ? id : null;

    public void Dispose()
    {
        closing.Cancel();
        closing.Dispose();
    }

    protected override Task OnParametersSetAsync() => Load();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _ = Updates.FollowAsync(Session.Caller, LiveUpdates.Pages, _ => InvokeAsync(Refresh), closing.Token);
    }

    private async Task Refresh()
    {
        await Load();
        StateHasChanged();
    }

    private async Task Load()
    {
        MessageChannel? only = Channel switch { "sms" => MessageChannel.Sms, "email" => MessageChannel.Email, "http" => MessageChannel.Http, _ => null };
        var read = await Messages.PageAsync(Session.Caller, only, BeforeId, closing.Token);
        (list, problem) = (read.Value, read.Problem?.Message);
        chosen = list?.Items.FirstOrDefault(m => m.Id.ToString() == MessageId) ?? (list is { Items: [var newest, ..] } ? newest : null);
    }

    private void Go(string? channel, Guid? before, string? message) => Navigation.NavigateTo(Address(channel, before, message));

    private string Href(Guid? message) => Address(Channel, BeforeId, message?.ToString());

    private string Address(string? channel, Guid? before, string? message) => Navigation.GetUriWithQueryParameters(
        new Dictionary<string, object?> { ["channel"] = channel, ["before"] = before?.ToString(), ["message"] = message });
}
