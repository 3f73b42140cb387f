using WorkflowStudio.Components.Runs;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Tests.Components.Runs;

public sealed class RunListQueryTests
{
    private static readonly Guid Id = Guid.Parse("01a202d0-d277-7ad2-b3e9-4195177afb81");

    [Fact]
    public void ToFilter_WhatStandsInTheAddress_IsWhatIsAskedFor()
    {
        var query = new RunListQuery("failed", ShownId.Workflow(Id), "webhook", " maria ");
        Assert.Equal(new RunFilter(RunStatus.Failed, Id, "webhook", "maria"), query.ToFilter());
        Assert.True(query.IsFiltered);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("3")] // the number of a status is not its name
    [InlineData("queued")] // not offered, so not understood
    public void ToFilter_AnUnknownStatus_CountsAsNotGiven(string status) => Assert.Equal(RunFilter.None, new RunListQuery(status).ToFilter());

    [Fact]
    public void ToFilter_UnreadableWorkflowCauseAndBlankText_CountAsNotGiven()
    {
        var query = new RunListQuery(null, "wf_zzz", "magic", "  ", "run_1");
        Assert.Equal(RunFilter.None, query.ToFilter());
        Assert.Null(query.BeforeId);
        Assert.False(query.IsFiltered);
    }

    [Fact]
    public void ToParameters_NothingChosen_TakesEveryParameterOut() => Assert.All(new RunListQuery().ToParameters(), p => Assert.Null(p.Value));

    [Fact]
    public void ToParameters_AllChosen_CanBeReadBack()
    {
        var query = new RunListQuery("waiting", ShownId.Workflow(Id), "api", "lopez", ShownId.Run(Id));
        var p = query.ToParameters();
        Assert.Equal(query, new RunListQuery((string?)p["status"], (string?)p["workflow"], (string?)p["cause"], (string?)p["q"], (string?)p["before"]));
        Assert.Equal(Id, query.BeforeId);
    }
}
