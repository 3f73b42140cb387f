using Bunit;
using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Shared.Pages;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Components.Shared.Pages;

public sealed class ListFrameTests : MudContext
{
    [Fact]
    public void List_BeforeItIsRead_HasItsHeadAndRowsThatStandForIt()
    {
        var frame = Frame(null);
        Assert.Equal("Runs", frame.Find(".ws-page-head h1").TextContent);
        Assert.Equal(10, frame.FindAll(".ws-skeleton-row").Count);
        Assert.Contains("height:60px", frame.Find(".ws-skeleton-row").GetAttribute("style"), StringComparison.Ordinal);
        Assert.Empty(frame.FindAll(".ws-sub, .ws-side, [role=search]"));
    }

    [Fact]
    public void List_ThatWasRead_IsShown() => Assert.Equal("<p>3 rows</p>", Body(Frame("3 rows")));

    [Fact]
    public void List_WithNothingInIt_SaysWhenItFills() =>
        Assert.Equal("<i>none of 0 rows</i>", Body(Frame("0 rows", p => p.Add(f => f.IsEmpty, true))));

    [Fact]
    public async Task List_ThatCouldNotBeRead_SaysWhyAndIsReadAgainWhenAsked()
    {
        var again = 0;
        var retry = EventCallback.Factory.Create(this, () => again++);
        var frame = Frame(null, p => p.Add(f => f.Problem, "Your role is Viewer.").Add(f => f.Retry, retry));
        Assert.Equal("The runs could not be loaded", frame.Find("[role=alert] .ws-trouble-title").TextContent);
        Assert.Equal("Your role is Viewer.", frame.Find(".ws-trouble-text").TextContent);

        await frame.Find(".ws-trouble button").ClickAsync(new());

        Assert.Equal(1, again);
        Assert.Empty(frame.FindAll(".ws-skeleton"));
    }

    [Fact]
    public void Head_WhatStandsInIt_IsInItsPlace()
    {
        var frame = Frame("3 rows", p => p
            .Add(f => f.Count, "1,204").Add(f => f.Beside, "<b>Live</b>").Add(f => f.Side, "<button>New</button>")
            .Add(f => f.Toolbar, "<input>"));
        Assert.Equal("Runs|1,204|Live|New", string.Join('|', frame.Find(".ws-page-head").Children.Select(c => c.TextContent.Trim())));
        Assert.NotNull(frame.Find(".ws-page-head + [role=search] > input"));
    }

    private static string Body(IRenderedComponent<ListFrame<string>> frame) => frame.Find(".ws-page-head").NextElementSibling!.OuterHtml;

    private IRenderedComponent<ListFrame<string>> Frame(
        string? facts, Action<ComponentParameterCollectionBuilder<ListFrame<string>>>? more = null) =>
        Render<ListFrame<string>>(p =>
        {
            p.Add(f => f.Title, "Runs").Add(f => f.What, "runs").Add(f => f.Facts, facts).Add(f => f.RowHeight, 60)
                .Add(f => f.Empty, shown => $"<i>none of {shown}</i>").Add(f => f.ChildContent, shown => $"<p>{shown}</p>");
            more?.Invoke(p);
        });
}
