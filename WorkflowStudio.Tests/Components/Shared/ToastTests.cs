using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Components.Shared;

/// <summary>What a note at the edge of the page offers.</summary>
public sealed class ToastTests : MudContext
{
    [Fact]
    public async Task Done_WithSomethingToFollow_DoesItOnceAndGoes()
    {
        var page = Page();
        var undone = 0;
        await page.InvokeAsync(() => Services.GetRequiredService<ISnackbar>()
            .Done("“Refunds” is off", ("Undo", () => Task.FromResult(undone++))));
        page.WaitForAssertion(() => Assert.Contains("“Refunds” is off", page.Markup, StringComparison.Ordinal));

        // a note that comes is drawn more than once
        await page.InvokeAsync(() => page.FindAll("button").Single(b => b.TextContent.Trim() == "Undo").Click());
        page.WaitForAssertion(() => Assert.Equal(1, undone));
        page.WaitForAssertion(() => Assert.DoesNotContain("Refunds", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tell_OfAProblem_OffersNothingToUndo()
    {
        var page = Page();
        var problem = new WorkflowStudio.Operations.OperationProblem.NotFound("workflow");
        await page.InvokeAsync(() => Services.GetRequiredService<ISnackbar>()
            .Tell(problem, "It is off", ("Undo", () => Task.CompletedTask)));
        page.WaitForAssertion(() => Assert.Contains("There is no workflow with this id.", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain(page.FindAll("button"), b => b.TextContent.Trim() == "Undo");
    }

    private IRenderedComponent<MudSnackbarProvider> Page() => Render<MudSnackbarProvider>();
}
