using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Gallery;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.Dialects.Documents;

/// <summary>Workflows to begin with: listed by category, and made into a workflow of one's own.</summary>
internal sealed class DocumentsTemplates(CreateWorkflow create) : IDialectEndpoints
{
    private static readonly Lazy<IReadOnlyList<TemplateItem>> Items = new(() => [.. TemplateGallery.All.Where(IsTold).Select(Told)]);

    /// <summary>The categories that the reference text knows.</summary>
    public static IReadOnlyList<string> Categories { get; } =
        [TemplateCategory.Invoice, TemplateCategory.Contract, TemplateCategory.Resume, TemplateCategory.General];

    public IDialect Dialect => DocumentsDialect.Instance;

    public void Map(DialectRoutes routes)
    {
        routes.Get("/templates", ListWorkflows.Needs, call => Task.FromResult(List(call)));
        routes.Post("/templates", CreateWorkflow.Needs, call => call.WithObjectAsync(body => CreateAsync(call, new BodyReader(body))));
    }

    private static ApiAnswer List(ApiCall call)
    {
        var category = new QueryReader(call.Http.Request.Query).Text("category");
        TemplateItem[] found = [.. Items.Value.Where(t => category is null || t.Category == category)];
        return new ApiAnswer(
            StatusCodes.Status200OK, DocumentsJson.Bytes(new TemplatesMessage(found), DocumentsJson.Default.TemplatesMessage));
    }

    private async Task<ApiAnswer> CreateAsync(ApiCall call, BodyReader body)
    {
        var (id, name, description) = (body.NeededText("template_id"), body.Text("name"), body.Text("description"));
        if (body.Refusal is { } refusal) return DocumentsProblems.Of(refusal);
        if (!ShownId.TryRead(id, out var wanted) || TemplateGallery.Find(wanted) is not { } template || !IsTold(template))
            return DocumentsProblems.Of(new OperationProblem.NotFound("template"));
        var workflow = New(template);
        workflow = workflow with { Name = name ?? workflow.Name, Description = description ?? workflow.Description };
        return await call.DoAsync<CreatedWorkflow>(
            keep => create.RunAsync(call.Caller, workflow, keep, call.Aborted),
            created => DocumentsAnswers.Created(created, call.BaseUrl));
    }

    // what branches cannot be told as steps that follow each other
    private static bool IsTold(WorkflowTemplate template) => Categories.Contains(template.Category)
        && (template.Forms.ContainsKey(DocumentsDialect.Instance.Name) || StepChain.TryOrder(template.Definition, out _));

    private static TemplateItem Told(WorkflowTemplate template)
    {
        var (type, config, definition) = DocumentsTranslator.Told(New(template).Definition);
        return new TemplateItem(template.Id, template.Name, template.Description, template.Category, type, config, definition);
    }

    // as this dialect has always told of it, or as it is
    private static NewWorkflow New(WorkflowTemplate template)
    {
        if (!template.Forms.TryGetValue(DocumentsDialect.Instance.Name, out var form))
            return new NewWorkflow(template.Name, template.Description, WorkflowStatus.Active, template.Definition, EditorState.None,
                DocumentsDialect.Instance.Name);
        var body = JsonNode.Parse(form.GetRawText())!.AsObject();
        (body["name"], body["description"]) = (template.Name, template.Description);
        return DocumentsTranslator.New(WorkflowBody.Read(JsonElement.Parse(body.ToJsonString()), isWhole: true, out _)!);
    }
}
