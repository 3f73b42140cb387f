using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Components.Runs;

/// <summary>The filters and the place of the list of runs, as they stand in the address. What cannot be read counts as not given.</summary>
internal sealed record RunListQuery(string? Status = null, string? Workflow = null, string? Cause = null, string? Text = null, string? Before = null, string? Kind = null)
{
    /// <summary>The kind that shows test runs of drafts.</summary>
    public const string Tests = "tests";

    /// <summary>The kinds of runs beside real work.</summary>
    public static IReadOnlyList<(string Value, string Text)> Kinds { get; } = [(Tests, "Test runs")];

    /// <summary>Whether anything is filtered.</summary>
    public bool IsFiltered => ToFilter() != RunFilter.None;

    /// <summary>The run below which the page begins; null for the first page.</summary>
    public Guid? BeforeId => ShownId.TryRead(Before, out var id) ? id : null;

    /// <summary>What the operation is asked for.</summary>
    public RunFilter ToFilter() => new(
        RunWords.Statuses.Any(s => s.Value == Status) && Enum.TryParse<RunStatus>(Status, ignoreCase: true, out var status) ? status : null,
        ShownId.TryRead(Workflow, out var workflow) ? workflow : null,
        RunWords.Causes.Any(c => c.Value == Cause) ? Cause : null,
        string.IsNullOrWhiteSpace(Text) ? null : Text.Trim(),
        Kind == Tests);

    /// <summary>The parameters of the address; null takes one out.</summary>
    public IReadOnlyDictionary<string, object?> ToParameters() => new Dictionary<string, object?>
    {
        ["status"] = Status, ["workflow"] = Workflow, ["cause"] = Cause, ["q"] = Text, ["before"] = Before, ["kind"] = Kind,
    };
}
