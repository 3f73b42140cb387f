using WorkflowStudio.Api.Dialects.Graph;
using WorkflowStudio.Api.Dialects.Sequences;
using WorkflowStudio.Api.Routes;

namespace WorkflowStudio.Api.V1;

/// <summary>
/// Webhooks that go out, in the words of sequences or, with its header, of graph. The POST to one of them is none of theirs: it is where
/// the outside world starts a workflow.
/// </summary>
internal sealed class V1Webhooks(EndpointRoutes endpoints) : IDialectEndpoints
{
    public IDialect Dialect => V1Dialect.Instance;

    public void Map(DialectRoutes routes) =>
        endpoints.Map(routes, "/webhooks", call => call.Dialect is GraphDialect ? GraphForm.Instance : SequencesForm.Instance);
}
