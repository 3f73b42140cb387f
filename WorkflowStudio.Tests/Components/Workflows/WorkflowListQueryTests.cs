using WorkflowStudio.Components.Shared.Pages;
using WorkflowStudio.Components.Workflows;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Tests.Components.Workflows;

public sealed class WorkflowListQueryTests
{
    [Fact]
    public void ToFilter_WhatStandsInTheAddress_IsWhatIsAskedFor() =>
        Assert.Equal(
            new WorkflowFilter("intake", WorkflowStatus.Paused, "webhook", 50, 25),
            WorkflowListQuery.Of(AddressValues.Of("?q=%20intake%20&status=paused&trigger=webhook&page=3")).ToFilter());

    [Fact]
    public void ToFilter_OfEveryStatusThatIsOffered_IsThatStatus() =>
        Assert.Equal(
            [WorkflowStatus.Active, WorkflowStatus.Paused, WorkflowStatus.Draft],
            WorkflowListQuery.Statuses.Select(s => new WorkflowListQuery(Status: s.Value).ToFilter().Status!.Value));

    [Fact]
    public void Of_APageThatNobodyTurnsTo_IsTheFirst() => Assert.Equal(0, WorkflowListQuery.Of(AddressValues.Of("?page=2000000000")).Skip);
}
