using WorkflowStudio.Engine.Gallery;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Tests.Gallery;

/// <summary>Every template runs in the demo workspace as it is: made, published, started, and to its end.</summary>
public sealed class TemplateRunTests
{
    public static TheoryData<string> Slugs => TemplateGalleryTests.Slugs;

    [Theory]
    [MemberData(nameof(Slugs))]
    public Task Template_WhenEverybodyAnswers_RunsToItsEnd(string slug) => RunsAsync(slug, answers: true);

    [Theory]
    [MemberData(nameof(Slugs))]
    public Task Template_WhenNobodyAnswers_RunsToItsEnd(string slug) => RunsAsync(slug, answers: false);

    private static async Task RunsAsync(string slug, bool answers)
    {
        var template = TemplateGallery.All.Single(t => t.Slug == slug);
        await using var practice = await TemplatePractice.MakeAsync();
        var workflow = await practice.PublishAsync(template);
        var run = await practice.StartAsync(template, workflow);
        var view = await practice.FinishAsync(template, run, answers);
        Assert.True(view.State.Status == RunStatus.Done, $"{view.Header.ErrorCode}: {view.Header.ErrorMessage}");
        Assert.Contains(template.Definition.Nodes, n => view.Step(n.Id).Status == StepStatus.Done);
    }
}
