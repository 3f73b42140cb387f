using Microsoft.AspNetCore.Components.Server.Circuits;

namespace WorkflowStudio.Components.Shared.Browser;

/// <summary>The connection of one tab to this server. What was sent to the browser while it was gone is lost, and nobody says so.</summary>
public sealed class TabConnection : CircuitHandler
{
    private bool isDown;

    /// <summary>It is back after it was gone.</summary>
    public event Action? Back;

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        isDown = true;
        return Task.CompletedTask;
    }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (!isDown) return Task.CompletedTask;
        isDown = false;
        Back?.Invoke();
        return Task.CompletedTask;
    }
}
