using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;
using WorkflowStudio.Components.Shared;

namespace WorkflowStudio.Tests.Components.Shared;

/// <summary>What a note at the edge of the page offers.</summary>
public sealed class ToastTests : BunitContext, IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    // some services of notes can only be closed asynchronously
    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    [Fact]
    public async Task Done_WithSomethingToFollow_DoesItOnceAndGoes()
    {
        var page = Page();
        var undone = 0;
        await page.InvokeAsync(() => Services.GetRequiredService<ISnackbar>().Done("“Refunds” is off", ("Undo", () => Task.FromResult(undone++))));
        page.WaitForAssertion(() => Assert.Contains("“Refunds” is off", page.Markup, StringComparison.Ordinal));

        await page.InvokeAsync(() => page.FindAll("button").Single(b => b.TextContent.Trim() == "Undo").Click()); // a note that comes is drawn more than once
        page.WaitForAssertion(() => Assert.Equal(1, undone));
        page.WaitForAssertion(() => Assert.DoesNotContain("Refunds", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tell_OfAProblem_OffersNothingToUndo()
    {
        var page = Page();
        var problem = new WorkflowStudio.Operations.OperationProblem.NotFound("workflow");
        await page.InvokeAsync(() => Services.GetRequiredService<ISnackbar>().Tell(problem, "It is off", ("Undo", () => Task.CompletedTask)));
        page.WaitForAssertion(() => Assert.Contains("There is no workflow with this id.", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain(page.FindAll("button"), b => b.TextContent.Trim() == "Undo");
    }

    private IRenderedComponent<MudSnackbarProvider> Page()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices(o => Toasts.Configure(o.SnackbarConfiguration));
        return Render<MudSnackbarProvider>();
    }
}
