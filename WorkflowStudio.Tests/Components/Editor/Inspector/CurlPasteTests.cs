using System.Text.Json;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Components.Editor.Inspector;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Http;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Components.Editor.Inspector;

/// <summary>The button in the settings of an HTTP request: what is pasted becomes the settings, in one action.</summary>
public sealed class CurlPasteTests : MudContext
{
    private readonly EditorDocument document = new(new NodeCatalog([new HttpRequestNode(null!, null!, null!)]));
    private readonly string id;
    private readonly List<EditOutcome> edits = [];

    public CurlPasteTests()
    {
        document.Open(WorkflowDefinition.Empty, EditorState.None, null);
        id = document.Add("http_request", 0, 0).Patch!.Select![0];
        document.ChangeConfig(id, JsonElement.Parse("""{"url":"https://b.example","timeout_seconds":9}"""), "config");
    }

    [Fact]
    public async Task Paste_Command_FillsInTheSettingsAndIsUndoneAtOnce()
    {
        document.KeepUnread(id, "body", "{\"half", "Body is not JSON.");
        document.Seal();
        var (button, dialogs) = Open();
        await TakeAsync(dialogs, "curl https://a.example -H 'Authorization: Bearer x' --json '{\"a\":1}'");

        button.WaitForAssertion(() => Assert.Equal("https://a.example", Config.GetProperty("url").GetString()));
        Assert.Equal(("""{"a":1}""", 9), (Config.GetProperty("body").GetRawText(), Config.GetProperty("timeout_seconds").GetInt32()));
        Assert.Equal("Bearer x", Config.GetProperty("secret_headers").GetProperty("Authorization").GetString());
        Assert.Empty(document.Unread);
        Assert.NotEmpty(edits);
        Assert.Contains("A connection is the better place",
            Assert.Single(Services.GetRequiredService<ISnackbar>().ShownSnackbars).Message, StringComparison.Ordinal);

        document.Undo();
        Assert.Equal("""{"url":"https://b.example","timeout_seconds":9}""", Config.GetRawText());
        Assert.Equal("{\"half", Assert.Single(document.Unread).Text);
    }

    [Fact]
    public async Task Paste_WhatCannotBeRead_SaysWhyAndChangesNothing()
    {
        var (_, dialogs) = Open();
        await TakeAsync(dialogs, "curl https://a.example -d @body.json");

        Assert.Contains("The command reads a file", dialogs.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(dialogs.FindAll("#curl-command[aria-invalid=true]"));
        Assert.Equal("https://b.example", Config.GetProperty("url").GetString());
        Assert.Empty(edits);
    }

    [Fact]
    public async Task Paste_ForAStepThatIsGone_ChangesNothing()
    {
        var (button, dialogs) = Open();
        document.Delete([id], []);
        await TakeAsync(dialogs, "curl https://a.example");

        button.WaitForAssertion(() => Assert.Equal("This step no longer exists.",
            Assert.Single(Services.GetRequiredService<ISnackbar>().ShownSnackbars).Message));
        Assert.Empty(edits);
    }

    private JsonElement Config => document.Definition.Node(id)!.Config;

    private (IRenderedComponent<CurlPaste> Button, IRenderedComponent<MudDialogProvider> Dialogs) Open()
    {
        var dialogs = Render<MudDialogProvider>();
        var button = Render<CurlPaste>(p => p.Add(c => c.Document, document).Add(c => c.Node, document.Definition.Node(id)!)
            .Add(c => c.OnEdit, EventCallback.Factory.Create<EditOutcome>(this, edits.Add)));
        _ = button.InvokeAsync(() => button.Find("button").Click());
        dialogs.WaitForAssertion(() => Assert.NotEmpty(dialogs.FindAll("#curl-command")));
        return (button, dialogs);
    }

    private static async Task TakeAsync(IRenderedComponent<MudDialogProvider> dialogs, string command)
    {
        await dialogs.InvokeAsync(() => dialogs.Find("#curl-command").Change(command));
        await dialogs.InvokeAsync(() => dialogs.Find(".ws-button-primary").Click());
    }
}
