using WorkflowStudio.Components.Shared.Pages;

namespace WorkflowStudio.Components.Schedules;

/// <summary>The schedule that is open beside the list.</summary>
public sealed record SchedulesQuery(Guid? Schedule = null) : IPageQuery<SchedulesQuery>
{
    public static SchedulesQuery Of(AddressValues address) => new(address.Id("schedule"));

    public IReadOnlyDictionary<string, object?> ToParameters() => new Dictionary<string, object?> { ["schedule"] = Schedule };
}
