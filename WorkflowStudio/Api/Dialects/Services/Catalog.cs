using System.Text.Json;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.Dialects.Services;

/// <summary>GET /action-catalog: the types of steps.</summary>
internal sealed class ServicesCatalog(NodeCatalog catalog) : IDialectEndpoints
{
    private readonly Lazy<ApiAnswer> answer = new(() => new ApiAnswer(StatusCodes.Status200OK, ServicesJson.Bytes(
        new CatalogMessage([.. ServicesSteps.All.Select(s => Item(s, catalog.Type(s.Type)!))]), ServicesJson.Default.CatalogMessage)));

    public IDialect Dialect => ServicesDialect.Instance;

    public void Map(DialectRoutes routes) =>
        routes.Get("/action-catalog", ListWorkflows.Needs, _ => Task.FromResult(answer.Value));

    // the settings are those of the step type, as everywhere
    private static CatalogItem Item(ServicesStep step, NodeType type) => new(
        step.Type, type.Title, step.Category, step.Description, ServicesSteps.NeedsDelivery(step.Type),
        JsonSerializer.SerializeToElement(JsonSchemas.Of(type.Settings)));
}
