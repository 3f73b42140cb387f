using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Components.Editor.Inspector.Fields;

/// <summary>What a setting can name outside of the workflow, as choices of a form.</summary>
internal sealed class OutsideChoices(WorkflowSurroundings surroundings, WorkflowSelf? self)
{
    /// <summary>Nothing can be chosen: names are written.</summary>
    public static OutsideChoices None { get; } = new(WorkflowSurroundings.None, null);

    /// <summary>Those of the workflow that is edited.</summary>
    public static OutsideChoices Of(EditorDocument document) => new(document.Surroundings ?? WorkflowSurroundings.None, document.Self);

    /// <summary>
    /// The choices of a kind, without the workflow itself; none while there is nothing of the kind, so that the name is written.
    /// </summary>
    public IReadOnlyList<FieldChoice> For(SchemaField field)
    {
        List<FieldChoice> there =
        [
            .. field.Names switch
            {
                WorkflowSurroundings.Workflow => surroundings.Workflows.Where(w => w.Id != self?.Id)
                    .Select(w => new FieldChoice(w.Slug, w.Status == WorkflowStatus.Active ? w.Name : $"{w.Name} (not active)")),
                WorkflowSurroundings.Integration => surroundings.Integrations.Where(i => i.WorkflowId is null || i.WorkflowId == self?.Id)
                    .Select(i => new FieldChoice(i.Id.ToString(), $"{i.Name} ({i.Kind})")),
                _ => surroundings.Connections.GetValueOrDefault(field.Names!, []).Select(name => new FieldChoice(name, name)),
            },
        ];
        if (there.Count > 0 && !field.Required) there.Insert(0, new FieldChoice("", "None"));
        return there;
    }

    /// <summary>
    /// The choice that a written name means: a workflow may be named by its id, too, and ids are written in several ways.
    /// </summary>
    public string Chosen(SchemaField field, string written) => field.Names switch
    {
        WorkflowSurroundings.Workflow => surroundings.Find(written)?.Slug ?? written,
        WorkflowSurroundings.Integration => surroundings.FindIntegration(written)?.Id.ToString() ?? written,
        _ => written,
    };
}
