using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Triggers;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Components.Workflows;

/// <summary>The workflows of the environment: find one, turn it on or off, open, copy or delete it.</summary>
public sealed partial class WorkflowList : IDisposable
{
    private readonly CancellationTokenSource closing = new();
    private WorkflowPage<WorkflowItem>? found;
    private string? problem;

    [CascadingParameter]
    private StudioSession Session { get; set; } = null!;

    [Inject]
    private ListWorkflows Workflows { get; set; } = null!;

    [Inject]
    private WorkflowActions Actions { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "q")]
    private string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "status")]
    private string? Status { get; set; }

    [SupplyParameterFromQuery(Name = "trigger")]
    private string? Trigger { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private int? Number { get; set; }

    private WorkflowListQuery Query => new(Text, Status, Trigger, Number);

    private bool MayManage => Session.May(Permission.ManageWorkflows);

    private string? Hint => Session.Caller.Refuse(Permission.ManageWorkflows)?.Message;

    public void Dispose()
    {
        closing.Cancel();
        closing.Dispose();
    }

    protected override Task OnParametersSetAsync() => Load();

    private static string TriggerTitle(string type) => TriggerType.All.FirstOrDefault(t => t.Type == type)?.Title ?? type;

    private static string TriggerIcon(string type) => TriggerType.All.FirstOrDefault(t => t.Type == type)?.Icon ?? "bolt";

    private async Task Load()
    {
        var read = await Workflows.RunAsync(Session.Caller, Query.Search, Query.WantedStatus, Query.WantedTrigger, Query.Skip, WorkflowListQuery.PageLength, closing.Token);
        (found, problem) = (read.Value, read.Problem?.Message);
    }

    private void Open(Guid workflow) => Navigation.NavigateTo(StudioUrls.Editor(workflow));

    private void Go(WorkflowListQuery query) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(query.ToParameters()));

    private async Task Switch(WorkflowFacts workflow, bool on)
    {
        await Actions.SwitchAsync(Session.Caller, workflow, on, () => InvokeAsync(() => Switch(workflow, !on)));
        if (closing.IsCancellationRequested) return; // undone from another page
        await Load();
        StateHasChanged();
    }

    private IEnumerable<PopMenu.PopItem> Choices(WorkflowFacts workflow)
    {
        yield return new("open", "Open", "edit");
        yield return new("runs", "Show runs", "play_circle");
        if (!MayManage) yield break;
        yield return new("copy", "Duplicate", "content_copy");
        if (workflow.Status == WorkflowStatus.Active) yield return new("off", "Turn off", "pause_circle");
        if (workflow.Status == WorkflowStatus.Paused) yield return new("on", "Turn on", "play_arrow");
        yield return new("delete", "Delete", "delete", Danger: true);
    }

    private async Task Do(string choice, WorkflowFacts workflow)
    {
        switch (choice)
        {
            case "open":
                Open(workflow.Id);
                return;
            case "runs":
                Navigation.NavigateTo(StudioUrls.RunsOf(workflow.Id));
                return;
            case "copy" when await Actions.DuplicateAsync(Session.Caller, workflow) is { } copy:
                Open(copy);
                return;
            case "on" or "off":
                await Switch(workflow, choice == "on");
                return;
            case "delete" when !await Actions.DeleteAsync(Session.Caller, workflow):
                return;
        }

        await Load();
    }
}
