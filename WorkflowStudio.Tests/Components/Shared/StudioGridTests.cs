using Bunit;
using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Components.Shared;

public sealed class StudioGridTests : MudContext
{
    [Fact]
    public async Task Row_Clicked_OpensIt()
    {
        string? opened = null;
        var grid = Grid(EventCallback.Factory.Create<string>(this, row => opened = row));

        await grid.FindAll("tbody tr")[1].ClickAsync(new());

        Assert.Equal("Recalls", opened);
    }

    [Fact]
    public void Head_AnUnseenTitle_IsThereForThoseWhoHear()
    {
        var grid = Grid(default);
        Assert.Equal(["Workflow", "Actions"], grid.FindAll("th").Select(h => h.TextContent.Trim()));
        Assert.Equal("Actions", grid.Find("th .ws-hidden").TextContent);
        Assert.Empty(grid.FindAll("th button")); // it sorts and filters nothing itself
        Assert.Empty(grid.FindAll(".ws-grid-links"));
    }

    [Fact]
    public void Row_ReadAnew_IsTheSameRow()
    {
        var grid = Grid(default);
        Assert.Equal(new GridRow<string>(1, "Refunds"), new GridRow<string>(1, "Refunds, changed"));

        grid.Render(p => p.Add(g => g.Rows, ["Refunds!", "Recalls"]));

        Assert.Equal("Refunds!", grid.Find("tbody td").TextContent);
    }

    private IRenderedComponent<StudioGrid<string>> Grid(EventCallback<string> open)
    {
        return Render<StudioGrid<string>>(p => p.Add(g => g.Rows, ["Refunds", "Recalls"]).Add(g => g.Id, row => row.TrimEnd('!'))
            .Add(g => g.OnOpen, open).Add(g => g.Columns, tree =>
            {
                tree.OpenComponent<StudioColumn<string>>(0);
                tree.AddAttribute(1, "Title", "Workflow");
                tree.AddAttribute(2, "Template", (RenderFragment<string>)(row => cell => cell.AddContent(0, row)));
                tree.CloseComponent();
                tree.OpenComponent<StudioColumn<string>>(3);
                tree.AddAttribute(4, "Title", "Actions");
                tree.AddAttribute(5, "TitleUnseen", true);
                tree.AddAttribute(6, "Template", (RenderFragment<string>)(_ => cell => cell.AddContent(0, "…")));
                tree.CloseComponent();
            }));
    }
}
