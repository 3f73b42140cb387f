using System.Globalization;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Components.Editor.Document;

/// <summary>A finding of the validator as the editor shows it.</summary>
/// <param name="Problem">The finding.</param>
/// <param name="StepId">The step to jump to, or the start; null for problems of the whole workflow.</param>
/// <param name="StepName">What people call it.</param>
/// <param name="Setting">The setting it is about, below the step's config: <c>message_templates.sms</c>; null when it is not about
/// one.</param>
public sealed record StepProblem(WorkflowProblem Problem, string? StepId, string StepName, string? Setting)
{
    private const string Config = ".config";

    public bool IsError => Problem.Severity == ProblemSeverity.Error;

    /// <summary>
    /// Errors first, otherwise in the order of the definition. Where a text could not be read, what is said of the value before it does not
    /// matter.
    /// </summary>
    public static IReadOnlyList<StepProblem> All(
        IEnumerable<WorkflowProblem> found, IReadOnlyList<UnreadText> unread, WorkflowDefinition definition, NodeCatalog catalog)
    {
        var typed = unread.Select(u => Of(u, definition, catalog)).ToList();
        return [.. typed.Concat(found.Select(p => Of(p, definition, catalog)).Where(p => !typed.Exists(
            t => t.StepId == p.StepId && t.Setting == p.Setting && p.Setting is not null))).OrderByDescending(p => p.IsError)];
    }

    private static StepProblem Of(UnreadText unread, WorkflowDefinition definition, NodeCatalog catalog)
    {
        var problem = WorkflowProblem.Error(
            WorkflowProblemCodes.WrongSetting, unread.Setting, unread.Id.Length == 0 ? null : unread.Id, unread.Why);
        return Of(problem, definition, catalog) with { Setting = unread.Setting };
    }

    private static StepProblem Of(WorkflowProblem problem, WorkflowDefinition definition, NodeCatalog catalog)
    {
        var id = problem.NodeId ?? Subject(problem.Path, definition);
        var node = id is null ? null : definition.Node(id);
        var name = node is null
            ? id == WorkflowDefinition.TriggerId ? catalog.Trigger(definition.Trigger.Type)?.Title ?? "Start" : "Workflow"
            : node.Name.Length > 0 ? node.Name : catalog.Type(node.Type)?.Title ?? node.Type;
        return new StepProblem(problem, node is null && id != WorkflowDefinition.TriggerId ? null : id, name, SettingOf(problem.Path));
    }

    private static string? Subject(string path, WorkflowDefinition definition)
    {
        if (path.StartsWith(WorkflowDefinition.TriggerId, StringComparison.Ordinal)) return WorkflowDefinition.TriggerId;
        const string Links = "link_connections[";
        if (!path.StartsWith(Links, StringComparison.Ordinal) || path.IndexOf(']', StringComparison.Ordinal) is not (> 0 and var end))
            return null;
        return int.TryParse(path.AsSpan(Links.Length, end - Links.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index < definition.Links.Count
            ? definition.Links[index].From
            : null;
    }

    private static string? SettingOf(string path)
    {
        var at = path.IndexOf(Config, StringComparison.Ordinal);
        return at < 0 || at + Config.Length >= path.Length ? null : path[(at + Config.Length)..].TrimStart('.');
    }
}
