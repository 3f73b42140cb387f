using WorkflowStudio.Engine.Gallery;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Tests.Gallery;

/// <summary>Every template runs in the demo workspace as it is: made, published, started, and to its end.</summary>
public sealed class TemplateRunTests
{
    public static TheoryData<string> Slugs => TemplateGalleryTests.Slugs;

    [Theory]
    [MemberData(nameof(Slugs))]
    public async Task Template_WhateverIsAnswered_RunsToItsEnd(string slug)
    {
        foreach (var choice in new int?[] { 1, 2, 3, null }) await RunAsync(slug, choice);
    }

    [Theory]
    [InlineData("property-blast", "last")]
    [InlineData("property-inquiry", "show")]
    public async Task Template_ThatLooksForAHome_TellsOfTheOneThatFits(string slug, string last)
    {
        await using var practice = await TemplatePractice.MakeAsync();
        await practice.AddHomeAsync();
        var done = await RunAsync(practice, slug, 1);
        Assert.Contains(last, done);
    }

    private static async Task RunAsync(string slug, int? choice)
    {
        await using var practice = await TemplatePractice.MakeAsync();
        Assert.NotEmpty(await RunAsync(practice, slug, choice));
    }

    // the steps that were done
    private static async Task<List<string>> RunAsync(TemplatePractice practice, string slug, int? choice)
    {
        var template = TemplateGallery.All.Single(t => t.Slug == slug);
        var workflow = await practice.PublishAsync(template);
        var run = await practice.StartAsync(template, workflow);
        var view = await practice.FinishAsync(template, run, choice);
        Assert.True(view.State.Status == RunStatus.Done, $"Answer {choice}: {view.Header.ErrorCode}, {view.Header.ErrorMessage}");
        return [.. template.Definition.Nodes.Select(n => n.Id).Where(id => view.Step(id).Status == StepStatus.Done)];
    }
}
