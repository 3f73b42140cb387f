using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using WorkflowStudio.Identity;
using WorkflowStudio.Operations.Home;

namespace WorkflowStudio.Components.Shared;

/// <summary>Opens the session of the signed-in person once per page load or circuit, and hands it down.</summary>
public sealed partial class SessionScope
{
    private bool ready;
    private StudioSession? session;

    [Inject]
    private AuthenticationStateProvider Authentication { get; set; } = null!;

    [Inject]
    private CallerFactory Callers { get; set; } = null!;

    [Inject]
    private ReadWorkspace ReadWorkspace { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Parameter, EditorRequired]
    public RenderFragment ChildContent { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        var person = (await Authentication.GetAuthenticationStateAsync()).User;
        if (await Callers.CreateAsync(person) is { } caller)
        {
            var workspace = await ReadWorkspace.ReadAsync(caller, CancellationToken.None);
            if (workspace.Ok) session = new StudioSession(caller, workspace.Value, new StudioFormat(workspace.Value.TimeZone, Clock));
        }

        ready = true;
    }
}
