using WorkflowStudio.Components.Shared.Pages;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Triggers;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Components.Workflows;

/// <summary>The filters and the page of the list of workflows.</summary>
/// <param name="Text">What is searched for.</param>
/// <param name="Status">One of <see cref="Statuses"/>.</param>
/// <param name="Trigger">One of <see cref="Triggers"/>.</param>
/// <param name="Page">The number of the page, from 1.</param>
public sealed record WorkflowListQuery(string? Text = null, string? Status = null, string? Trigger = null, int Page = 1)
    : IPageQuery<WorkflowListQuery>
{
    /// <summary>How many workflows a page shows.</summary>
    public const int PageLength = 25;

    private const int MostPages = 100_000;

    /// <summary>The statuses that can be filtered for.</summary>
    public static IReadOnlyList<(string Value, string Text)> Statuses { get; } = [("active", "On"), ("paused", "Off"), ("draft", "Draft")];

    /// <summary>The triggers that can be filtered for.</summary>
    public static IReadOnlyList<(string Value, string Text)> Triggers { get; } = [.. TriggerType.All.Select(t => (t.Type, t.Title))];

    /// <summary>How many workflows stand on the pages before.</summary>
    public int Skip => (Page - 1) * PageLength;

    public static WorkflowListQuery Of(AddressValues address) => new(
        address.Text("q"), address.OneOf("status", Statuses), address.OneOf("trigger", Triggers),
        (int)(address.Number("page", MostPages) ?? 1));

    /// <summary>What the operation is asked for.</summary>
    public WorkflowFilter ToFilter() =>
        new(Text, Status is null ? null : Enum.Parse<WorkflowStatus>(Status, ignoreCase: true), Trigger, Skip, PageLength);

    public IReadOnlyDictionary<string, object?> ToParameters() => new Dictionary<string, object?>
    {
        ["q"] = Text, ["status"] = Status, ["trigger"] = Trigger, ["page"] = Page > 1 ? Page : null,
    };
}
