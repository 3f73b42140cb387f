using WorkflowStudio.Api.Routes;

namespace WorkflowStudio.Api.Dialects.Blocks;

/// <summary>Webhooks that go out, in the words of this dialect.</summary>
internal sealed class BlocksWebhooks(EndpointRoutes endpoints) : IDialectEndpoints
{
    public IDialect Dialect => BlocksDialect.Instance;

    public void Map(DialectRoutes routes) => endpoints.Map(routes, "/webhooks", _ => BlocksForm.Instance);
}
