using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Components.Shared;

/// <summary>What a question is made of: its name, the safe button first, and the way out that Escape takes.</summary>
public sealed class DialogTests : MudContext
{
    [Fact]
    public async Task Ask_AQuestion_HasItsTitleAsNameAndTheSafeButtonFirst()
    {
        var (page, answer) = Ask();

        var dialog = page.Find("[role=dialog]");
        Assert.Equal("Delete “Refunds”?", page.Find($"#{dialog.GetAttribute("aria-labelledby")}").TextContent);
        Assert.Equal(["Keep it", "Delete workflow"], dialog.QuerySelectorAll("button").Select(b => b.TextContent));
        Assert.True(dialog.QuerySelector("button")!.HasAttribute("autofocus"));

        await page.InvokeAsync(() => page.Find("[data-escape]").Click()); // a dialog that comes is drawn more than once
        Assert.False(await answer);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[role=dialog]")));
    }

    [Fact]
    public async Task Ask_GoneOnWith_IsTrue()
    {
        var (page, answer) = Ask();
        await page.InvokeAsync(() => page.Find(".ws-button-danger").Click());
        Assert.True(await answer);
    }

    private (IRenderedComponent<MudDialogProvider> Page, Task<bool> Answer) Ask()
    {
        var page = Render<MudDialogProvider>();
        Task<bool>? answer = null;
        _ = page.InvokeAsync(() => answer = Confirm.AskAsync(
            Services.GetRequiredService<IDialogService>(), "Delete “Refunds”?", "It cannot be undone.", "Keep it", "Delete workflow"));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[role=dialog] button")));
        return (page, answer!);
    }
}
