using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Gallery;

/// <summary>A workflow to begin with. It is no row: whoever wants it makes a workflow of their own with it.</summary>
public sealed record WorkflowTemplate
{
    /// <summary>Its id, which never changes: clients of the API keep it.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its name in addresses, which never changes either; that of its file.</summary>
    public required string Slug { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>What it does for a practice, in one sentence.</summary>
    public required string Description { get; init; }

    /// <summary>What it is for: the word of a <see cref="TemplateCategory"/>.</summary>
    public required string Category { get; init; }

    /// <summary>The Material Symbol that stands for it.</summary>
    public required string Icon { get; init; }

    /// <summary>Words by which it is found, beside name and description.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>What it needs to go live.</summary>
    public required IReadOnlyList<TemplateNeed> Needs { get; init; }

    /// <summary>Data with which it runs in the sandbox as it is; an object.</summary>
    public required JsonElement Sample { get; init; }

    /// <summary>What it does.</summary>
    public required WorkflowDefinition Definition { get; init; }

    /// <summary>
    /// How a dialect of the API has always told of it, by the dialect's name, where that is not what <see cref="Definition"/> says.
    /// </summary>
    public required IReadOnlyDictionary<string, JsonElement> Forms { get; init; }

    /// <summary>Whether somebody who searches for this finds it: every word stands in its name, description, tags or category.</summary>
    public bool IsFoundBy(string search)
    {
        string[] texts = [Name, Description, Category, .. Tags];
        return search.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .All(word => texts.Any(t => t.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }
}
