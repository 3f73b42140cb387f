using WorkflowStudio.Components.Runs;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Components.Shared.Pages;
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
        var query = Of($"?status=failed&workflow={ShownId.Workflow(Id)}&cause=webhook&q=%20maria%20&before={ShownId.Run(Id)}");
        Assert.Equal(new RunFilter(RunStatus.Failed, Id, "webhook", "maria"), query.ToFilter());
        Assert.Equal(Id, query.Before);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("3")] // the number of a status is not its name
    [InlineData("queued")] // not offered, so not understood
    public void ToFilter_AnUnknownStatus_CountsAsNotGiven(string status) =>
        Assert.Equal(RunFilter.None, Of($"?status={status}").ToFilter());

    [Fact]
    public void ToFilter_OfEveryStatusThatIsOffered_CanBeAskedFor() =>
        Assert.All(RunWords.Statuses, s => Assert.NotNull(new RunListQuery(s.Value).ToFilter().Status));

    [Fact]
    public void Of_UnreadableWorkflowCauseAndBlankText_CountAsNotGiven() =>
        Assert.Equal(new RunListQuery(), Of("?workflow=wf_zzz&cause=magic&q=%20%20&before=run_1"));

    private static RunListQuery Of(string address) => RunListQuery.Of(AddressValues.Of(address));
}
