using System.Text.Json;
using WorkflowStudio.Api.Dialects.Graph;
using WorkflowStudio.Api.Dialects.Sequences;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.V1;

/// <summary>A workflow that clients of both dialects can read: the fields of a template, then those of a graph.</summary>
internal static class V1Fields
{
    public static void Write(Utf8JsonWriter w, DefinedWorkflow item, string baseUrl)
    {
        new Template(item).Write(w);
        GraphTranslator.WriteOwn(w, item, baseUrl, Template.Fields);
    }
}
