using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Gallery;

/// <summary>
/// The templates of the house, one JSON file each inside the assembly (<c>Gallery/Templates</c>). They are read when somebody asks for
/// them first. A file that cannot be read is a mistake of ours, which a test finds.
/// </summary>
public static class TemplateGallery
{
    private const string Folder = "WorkflowStudio.Engine.Gallery.Templates.";

    private static readonly JsonSerializerOptions Options =
        new(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly Lazy<IReadOnlyList<WorkflowTemplate>> Read = new(ReadAll);

    /// <summary>All of them, in the order of their ids: those that the dialects have always had come first.</summary>
    public static IReadOnlyList<WorkflowTemplate> All => Read.Value;

    /// <summary>The one with this id, or null.</summary>
    public static WorkflowTemplate? Find(Guid id) => All.FirstOrDefault(t => t.Id == id);

    private static IReadOnlyList<WorkflowTemplate> ReadAll() =>
    [
        .. typeof(TemplateGallery).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal))
            .Select(ReadOne).OrderBy(t => t.Id),
    ];

    private static WorkflowTemplate ReadOne(string resource)
    {
        using var stream = typeof(TemplateGallery).Assembly.GetManifestResourceStream(resource)!;
        var file = JsonSerializer.Deserialize<TemplateFile>(stream, Options)!;
        return WorkflowJson.TryRead(file.Definition, out var definition, out var problems)
            ? new WorkflowTemplate
            {
                Id = file.Id, Slug = file.Slug, Name = file.Name, Description = file.Description, Category = file.Category,
                Icon = file.Icon, Tags = file.Tags, Needs = [.. file.Needs.Select(word => TemplateNeed.All.Single(n => n.Word == word))],
                Sample = file.Sample, Definition = definition, Forms = file.Forms ?? new Dictionary<string, JsonElement>(),
            }
            : throw new InvalidOperationException($"The template {resource} cannot be read: {problems[0].Message}");
    }

    // what stands in a file
    private sealed record TemplateFile(
        Guid Id, string Slug, string Name, string Description, string Category, string Icon, IReadOnlyList<string> Tags,
        IReadOnlyList<string> Needs, JsonElement Sample, JsonElement Definition, IReadOnlyDictionary<string, JsonElement>? Forms = null);
}
