using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Components.Shared;

/// <summary>Makes an empty draft and opens it in the editor.</summary>
public sealed partial class NewWorkflow
{
    private readonly OneClick makes = new();
    private bool making;

    /// <summary>What the button says.</summary>
    [Parameter]
    public string Text { get; set; } = "New workflow";

    /// <summary>Whether it is what the view is for.</summary>
    [Parameter]
    public bool Primary { get; set; } = true;

    [CascadingParameter]
    private StudioSession Session { get; set; } = null!;

    [Inject]
    private CreateWorkflow Create { get; set; } = null!;

    [Inject]
    private JustMade JustMade { get; set; } = null!;

    [Inject]
    private ISnackbar Toasts { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private Task Make() => makes.RunAsync(MakeOne);

    private async Task MakeOne()
    {
        making = true;
        var made = await StoreAway.TryAsync(
            () => Create.RunAsync(Session.Caller, Operations.Workflows.NewWorkflow.Draft("Untitled workflow")));
        if (made.Ok)
        {
            JustMade.Id = made.Value.Id;
            Navigation.NavigateTo(StudioUrls.Editor(made.Value.Id));
        }
        else Toasts.Failed(made.Problem.Message);
        making = false;
    }
}
