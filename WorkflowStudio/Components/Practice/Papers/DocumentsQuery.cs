using WorkflowStudio.Components.Shared.Pages;
using WorkflowStudio.Engine.Practice.Documents;

namespace WorkflowStudio.Components.Practice.Papers;

/// <summary>Which documents are listed, and the one that is open.</summary>
/// <param name="Text">A part of the name.</param>
/// <param name="Page">From 1.</param>
/// <param name="Document">The document that is open; null for none.</param>
public sealed record DocumentsQuery(string? Text = null, int Page = 1, Guid? Document = null) : IPageQuery<DocumentsQuery>
{
    private const int MostPages = 1_000;

    public static DocumentsQuery Of(AddressValues address) =>
        new(address.Text("q"), (int)(address.Number("page", MostPages) ?? 1), address.Id("document"));

    /// <summary>The same, as the operation is asked for it.</summary>
    public DocumentFilter ToFilter() => new() { Search = Text };

    public IReadOnlyDictionary<string, object?> ToParameters() =>
        new Dictionary<string, object?> { ["q"] = Text, ["page"] = Page == 1 ? null : Page, ["document"] = Document };
}
