using WorkflowStudio.Components.Shared;
using WorkflowStudio.Components.Shared.Pages;

namespace WorkflowStudio.Components.Workflows;

/// <summary>The filter and the place of a trigger log.</summary>
/// <param name="Outcome">One of <see cref="TriggerLogWords.Outcomes"/>.</param>
/// <param name="Before">The line behind which the page begins; null for the newest.</param>
public sealed record TriggerLogQuery(string? Outcome = null, long? Before = null) : IPageQuery<TriggerLogQuery>
{
    public static TriggerLogQuery Of(AddressValues address) =>
        new(address.OneOf("outcome", TriggerLogWords.Outcomes), address.Number("before"));

    public IReadOnlyDictionary<string, object?> ToParameters() =>
        new Dictionary<string, object?> { ["outcome"] = Outcome, ["before"] = Before };
}
