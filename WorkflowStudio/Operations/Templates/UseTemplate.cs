using System.Globalization;
using WorkflowStudio.Engine.Gallery;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Operations.Templates;

/// <summary>Makes a draft of a template, which belongs to whoever asks for it.</summary>
internal sealed class UseTemplate(CreateWorkflow create, ListWorkflows list)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = CreateWorkflow.Needs;

    /// <param name="caller">Who asks.</param>
    /// <param name="id">The template.</param>
    /// <param name="name">What the workflow is to be called; null for the template's name, with a number where that is taken.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<Result<CreatedWorkflow>> RunAsync(
        Caller caller, Guid id, string? name = null, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        if (TemplateGallery.Find(id) is not { } template) return new OperationProblem.NotFound("template");
        var draft = new NewWorkflow(name ?? await FreeNameAsync(caller, template.Name, cancellationToken), template.Description,
            WorkflowStatus.Draft, template.Definition, EditorState.None, NewWorkflow.Studio);
        return await create.RunAsync(caller, draft, null, cancellationToken);
    }

    // for people alone: two workflows may have one name, so nothing is wrong where somebody takes it in the meantime
    private async Task<string> FreeNameAsync(Caller caller, string name, CancellationToken cancellationToken)
    {
        var found = await list.RunAsync(caller, new WorkflowFilter(name, Take: ListWorkflows.MaxTake), cancellationToken);
        if (!found.Ok) return name;
        var taken = found.Value.Items.Select(w => w.Workflow.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var free = name;
        for (var number = 2; taken.Contains(free); number++) free = string.Create(CultureInfo.InvariantCulture, $"{name} {number}");
        return free;
    }
}
