using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Components.Templates;
using WorkflowStudio.Engine.Gallery;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Operations.Home;
using WorkflowStudio.Operations.Templates;
using WorkflowStudio.Operations.Workflows;
using WorkflowStudio.Tests.Gallery;
using WorkflowStudio.Tests.Support;
using Page = WorkflowStudio.Components.Templates.Templates;

namespace WorkflowStudio.Tests.Components.Templates;

/// <summary>The page of the gallery.</summary>
public sealed class TemplatesTests : MudContext, IAsyncLifetime
{
    private TemplatePractice practice = null!;

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    async Task IAsyncLifetime.InitializeAsync()
    {
        practice = await TemplatePractice.MakeAsync();
        Services.AddSingleton(practice.Get<ReadTemplates>()).AddSingleton(practice.Get<UseTemplate>())
            .AddSingleton(practice.Get<CreateWorkflow>()).AddSingleton(practice.Get<NodeCatalog>()).AddSingleton<JustMade>()
            .AddSingleton(new LiveUpdates(null!, TimeProvider.System)).AddSingleton(TimeProvider.System);
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await practice.DisposeAsync();
    }

    [Fact]
    public void Page_ShowsEachWithItsStepsAndWhatItNeeds()
    {
        var page = Open();
        Assert.Equal(TemplateGallery.All.Count, page.FindAll(".card").Count);
        var card = page.FindAll(".card").Single(c => c.TextContent.Contains("Review request", StringComparison.Ordinal));
        Assert.Contains("2 steps · Needs SMS gateway, Google place", card.TextContent, StringComparison.Ordinal);
        Assert.Equal("Appointment booked, Until the visit is over, Ask for a review",
            card.QuerySelector("svg")!.GetAttribute("aria-label"));
        Assert.Equal(3, card.QuerySelectorAll("svg .icon").Length);
    }

    [Fact]
    public async Task Category_IsChosenInTheAddress_AndStaysWithTheSearch()
    {
        var page = Open("?q=appointment");
        var before = page.FindAll(".card").Count;
        await page.FindAll(".chip").Single(c => c.TextContent.StartsWith("Booking", StringComparison.Ordinal)).ClickAsync(new());
        Assert.EndsWith("?q=appointment&category=booking", Navigation.Uri, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.InRange(page.FindAll(".card").Count, 1, before - 1), EngineHarness.Patience);
        Assert.Equal("Booking", page.Find(".chip[aria-pressed=true]").FirstChild!.TextContent.Trim());
    }

    [Fact]
    public async Task Search_ForWhatIsNotThere_SaysSoAndIsCleared()
    {
        var page = Open("?q=zeppelin&category=leads");
        Assert.Contains("No templates match", page.Markup, StringComparison.Ordinal);
        await page.FindAll("button").Single(b => b.TextContent == "Clear filters").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Equal(TemplateGallery.All.Count, page.FindAll(".card").Count), EngineHarness.Patience);
    }

    [Theory]
    [InlineData("?category=%3Cscript%3E&q=%00")]
    [InlineData("?category=nonsense")]
    public void Address_ThatNobodyOffered_ShowsAll(string query) =>
        Assert.Equal(TemplateGallery.All.Count, Open(query).FindAll(".card").Count);

    [Fact]
    public async Task Use_MakesTheDraftAndOpensItInTheEditor()
    {
        var page = Open("?q=retainer");
        await page.Find("button[aria-label='Use Monthly retainer']").ClickAsync(new());
        var list = await practice.Get<ListWorkflows>().RunAsync(practice.Owner, new WorkflowFilter());
        var made = Assert.Single(list.Value!.Items).Workflow;
        Assert.Equal(("Monthly retainer", WorkflowStatus.Draft), (made.Name, made.Status));
        Assert.EndsWith(StudioUrls.Editor(made.Id), Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Viewer_SeesThemAndUsesNone()
    {
        var page = Open(role: WorkspaceRole.Viewer);
        Assert.NotEmpty(page.FindAll(".card"));
        Assert.DoesNotContain(page.FindAll("button"), b => b.TextContent.Trim() is "Use" or "Start empty");
    }

    [Fact]
    public void Picture_GoesOnBelowWhereItIsWide()
    {
        var template = TemplateGallery.All.Single(t => t.Slug == "property-blast");
        var picture = PictureOfGraph.Of(template.Definition, practice.Get<NodeCatalog>());
        Assert.Equal(template.Definition.Nodes.Count + 1, picture.Tiles.Select(t => (t.X, t.Y)).Distinct().Count());
        Assert.Equal(template.Definition.Links.Count, picture.Links.Count);
        Assert.Contains(picture.Links, l => l.Contains('V', StringComparison.Ordinal));
    }

    private IRenderedComponent<Page> Open(string query = "", WorkspaceRole role = WorkspaceRole.Owner)
    {
        Navigation.NavigateTo(StudioUrls.Templates + query);
        var session = new StudioSession(practice.Owner with { Role = role }, new WorkspaceFacts("Test practice", "UTC", true, true),
            new StudioFormat("UTC", TimeProvider.System));
        var page = Render<CascadingValue<StudioSession>>(p => p.Add(c => c.Value, session).AddChildContent<Page>()).FindComponent<Page>();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".ws-skeleton")), EngineHarness.Patience);
        return page;
    }
}
