using Bunit;
using MudBlazor.Services;
using WorkflowStudio.Components.Shared;

namespace WorkflowStudio.Tests.Support;

/// <summary>Renders parts that are made of MudBlazor's, with its services as the studio sets them. Its scripts answer nothing.</summary>
public abstract class MudContext : BunitContext, IAsyncLifetime
{
    protected MudContext()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices(o => Toasts.Configure(o.SnackbarConfiguration));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    // some of its services can only be closed asynchronously
    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();
}
