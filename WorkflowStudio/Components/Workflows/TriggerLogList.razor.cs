using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations.Events;

namespace WorkflowStudio.Components.Workflows;

/// <summary>What the trigger of a workflow refused and why, and what it started by itself. A page begins behind a line, so all cost the same.</summary>
public sealed partial class TriggerLogList : IDisposable
{
    private readonly CancellationTokenSource closing = new();
    private TriggerLogPage? found;
    private Guid workflow;
    private string? problem;

    [CascadingParameter]
    private StudioSession Session { get; set; } = null!;

    [Inject]
    private ReadTriggerLog Log { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Parameter]
    public string Id { get; set; } = "";

    [SupplyParameterFromQuery(Name = "outcome")]
    private string? Outcome { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    private long? Before { get; set; }

    public void Dispose()
    {
        closing.Cancel();
        closing.Dispose();
    }

    protected override Task OnParametersSetAsync() => Load();

    private async Task Load()
    {
        if (!ShownId.TryRead(Id, out workflow))
        {
            problem = "There is no workflow with this address.";
            return;
        }

        var read = await Log.RunAsync(Session.Caller, workflow, Before, TriggerLogWords.Outcome(Outcome), closing.Token);
        (found, problem) = (read.Value, read.Problem?.Message);
    }

    private void Go(string? outcome, long? before) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["outcome"] = outcome, ["before"] = before }));
}
