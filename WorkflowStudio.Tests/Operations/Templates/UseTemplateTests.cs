using WorkflowStudio.Engine.Gallery;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Templates;
using WorkflowStudio.Operations.Workflows;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Operations.Templates;

[Collection(StudioAppTests.Name)]
public sealed class UseTemplateTests(StudioApp app)
{
    private static readonly WorkflowTemplate Template = TemplateGallery.All.Single(t => t.Slug == "review-request");

    [Fact]
    public async Task Use_MakesADraftOfTheCaller_UnderANameThatIsFree()
    {
        var owner = (await app.PracticeAsync()).Owner with { UserId = NewIds.Next() };
        var (first, second) = (await UseAsync(owner), await UseAsync(owner));
        Assert.Equal((WorkflowStatus.Draft, owner.UserId, 0), (first.Workflow.Status, first.Workflow.OwnerId, first.Version));
        Assert.Equal(("Review request", "review-request"), (first.Workflow.Name, first.Slug));
        Assert.Equal(("Review request 2", "review-request-2"), (second.Workflow.Name, second.Slug));
        Assert.Equal(Template.Description, first.Workflow.Description);
        var stored = (await app.Get<GetWorkflow>().RunAsync(owner, first.Id)).Value!;
        Assert.True(WorkflowJson.AreEqual(Template.Definition, stored.Definition));
        Assert.Empty(first.Errors);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two\r\nlines")]
    [InlineData("\0")]
    public async Task Use_NameThatNoWorkflowMayHave_IsRefusedAndNothingIsMade(string name)
    {
        var owner = (await app.PracticeAsync()).Owner;
        Assert.IsType<OperationProblem.Invalid>((await app.Get<UseTemplate>().RunAsync(owner, Template.Id, name)).Problem);
        Assert.Equal(0, (await app.Get<ListWorkflows>().RunAsync(owner, new WorkflowFilter())).Value!.Total);
    }

    [Fact]
    public async Task Use_WhatIsNotThere_IsToldSo()
    {
        var owner = (await app.PracticeAsync()).Owner;
        Assert.IsType<OperationProblem.NotFound>((await app.Get<UseTemplate>().RunAsync(owner, NewIds.Next())).Problem);
        Assert.IsType<OperationProblem.NotFound>(app.Get<ReadTemplates>().One(owner, NewIds.Next()).Problem);
        Assert.Same(Template, app.Get<ReadTemplates>().One(owner, Template.Id).Value);
    }

    [Fact]
    public async Task List_IsNarrowed_AndCountsWhatTheSearchFinds()
    {
        var owner = (await app.PracticeAsync()).Owner;
        var read = app.Get<ReadTemplates>();
        var all = read.List(owner).Value!;
        Assert.Equal(TemplateGallery.All.Count, all.Items.Count);
        Assert.Equal(all.Items.Count, all.Counts.Values.Sum());
        Assert.Equal(TemplateCategory.All.Select(c => c.Word), all.Items.Select(t => t.Category).Distinct());
        var found = read.List(owner, "reviews", "google visit").Value!;
        Assert.Contains(found.Items, t => t.Slug == "review-request");
        Assert.All(found.Items, t => Assert.Equal("reviews", t.Category));
        Assert.Equal(read.List(owner, null, "google visit").Value!.Counts, found.Counts);
        Assert.Empty(read.List(owner, "nonsense").Value!.Items);
        Assert.Empty(read.List(owner, null, new string('x', 100_000)).Value!.Items);
    }

    private async Task<CreatedWorkflow> UseAsync(Caller caller)
    {
        var made = await app.Get<UseTemplate>().RunAsync(caller, Template.Id);
        Assert.True(made.Ok, made.Problem?.Message);
        return made.Value;
    }
}
