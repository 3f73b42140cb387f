using Microsoft.AspNetCore.Components;

namespace WorkflowStudio.Components.Practice.Records;

/// <summary>What clients can come for.</summary>
[Route(StudioUrls.AppointmentTypes)]
public sealed class AppointmentTypeList : RecordList
{
    protected override string TableName => "appointment-types";

    protected override string? Above => StudioUrls.Calendar;
}
