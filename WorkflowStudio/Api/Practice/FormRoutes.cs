using System.Text.Json;
using WorkflowStudio.Api.Dialects.Sequences;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Practice.Forms;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Api.Practice;

/// <summary>
/// The addresses of forms and of what is sent by them. They stand beside the tables of practice data, not among them: a form holds a list
/// of fields, and a submission has the columns of its form.
/// </summary>
internal sealed class FormRoutes(ReadForms reading, ChangeForms changing, ExportSubmissions exporting, TimeProvider clock)
    : IDialectEndpoints
{
    public IDialect Dialect => PracticeDialect.Instance;

    public void Map(DialectRoutes routes)
    {
        routes.Get("/forms", ReadForms.Needs, ListAsync);
        routes.Post("/forms", ChangeForms.Needs, call => call.WithObjectAsync(body => AddAsync(call, body)));
        routes.Get("/forms/{id}", ReadForms.Needs,
            call => call.ReadAsync(reading.FindAsync(call.Caller, call.Id(), call.Aborted), One));
        routes.Patch("/forms/{id}", ChangeForms.Needs, call => call.WithObjectAsync(body => ChangeAsync(call, body)));
        routes.Delete("/forms/{id}", ChangeForms.Needs, RemoveAsync);
        routes.Get("/form-submissions", ReadForms.Needs, SubmissionsAsync);
        routes.Get("/form-submissions/export", ExportSubmissions.Needs, ExportAsync);
        routes.Get("/form-submissions/{id}", ReadForms.Needs, call => call.ReadAsync(
            reading.SubmissionAsync(call.Caller, call.Id(), call.Aborted),
            sent => SequencesAnswers.One(w => FormMessages.Write(w, sent))));
        routes.Delete("/form-submissions/{id}", ChangeForms.Needs, RemoveSubmissionAsync);
    }

    private static ApiAnswer One(FormItem item) => SequencesAnswers.One(w => FormMessages.Write(w, item));

    private async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var reader = new QueryReader(call.Http.Request.Query);
        var (page, filter) = (PageOf.Read(reader), FormMessages.Forms(reader));
        if (reader.Refusal is { } refusal) return call.Dialect.Refuse(refusal);
        return await call.ReadAsync(reading.PageAsync(call.Caller, filter, page.Skip, page.Limit, call.Aborted),
            found => SequencesAnswers.Page(found.Items, FormMessages.Write, page, found.Total));
    }

    private async Task<ApiAnswer> AddAsync(ApiCall call, JsonElement body)
    {
        var problems = new List<FieldProblem>();
        var form = FormMessages.Read(body, new FormContent(), problems);
        if (problems.Count > 0) return call.Dialect.Refuse(ChangeRecords.Wrong(problems));
        return await call.DoAsync<Form>(keep => changing.AddAsync(call.Caller, form, keep, call.Aborted),
            added => One(Begun(added)) with
            { Status = StatusCodes.Status201Created, Location = $"{Dialect.Prefix}/forms/{added.Id}" });
    }

    private async Task<ApiAnswer> ChangeAsync(ApiCall call, JsonElement body)
    {
        var known = await reading.FindAsync(call.Caller, call.Id(), call.Aborted);
        if (!known.Ok) return call.Dialect.Refuse(known.Problem);
        var problems = new List<FieldProblem>();
        FormMessages.Read(body, known.Value.Form.Content, problems);
        var revision = FormMessages.Revision(body, problems);
        if (problems.Count > 0) return call.Dialect.Refuse(ChangeRecords.Wrong(problems));
        // what was said well of this form is said well of whatever it is by then
        return await call.ReadAsync(
            changing.ChangeAsync(call.Caller, call.Id(), revision, form => FormMessages.Read(body, form, []), call.Aborted),
            changed => One(known.Value with { Form = changed, IsOpen = changed.Content.IsOpenAt(clock.GetUtcNow()) }));
    }

    private async Task<ApiAnswer> RemoveAsync(ApiCall call)
    {
        var reader = new QueryReader(call.Http.Request.Query);
        var all = reader.Flag("submissions");
        if (reader.Refusal is { } refusal) return call.Dialect.Refuse(refusal);
        var removed = await changing.RemoveAsync(call.Caller, call.Id(), all, call.Aborted);
        return removed.Problem is { } problem ? call.Dialect.Refuse(problem) : ApiAnswer.Nothing;
    }

    private async Task<ApiAnswer> SubmissionsAsync(ApiCall call)
    {
        var reader = new QueryReader(call.Http.Request.Query);
        var (page, filter) = (PageOf.Read(reader), FormMessages.Submissions(reader));
        if (reader.Refusal is { } refusal) return call.Dialect.Refuse(refusal);
        return await call.ReadAsync(reading.SubmissionsAsync(call.Caller, filter, page.Skip, page.Limit, call.Aborted),
            found => SequencesAnswers.Page(found.Items, FormMessages.Write, page, found.Total));
    }

    private async Task<ApiAnswer> ExportAsync(ApiCall call)
    {
        var reader = new QueryReader(call.Http.Request.Query);
        var filter = FormMessages.Submissions(reader);
        if (filter.FormId is null && reader.Text("formId") is null)
            reader.Wrong("formId", "Name the form with formId: each has columns of its own.");
        if (reader.Refusal is { } refusal) return call.Dialect.Refuse(refusal);
        return await call.ReadAsync(exporting.RunAsync(call.Caller, filter.FormId!.Value, filter, call.Aborted), CsvAnswer.Of);
    }

    private async Task<ApiAnswer> RemoveSubmissionAsync(ApiCall call)
    {
        var removed = await changing.RemoveSubmissionAsync(call.Caller, call.Id(), call.Aborted);
        return removed.Problem is { } problem ? call.Dialect.Refuse(problem) : ApiAnswer.Nothing;
    }

    private static FormItem Begun(Form form) => new(form, form.Content.IsOpenAt(form.CreatedAt), 0, null);
}
