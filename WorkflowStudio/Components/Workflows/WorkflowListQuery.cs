using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Triggers;

namespace WorkflowStudio.Components.Workflows;

/// <summary>The filters and the page of the list of workflows, as they stand in the address. What cannot be read counts as not given.</summary>
internal sealed record WorkflowListQuery(string? Text = null, string? Status = null, string? Trigger = null, int? Page = null)
{
    /// <summary>How many workflows a page shows.</summary>
    public const int PageLength = 25;

    /// <summary>The statuses that can be filtered for.</summary>
    public static IReadOnlyList<(string Value, string Text)> Statuses { get; } = [("active", "On"), ("paused", "Off"), ("draft", "Draft")];

    /// <summary>The triggers that can be filtered for.</summary>
    public static IReadOnlyList<(string Value, string Text)> Triggers { get; } = [.. TriggerType.All.Select(t => (t.Type, t.Title))];

    public string? Search => string.IsNullOrWhiteSpace(Text) ? null : Text.Trim();

    public WorkflowStatus? WantedStatus => Statuses.Any(s => s.Value == Status) && Enum.TryParse<WorkflowStatus>(Status, ignoreCase: true, out var status) ? status : null;

    public string? WantedTrigger => Triggers.Any(t => t.Value == Trigger) ? Trigger : null;

    /// <summary>The number of the page, from 1.</summary>
    public int Number => Math.Clamp(Page ?? 1, 1, 100_000);

    public int Skip => (Number - 1) * PageLength;

    public bool IsFiltered => Search is not null || WantedStatus is not null || WantedTrigger is not null;

    /// <summary>The parameters of the address; null takes one out.</summary>
    public IReadOnlyDictionary<string, object?> ToParameters() => new Dictionary<string, object?>
    {
        ["q"] = Text, ["status"] = Status, ["trigger"] = Trigger, ["page"] = Page > 1 ? Page : null,
    };
}
