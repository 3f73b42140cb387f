using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Triggers;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Components.Workflows;

/// <summary>The workflows of the environment: find one, turn it on or off, open, copy or delete it.</summary>
public sealed partial class WorkflowList
{
    private readonly ColumnChoice columns = new("workflows", "Starts", "Last run", "Last 16 runs");

    [Inject]
    private ListWorkflows Workflows { get; set; } = null!;

    [Inject]
    private WorkflowActions Actions { get; set; } = null!;

    // turned on and off and opened by those who are here
    protected override TimeSpan? Follows => null;

    private bool MayManage => Session.May(Permission.ManageWorkflows);

    private string? Hint => Session.Hint(Permission.ManageWorkflows);

    protected override Task<Result<WorkflowPage<WorkflowItem>>> ReadAsync() =>
        Workflows.RunAsync(Session.Caller, Query.ToFilter(), Closing);

    private static string TriggerTitle(string type) => TriggerType.All.FirstOrDefault(t => t.Type == type)?.Title ?? type;

    private static string TriggerIcon(string type) => TriggerType.All.FirstOrDefault(t => t.Type == type)?.Icon ?? "bolt";

    private void Open(Guid workflow) => Navigation.NavigateTo(StudioUrls.Editor(workflow));

    private async Task Switch(WorkflowFacts workflow, bool on)
    {
        await Actions.SwitchAsync(Session.Caller, workflow, on, () => InvokeAsync(() => Switch(workflow, !on)));
        await LoadAsync();
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

        await LoadAsync();
    }
}
