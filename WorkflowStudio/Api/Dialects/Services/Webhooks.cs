using WorkflowStudio.Api.Routes;

namespace WorkflowStudio.Api.Dialects.Services;

/// <summary>Webhooks that go out, in the words of this dialect.</summary>
internal sealed class ServicesWebhooks(EndpointRoutes endpoints) : IDialectEndpoints
{
    public IDialect Dialect => ServicesDialect.Instance;

    public void Map(DialectRoutes routes) => endpoints.Map(routes, "/webhooks", _ => ServicesForm.Instance);
}
