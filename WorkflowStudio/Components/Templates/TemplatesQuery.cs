using WorkflowStudio.Components.Shared.Pages;
using WorkflowStudio.Engine.Gallery;

namespace WorkflowStudio.Components.Templates;

/// <summary>What is chosen in the gallery.</summary>
/// <param name="Text">What is searched for.</param>
/// <param name="Category">The word of a category; null for all.</param>
public sealed record TemplatesQuery(string? Text = null, string? Category = null) : IPageQuery<TemplatesQuery>
{
    private static readonly (string Value, string Text)[] Categories = [.. TemplateCategory.All.Select(c => (c.Word, c.Title))];

    public static TemplatesQuery Of(AddressValues address) => new(address.Text("q"), address.OneOf("category", Categories));

    public IReadOnlyDictionary<string, object?> ToParameters() =>
        new Dictionary<string, object?> { ["q"] = Text, ["category"] = Category };
}
