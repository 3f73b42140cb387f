using WorkflowStudio.Components.Workflows;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Tests.Components.Workflows;

public sealed class WorkflowListQueryTests
{
    [Fact]
    public void Query_WhatStandsInTheAddress_IsWhatIsAskedFor()
    {
        var query = new WorkflowListQuery(" intake ", "paused", "webhook", 3);
        Assert.Equal(("intake", WorkflowStatus.Paused, "webhook", 50), (query.Search, query.WantedStatus, query.WantedTrigger, query.Skip));
    }

    [Fact]
    public void Query_Nonsense_CountsAsNotGiven()
    {
        var query = new WorkflowListQuery("  ", "1", "teleport", -4);
        Assert.Equal((null, null, null, 0), (query.Search, query.WantedStatus, query.WantedTrigger, query.Skip));
        Assert.False(query.IsFiltered);
    }

    [Fact]
    public void ToParameters_TheFirstPage_IsNotInTheAddress() => Assert.Null(new WorkflowListQuery(Page: 1).ToParameters()["page"]);
}
