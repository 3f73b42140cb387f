using WorkflowStudio.Api.Dialects.Graph;
using WorkflowStudio.Api.Practice;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Api.V1;

/// <summary>
/// Single documents, which graph and the interface to practice data share: a request with graph's header is answered in its words.
/// </summary>
internal sealed class V1Documents(ReadDocuments documents, RemoveDocument remove) : IDialectEndpoints
{
    public IDialect Dialect => V1Dialect.Instance;

    public void Map(DialectRoutes routes)
    {
        routes.Get("/documents/{id}", ReadDocuments.Needs, call => call.ReadAsync(
            documents.FindAsync(call.Caller, call.Id(), call.Aborted),
            found => call.Dialect is GraphDialect ? GraphDocuments.One(found) : DocumentJson.One(found)));
        routes.Delete("/documents/{id}", RemoveDocument.Needs, call =>
            call.ReadAsync(remove.RunAsync(call.Caller, call.Id(), call.Aborted), _ => ApiAnswer.Nothing));
        routes.Get("/documents/{id}/content", ReadDocuments.Needs, call => call.ReadAsync(
            documents.ContentAsync(call.Caller, call.Id(), call.Aborted), found => FileAnswer.Of(found.Document, found.Content)));
    }
}
