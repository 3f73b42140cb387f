using System.Text.Json;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.Dialects.Services;

/// <summary>GET /action-catalog: the types of steps.</summary>
internal sealed class ServicesCatalog(NodeCatalog catalog) : IDialectEndpoints
{
    private readonly Lazy<ApiAnswer> answer = new(() => new ApiAnswer(StatusCodes.Status200OK, ServicesJson.Bytes(
        new CatalogMessage([.. ServicesSteps.All.Select(s => Item(s, catalog))]), ServicesJson.Default.CatalogMessage)));

    public IDialect Dialect => ServicesDialect.Instance;

    public void Map(DialectRoutes routes) =>
        routes.Get("/action-catalog", ListWorkflows.Needs, _ => Task.FromResult(answer.Value));

    private static CatalogItem Item(ServicesStep step, NodeCatalog catalog) => new(
        step.Type, catalog.Type(step.Type)?.Title ?? step.Type, step.Category, step.Description, ServicesSteps.NeedsDelivery(step.Type),
        JsonElement.Parse(step.Schema));
}
