using System.Text.Json;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.Dialects.Documents;

/// <summary>Workflows to begin with: listed by category, and made into a workflow of one's own.</summary>
internal sealed class DocumentsTemplates(CreateWorkflow create) : IDialectEndpoints
{
    /// <summary>All of them. Their ids stay what they are.</summary>
    public static IReadOnlyList<TemplateItem> All { get; } =
    [
        Template(1, "Invoice Processing", "Reads an invoice that is uploaded and tells of it.", "invoice",
            """{"event":"document.uploaded","filters":{"file_type":"pdf"}}""",
            """
            {"steps":[{"id":"parse","type":"parse","config":{}},
            {"id":"extract","type":"extract","config":{"schema_id":"invoice-schema"}},
            {"id":"notify","type":"integration","config":{"template":"Invoice processed: {{invoice_number}}"}}]}
            """),
        Template(2, "Contract Review", "Reads a contract that is uploaded and tells of one that renews by itself.", "contract",
            """{"event":"document.uploaded","filters":{"file_type":["pdf","docx"]}}""",
            """
            {"steps":[{"id":"parse","type":"parse","config":{}},
            {"id":"extract","type":"extract","config":{"schema_id":"contract-schema"}},
            {"id":"renews","type":"condition","config":{"field":"auto_renewal","operator":"is_true"}},
            {"id":"notify","type":"integration","config":{"template":"Review before it renews: {{contract_title}}"}}]}
            """),
        Template(3, "Resume Screening", "Reads a resume that is uploaded and tells of those with enough experience.", "resume",
            """{"event":"document.uploaded","filters":{"file_type":["pdf","docx"]}}""",
            """
            {"steps":[{"id":"parse","type":"parse","config":{}},
            {"id":"extract","type":"extract","config":{"schema_id":"resume-schema"}},
            {"id":"experienced","type":"condition","config":{"field":"years_of_experience","operator":"greater_or_equal","value":3}},
            {"id":"notify","type":"integration","config":{"template":"Candidate to look at: {{candidate_name}}"}}]}
            """),
        Template(4, "Document Routing", "Sends what was read from a document on, once it is processed.", "general",
            """{"event":"document.processed"}""",
            """
            {"steps":[{"id":"extract","type":"extract","config":{"schema_id":"document-schema"}},
            {"id":"known","type":"condition","config":{"field":"document_type","operator":"is_not_empty"}},
            {"id":"route","type":"integration","config":{"template":"{{document_type}}: {{title}}"}}]}
            """),
    ];

    public IDialect Dialect => DocumentsDialect.Instance;

    public void Map(DialectRoutes routes)
    {
        routes.Get("/templates", ListWorkflows.Needs, call => Task.FromResult(List(call)));
        routes.Post("/templates", CreateWorkflow.Needs, call => call.WithObjectAsync(body => CreateAsync(call, new BodyReader(body))));
    }

    private static ApiAnswer List(ApiCall call)
    {
        var category = new QueryReader(call.Http.Request.Query).Text("category");
        TemplateItem[] found = [.. All.Where(t => category is null || t.Category == category)];
        return new ApiAnswer(
            StatusCodes.Status200OK, DocumentsJson.Bytes(new TemplatesMessage(found), DocumentsJson.Default.TemplatesMessage));
    }

    private async Task<ApiAnswer> CreateAsync(ApiCall call, BodyReader body)
    {
        var (id, name, description) = (body.NeededText("template_id"), body.Text("name"), body.Text("description"));
        if (body.Refusal is { } refusal) return DocumentsProblems.Of(refusal);
        if (!ShownId.TryRead(id, out var template) || All.FirstOrDefault(t => t.Id == template) is not { } found)
            return DocumentsProblems.Of(new OperationProblem.NotFound("template"));
        var text = JsonSerializer.SerializeToElement(found, DocumentsJson.Default.TemplateItem);
        var wanted = WorkflowBody.Read(text, isWhole: true, out _)! with { Kept = [] };
        wanted = wanted with { Name = name ?? wanted.Name, Description = description ?? wanted.Description };
        return await call.DoAsync<CreatedWorkflow>(
            keep => create.RunAsync(call.Caller, DocumentsTranslator.New(wanted), keep, call.Aborted),
            created => DocumentsAnswers.Created(created, call.BaseUrl));
    }

    private static TemplateItem Template(int number, string name, string description, string category, string trigger, string definition) =>
        new(new Guid(0x0190d0c1, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, (byte)number), name, description, category, "event",
            JsonElement.Parse(trigger), JsonElement.Parse(definition));
}
