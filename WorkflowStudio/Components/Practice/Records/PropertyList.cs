using Microsoft.AspNetCore.Components;

namespace WorkflowStudio.Components.Practice.Records;

/// <summary>What the practice has to let or to sell.</summary>
[Route(StudioUrls.Properties)]
public sealed class PropertyList : RecordList
{
    protected override string TableName => "properties";
}
