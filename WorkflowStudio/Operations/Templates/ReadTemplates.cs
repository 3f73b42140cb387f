using WorkflowStudio.Engine.Gallery;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Operations.Templates;

/// <summary>The templates of the house, which are the same for everybody.</summary>
internal sealed class ReadTemplates
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = ListWorkflows.Needs;

    /// <summary>Those that a search finds, by category, and how many each category has of them.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="category">Only those of this category; null for all.</param>
    /// <param name="search">Words that name, description, tags or category hold; null for all.</param>
    public Result<TemplateList> List(Caller caller, string? category = null, string? search = null)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var found = TemplateGallery.All.Where(t => search is null || t.IsFoundBy(search)).ToLookup(t => t.Category);
        return new TemplateList(
            [.. TemplateCategory.All.Where(c => category is null || c.Word == category).SelectMany(c => found[c.Word])],
            TemplateCategory.All.ToDictionary(c => c.Word, c => found[c.Word].Count()));
    }

    /// <summary>One of them.</summary>
    public Result<WorkflowTemplate> One(Caller caller, Guid id)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return TemplateGallery.Find(id) is { } template ? template : new OperationProblem.NotFound("template");
    }
}

/// <summary>Templates that were asked for.</summary>
/// <param name="Items">The templates, in the order of their categories.</param>
/// <param name="Counts">How many of each category the search finds, whichever category is asked for.</param>
public sealed record TemplateList(IReadOnlyList<WorkflowTemplate> Items, IReadOnlyDictionary<string, int> Counts);
