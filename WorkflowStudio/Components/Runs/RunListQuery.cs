using WorkflowStudio.Components.Shared;
using WorkflowStudio.Components.Shared.Pages;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Components.Runs;

/// <summary>The filters and the place of the list of runs.</summary>
/// <param name="Status">One of <see cref="RunWords.Statuses"/>.</param>
/// <param name="Workflow">The workflow.</param>
/// <param name="Cause">One of <see cref="RunWords.Causes"/>.</param>
/// <param name="Text">What is searched for.</param>
/// <param name="Before">The run below which the page begins; null for the first page.</param>
/// <param name="Kind">One of <see cref="Kinds"/>.</param>
public sealed record RunListQuery(
    string? Status = null, Guid? Workflow = null, string? Cause = null, string? Text = null, Guid? Before = null, string? Kind = null)
    : IPageQuery<RunListQuery>
{
    /// <summary>The kind that shows test runs of drafts.</summary>
    public const string Tests = "tests";

    /// <summary>The kinds of runs beside real work.</summary>
    public static IReadOnlyList<(string Value, string Text)> Kinds { get; } = [(Tests, "Test runs")];

    /// <summary>The workflow, as the filter offers it.</summary>
    public string? ShownWorkflow => Workflow is { } id ? ShownId.Workflow(id) : null;

    public static RunListQuery Of(AddressValues address) => new(
        address.OneOf("status", RunWords.Statuses), address.Id("workflow"), address.OneOf("cause", RunWords.Causes),
        address.Text("q"), address.Id("before"), address.OneOf("kind", Kinds));

    /// <summary>What the operation is asked for.</summary>
    public RunFilter ToFilter() =>
        new(Status is null ? null : Enum.Parse<RunStatus>(Status, ignoreCase: true), Workflow, Cause, Text, Kind == Tests);

    public IReadOnlyDictionary<string, object?> ToParameters() => new Dictionary<string, object?>
    {
        ["status"] = Status, ["workflow"] = ShownWorkflow, ["cause"] = Cause, ["q"] = Text,
        ["before"] = Before is { } id ? ShownId.Run(id) : null, ["kind"] = Kind,
    };
}
