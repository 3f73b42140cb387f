using System.Text.Json;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Components.Editor.Inspector;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Forms;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Home;
using WorkflowStudio.Operations.Practice;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Components.Editor.Inspector;

/// <summary>The choice of the form with which a workflow begins.</summary>
public sealed class FormTriggerTests : MudContext
{
    private readonly PracticeFixture practice = new();
    private JsonElement chosen;

    protected override void Dispose(bool disposing)
    {
        if (disposing) practice.Dispose();
        base.Dispose(disposing);
    }

    [Fact]
    public async Task Form_IsChosenBesideOtherConstraints_AndGivenUpAgain()
    {
        var form = await practice.OpenFormAsync("Intake");
        await practice.OpenFormAsync("Survey");
        const string other = """{"==":[{"var":"data.plan"},"Gold"]}""";
        var choice = Choice(JsonElement.Parse(other));
        Assert.Equal(["Any form", "Survey", "Intake"], choice.FindAll("option").Select(o => o.TextContent));
        await choice.Find("select").ChangeAsync(new ChangeEventArgs { Value = form.Id.ToString() });
        Assert.Equal(form.Id, FormRule.Of(chosen));

        choice = Choice(chosen);
        Assert.Contains("first_name, email, mobile, message, age, day …", choice.Markup, StringComparison.Ordinal);
        await choice.Find("select").ChangeAsync(new ChangeEventArgs { Value = "" });
        Assert.Equal(other, chosen.GetRawText());
    }

    [Fact]
    public async Task Form_ThatIsGone_StaysChosen_AndStartsNothing()
    {
        await practice.OpenFormAsync("Survey");
        var choice = Choice(FormRule.With(default, NewIds.Next()));
        Assert.Equal("A form that is not here", choice.FindAll("option")
            .First(o => o.GetAttribute("value") is { Length: > 0 }).TextContent);
        var note = choice.Find("#trigger-form-note").TextContent;
        Assert.Contains("nothing starts this workflow", note, StringComparison.Ordinal);
        Assert.DoesNotContain("Every form", note, StringComparison.Ordinal);
        Assert.Contains("Every form", Choice(default).Find("#trigger-form-note").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_BehindThoseThatAreOffered_IsNamed()
    {
        var form = await practice.OpenFormAsync("The first");
        for (var i = 0; i < ReadForms.MaxTake; i++) await practice.OpenFormAsync($"Form {i}");
        var choice = Choice(FormRule.With(default, form.Id));
        Assert.Equal("The first", choice.FindAll("option")[^1].TextContent);
        Assert.Contains("Open the form", choice.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Choice_WithoutForms_IsNotThere() => Assert.Empty(Choice(default).FindAll("select"));

    private IRenderedComponent<FormTrigger> Choice(JsonElement constraints)
    {
        if (Services.All(s => s.ServiceType != typeof(ReadForms))) Services.AddSingleton(new ReadForms(practice.FormPages, null!, null!));
        var session = new StudioSession(
            new Caller { Tenant = practice.Tenant, Name = "Dana", Role = WorkspaceRole.Owner },
            new WorkspaceFacts("Test practice", "UTC", true, true), new StudioFormat("UTC", practice.Clock));
        return Render<CascadingValue<StudioSession>>(p => p.Add(c => c.Value, session).AddChildContent<FormTrigger>(f => f
            .Add(t => t.Constraints, constraints).Add(t => t.OnChange, rule => chosen = rule))).FindComponent<FormTrigger>();
    }
}
