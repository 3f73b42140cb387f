using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WorkflowStudio.Components.Editor;
using WorkflowStudio.Components.Editor.Session;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Components.Shared.Browser;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Editing;
using WorkflowStudio.Operations.Home;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Components.Editor;

public sealed class EditorPageTests : MudContext
{
    private static readonly Guid Id = Guid.Parse("00000000-0000-0000-0000-000000000001");

    private readonly FakeTimeProvider clock = new();
    private readonly FakeEditing stored;

    public EditorPageTests()
    {
        stored = new FakeEditing(Id, clock.GetUtcNow());
        var canvas = JSInterop.SetupModule("./canvas/canvas.js");
        canvas.SetupModule(i => i.Identifier == "mount").Mode = JSRuntimeMode.Loose;
        var kept = JSInterop.SetupModule("./kept.js");
        kept.Mode = JSRuntimeMode.Loose;
        var edits = kept.SetupModule(i => i.Identifier == "open");
        edits.Mode = JSRuntimeMode.Loose;
        edits.Setup<KeptEdit[]>("offers").SetResult([]);
        Services.AddSingleton<IEditWorkflow>(stored).AddSingleton(new NodeCatalog([new SetNode()])).AddSingleton<TimeProvider>(clock);
        Services.AddSingleton<TabConnection>().AddSingleton<StoredEdits>().AddSingleton<EditorDesk>().AddSingleton<JustMade>();
        Services.AddScoped<BrowserStore>().AddScoped<StudioTheme>().AddSingleton(new WatchRun(null!, null!, null!));
    }

    [Fact]
    public void Page_OfOtherAddresses_ShowsEachAsItIs()
    {
        var page = Open(ShownId.Workflow(Id));
        Assert.Equal("Recall", page.Find("h1").TextContent);

        page.Render(p => p.Add(c => c.Id, "nothing"));
        Assert.Contains("There is no workflow with this address.", page.Markup, StringComparison.Ordinal);
        page.Render(p => p.Add(c => c.Id, ShownId.Workflow(Id)));
        Assert.Equal("Recall", page.Find("h1").TextContent);
        page.Render(p => p.Add(c => c.Id, ShownId.Workflow(Guid.Empty)));
        Assert.Contains("The workflow cannot be opened", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindComponents<EditorRoom>());
    }

    [Fact]
    public async Task Page_ThatIsLeft_HasSavedWhatWasChanged()
    {
        var page = Open(ShownId.Workflow(Id));
        var work = page.FindComponent<EditorRoom>().Instance.Work;
        work.Document.Add("set", 0, 0);

        page.Render(p => p.Add(c => c.Id, "nothing"));

        await work.DisposeAsync(); // as often as it is asked for
        Assert.Equal(("set", 1), (stored.Draft.Nodes.Single().Type, stored.Saves));
    }

    [Fact]
    public async Task Theirs_ThatCannotBeRead_LeavesWhatIsHere()
    {
        var page = Open(ShownId.Workflow(Id));
        var work = page.FindComponent<EditorRoom>().Instance.Work;
        work.Document.Add("set", 0, 0);
        stored.Revision = 7;
        await page.InvokeAsync(work.SaveAsync);
        stored.Gone = true;

        await page.FindAll("button").Single(b => b.TextContent == "Reload theirs").ClickAsync(new());

        Assert.Single(work.Document.Definition.Nodes);
        Assert.Equal(SaveState.Conflict, work.Save);
        Assert.NotEmpty(page.FindComponents<EditorRoom>());
    }

    private IRenderedComponent<EditorPage> Open(string address)
    {
        var caller = new Caller { Tenant = EngineHarness.Tenant, Name = "Dana", Role = WorkspaceRole.Owner };
        var session = new StudioSession(caller, new WorkspaceFacts("Test practice", "UTC", true, true), new StudioFormat("UTC", clock));
        Services.AddCascadingValue(_ => session);
        return Render<EditorPage>(p => p.Add(c => c.Id, address));
    }
}
