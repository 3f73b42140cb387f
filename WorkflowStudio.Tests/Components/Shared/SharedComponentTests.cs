using System.Text.Json;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Home;
using WorkflowStudio.Operations.Workflows;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Components.Shared;

public sealed class SharedComponentTests : BunitContext
{
    private static readonly FakeTimeProvider Clock = new(new DateTimeOffset(2026, 11, 24, 16, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(WorkspaceRole.Viewer, 0)]
    [InlineData(WorkspaceRole.Editor, 1)]
    [InlineData(WorkspaceRole.Owner, 1)]
    public void NewWorkflow_ByRole_IsThereForThoseWhoMay(WorkspaceRole role, int buttons)
    {
        Services.AddSingleton(new CreateWorkflow(null!, null!, null!, null!, null!, null!, Clock));
        Services.AddMudServices().AddScoped<JustMade>();
        var page = Render<CascadingValue<StudioSession>>(p => p.Add(c => c.Value, Session(role))
            .AddChildContent<WorkflowStudio.Components.Shared.NewWorkflow>());
        Assert.Equal(buttons, page.FindAll("button").Count);
    }

    [Fact]
    public void Moment_AnInstant_IsRelativeWithTheExactTimeOnHover()
    {
        var page = Render<CascadingValue<StudioSession>>(p => p.Add(c => c.Value, Session(WorkspaceRole.Viewer))
            .AddChildContent<Moment>(m => m.Add(c => c.At, Clock.GetUtcNow().AddMinutes(-12))));
        var time = page.Find("time");
        Assert.Equal("12 min ago", time.TextContent);
        Assert.Equal("Tuesday, November 24, 2026, 9:48:00 AM (America/Chicago)", time.GetAttribute("title"));
    }

    [Fact]
    public void JsonTree_DataWithMarkup_IsShownAsText()
    {
        var tree = Render<JsonTree>(
            p => p.Add(t => t.Value, JsonElement.Parse("""{"name":"<img src=x onerror=alert(1)>","ok":true,"list":[]}""")));
        Assert.Empty(tree.FindAll("img"));
        Assert.Contains("\"<img src=x onerror=alert(1)>\"", tree.Find(".ws-json-text").TextContent, StringComparison.Ordinal);
        Assert.Equal("yes", tree.Find(".ws-json-bool").TextContent);
    }

    [Fact]
    public void JsonTree_AVeryLongList_IsCut()
    {
        var tree = Render<JsonTree>(p => p.Add(t => t.Value, JsonElement.Parse("[" + string.Join(',', Enumerable.Range(0, 5_000)) + "]")));
        Assert.Equal(100, tree.FindAll(".ws-json-leaf").Count);
        Assert.Contains("More in the JSON view", tree.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void FilterMenu_AChosenValue_IsNamedAndCanBeCleared()
    {
        string? value = "failed";
        var menu = Render<FilterMenu>(p => p.Add(m => m.Label, "Status").Add(m => m.Options, [("failed", "Failed")])
            .Add(m => m.Value, value)
            .Add(m => m.ValueChanged, EventCallback.Factory.Create<string?>(this, v => value = v)));
        Assert.Contains("Status: Failed", menu.Markup, StringComparison.Ordinal);
        menu.Find("[aria-label='Clear the filter Status']").Click();
        Assert.Null(value);
    }

    [Fact]
    public void Sparkline_RunsAndFailures_AreSaidInWords()
    {
        var line = Render<Sparkline>(p => p.Add(s => s.Bars, [new(1, false), new(9, true), new(0, false)]));
        Assert.Equal("3 runs, 1 failed", line.Find("[role=img]").GetAttribute("aria-label"));
    }

    private static StudioSession Session(WorkspaceRole role) => new(
        new Caller { Tenant = new Tenant(Guid.Empty, StudioEnvironment.Live), Name = "Dana Whitfield", Role = role },
        new WorkspaceFacts("Houston Dermatology", "America/Chicago", true, true),
        new StudioFormat("America/Chicago", Clock));
}
