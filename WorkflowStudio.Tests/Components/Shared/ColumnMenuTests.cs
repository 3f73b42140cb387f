using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Components.Shared.Browser;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Components.Shared;

public sealed class ColumnMenuTests : MudContext
{
    private readonly BunitJSModuleInterop module;

    public ColumnMenuTests()
    {
        module = JSInterop.SetupModule("./browser.js");
        module.Mode = JSRuntimeMode.Loose;
        Services.AddScoped<BrowserStore>();
    }

    [Fact]
    public void Columns_ThatThisBrowserPutAway_AreNotDrawn()
    {
        module.Setup<string?>("kept", "ws-columns-clients").SetResult("Phone|Fax"); // a column that is no more is left out
        var (list, menu) = List();

        Assert.Equal(["Name", "City"], Heads(list));
        Assert.Equal(["Ann", "Bath"], list.FindAll("tbody td").Select(c => c.TextContent));
        Assert.Equal([false, true], menu.FindAll("input").Select(i => i.HasAttribute("checked")));
    }

    [Fact]
    public async Task Box_Changed_PutsTheColumnAwayOrBringsItBackAndKeepsThat()
    {
        var (list, menu) = List();
        Assert.Equal(["Name", "Phone", "City"], Heads(list));

        await menu.FindAll("input")[1].ChangeAsync(new ChangeEventArgs { Value = false });
        Assert.Equal(["Name", "Phone"], Heads(list));
        await menu.FindAll("input")[0].ChangeAsync(new ChangeEventArgs { Value = false });
        Assert.Equal(["Name"], Heads(list));
        await menu.FindAll("input")[1].ChangeAsync(new ChangeEventArgs { Value = true });
        Assert.Equal(["Name", "City"], Heads(list)); // in its old place

        Assert.Equal(["City", "Phone|City", "Phone"], module.Invocations["keep"].Select(i => (string)i.Arguments[1]!));
        Assert.All(module.Invocations["keep"], i => Assert.Equal("ws-columns-clients", i.Arguments[0]));
    }

    private static IEnumerable<string> Heads(IRenderedComponent<StudioGrid<string[]>> list) =>
        list.FindAll("th").Select(h => h.TextContent.Trim());

    private (IRenderedComponent<StudioGrid<string[]>> List, IRenderedComponent<ColumnMenu> Menu) List()
    {
        var choice = new ColumnChoice("clients", "Phone", "City");
        RenderFragment columns = tree =>
        {
            foreach (var (title, at) in new[] { ("Name", 0), ("Phone", 1), ("City", 2) })
            {
                tree.OpenComponent<StudioColumn<string[]>>(0);
                tree.AddAttribute(1, "Title", title);
                tree.AddAttribute(2, "Hidden", choice.Hides(title));
                tree.AddAttribute(3, "Template", (RenderFragment<string[]>)(row => cell => cell.AddContent(0, row[at])));
                tree.CloseComponent();
            }
        };
        var list = Render<StudioGrid<string[]>>(p => p.Add(g => g.Rows, [["Ann", "555", "Bath"]]).Add(g => g.Id, row => row[0])
            .Add(g => g.Columns, columns));
        var menu = Render<ColumnMenu>(p => p.Add(m => m.Choice, choice)
            .Add(m => m.OnChosen, () => list.Render(g => g.Add(x => x.Columns, columns))));
        return (list, menu);
    }
}
