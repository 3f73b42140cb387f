using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Gallery;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.Dialects.Sequences;

/// <summary>
/// The templates of the house that write to clients, which every account sees behind its own. They are no rows: nobody changes or starts
/// them; whoever wants one makes a workflow with its steps.
/// </summary>
internal static class SequencesDefaults
{
    private static readonly DateTimeOffset Since = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // those that write to one client after the other
    private static readonly string[] Categories =
        [TemplateCategory.Leads, TemplateCategory.Property, TemplateCategory.Reminders, TemplateCategory.Reviews];

    private static readonly Lazy<IReadOnlyList<DefinedWorkflow>> Made =
        new(() => [.. TemplateGallery.All.Where(t => Categories.Contains(t.Category)).Select(Make)]);

    /// <summary>All of them, in their order.</summary>
    public static IReadOnlyList<DefinedWorkflow> All => Made.Value;

    /// <summary>The one with this id, or null.</summary>
    public static DefinedWorkflow? Find(Guid id) => All.FirstOrDefault(t => t.Workflow.Id == id);

    /// <summary>Those that a list narrowed like this shows.</summary>
    public static IReadOnlyList<DefinedWorkflow> Fitting(WorkflowFilter filter) =>
    [
        .. All.Where(t => filter.IsActive is not true && filter.Status is null or WorkflowStatus.Paused
            && (filter.TriggerType is not { } type || t.Workflow.TriggerType == type)
            && (filter.Search is not { } text || Holds(t.Workflow.Name, text) || Holds(t.Workflow.Description, text))),
    ];

    private static bool Holds(string text, string part) => text.Contains(part.Trim(), StringComparison.OrdinalIgnoreCase);

    // as this dialect has always told of it, or as it tells of any workflow that was made in the studio
    private static DefinedWorkflow Make(WorkflowTemplate template)
    {
        var workflow = template.Forms.TryGetValue(SequencesDialect.Instance.Name, out var form)
            ? SequencesTranslator.New(new TemplateBody(Named(template, form), isWhole: true), out _)
            : new NewWorkflow(template.Name, template.Description, WorkflowStatus.Paused, template.Definition, EditorState.None,
                NewWorkflow.Studio);
        return new DefinedWorkflow(
            new WorkflowFacts
            {
                Id = template.Id,
                Name = workflow.Name,
                Slug = template.Slug,
                Description = workflow.Description,
                Status = WorkflowStatus.Paused,
                TriggerType = workflow.Definition.Trigger.Type,
                Origin = workflow.Origin,
                Version = 1,
                NewestVersion = 1,
                Snapshot = 1,
                Revision = 1,
                Fields = workflow.Fields,
                HasDraft = false,
                CreatedAt = Since,
                UpdatedAt = Since,
            },
            workflow.Definition);
    }

    private static JsonElement Named(WorkflowTemplate template, JsonElement form)
    {
        var body = JsonNode.Parse(form.GetRawText())!.AsObject();
        (body["name"], body["description"]) = (template.Name, template.Description);
        return JsonElement.Parse(body.ToJsonString());
    }
}
