using Microsoft.AspNetCore.Components;

namespace WorkflowStudio.Components.Practice.Records;

/// <summary>When the practice is open.</summary>
[Route(StudioUrls.OpeningHours)]
public sealed class OpeningHoursList : RecordList
{
    protected override string TableName => "opening-hours";

    protected override string? Above => StudioUrls.Calendar;
}
