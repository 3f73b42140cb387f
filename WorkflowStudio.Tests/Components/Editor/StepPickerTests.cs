using Bunit;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Components.Editor.Palette;
using WorkflowStudio.Components.Shared.Browser;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Components.Editor;

public sealed class StepPickerTests : BunitContext, IAsyncLifetime
{
    private readonly NodeCatalog catalog = new([new SetNode(), ScriptedNode.Echo(), new ReminderNode()]);

    public Task InitializeAsync() => Task.CompletedTask;

    // some services of pages can only be closed asynchronously
    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    [Fact]
    public async Task Arrows_BringTheChosenEntryIntoView()
    {
        var module = Ready();
        var picker = Render<StepPicker>();
        await picker.Find("[role=dialog]").KeyDownAsync(new KeyboardEventArgs { Key = "ArrowDown" });
        await picker.Find("[role=dialog]").KeyDownAsync(new KeyboardEventArgs { Key = "ArrowUp" });
        await picker.Find("[role=dialog]").KeyDownAsync(new KeyboardEventArgs { Key = "ArrowUp" });
        Assert.Equal(["picker-1", "picker-0", $"picker-{picker.FindAll("[role=option]").Count - 1}"],
            module.Invocations["show"].Select(i => i.Arguments[0]));
    }

    [Fact]
    public async Task Finder_DoesTheSame()
    {
        var module = Ready();
        var document = new EditorDocument(catalog);
        document.Open(Flows.Of("trigger > a:echo > b:echo"), EditorState.None, null);
        var finder = Render<StepFinder>(p => p.Add(c => c.Document, document));
        await finder.Find("[role=dialog]").KeyDownAsync(new KeyboardEventArgs { Key = "ArrowDown" });
        Assert.Equal(["finder-1"], module.Invocations["show"].Select(i => i.Arguments[0]));
    }

    private BunitJSModuleInterop Ready()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        var module = JSInterop.SetupModule("./browser.js");
        module.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton(catalog).AddScoped<BrowserStore>();
        return module;
    }
}
