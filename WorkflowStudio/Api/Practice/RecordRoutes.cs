using System.Text;
using System.Text.Json;
using WorkflowStudio.Api.Dialects.Sequences;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Api.Practice;

/// <summary>The addresses of every table of practice data: list, read, add, change, remove, and whole tables as CSV.</summary>
internal sealed class RecordRoutes(ReadRecords reading, ChangeRecords changing, ExportRecords exporting) : IDialectEndpoints
{
    public IDialect Dialect => PracticeDialect.Instance;

    public void Map(DialectRoutes routes)
    {
        foreach (var table in reading.Tables)
        {
            var name = table.Name;
            routes.Get($"/{name}/export", ExportRecords.Needs, call => Task.FromResult(Export(call, table)));
            routes.Post($"/{name}/import", ChangeRecords.Needs, call => ImportAsync(call, table));
            if (table.IsAnsweredElsewhere) continue;
            routes.Get($"/{name}", ReadRecords.Needs, call => ListAsync(call, table));
            routes.Post($"/{name}", ChangeRecords.Needs, call => call.WithObjectAsync(body => AddAsync(call, table, body)));
            routes.Get($"/{name}/{{id}}", ReadRecords.Needs, call => call.ReadAsync(
                reading.FindAsync(call.Caller, table, call.Id(), call.Aborted), found => One(table, found)));
            routes.Patch($"/{name}/{{id}}", ChangeRecords.Needs, call => call.WithObjectAsync(body => ChangeAsync(call, table, body)));
            routes.Delete($"/{name}/{{id}}", ChangeRecords.Needs, call => RemoveAsync(call, table));
        }
    }

    private static ApiAnswer One(PracticeTable table, PracticeRecord record) =>
        SequencesAnswers.One(w => RecordJson.Write(w, table, record));

    private async Task<ApiAnswer> ListAsync(ApiCall call, PracticeTable table)
    {
        var reader = new QueryReader(call.Http.Request.Query);
        var (page, query) = (PageOf.Read(reader), RecordJson.Query(table, call.Http.Request.Query, reader));
        if (reader.Refusal is { } refusal) return call.Dialect.Refuse(refusal);
        return await call.ReadAsync(reading.PageAsync(call.Caller, table, query, page.Skip, page.Limit, call.Aborted),
            found => SequencesAnswers.Page(found.Items, (w, record) => RecordJson.Write(w, table, record), page, found.Total));
    }

    private async Task<ApiAnswer> AddAsync(ApiCall call, PracticeTable table, JsonElement body)
    {
        var problems = new List<FieldProblem>();
        var values = FieldReading.Read(table, body, problems);
        if (problems.Count > 0) return call.Dialect.Refuse(ChangeRecords.Wrong(problems));
        return await call.DoAsync<PracticeRecord>(keep => changing.AddAsync(call.Caller, table, values, keep, call.Aborted),
            added => One(table, added) with
            { Status = StatusCodes.Status201Created, Location = $"{Dialect.Prefix}/{table.Name}/{added.Id}" });
    }

    private async Task<ApiAnswer> ChangeAsync(ApiCall call, PracticeTable table, JsonElement body)
    {
        var known = await reading.FindAsync(call.Caller, table, call.Id(), call.Aborted);
        if (!known.Ok) return call.Dialect.Refuse(known.Problem);
        var problems = new List<FieldProblem>();
        var values = FieldReading.Read(table, body, problems);
        if (problems.Count > 0) return call.Dialect.Refuse(ChangeRecords.Wrong(problems));
        return await call.ReadAsync(
            changing.ChangeAsync(call.Caller, table, call.Id(), values, call.Aborted), changed => One(table, changed));
    }

    private async Task<ApiAnswer> RemoveAsync(ApiCall call, PracticeTable table)
    {
        var removed = await changing.RemoveAsync(call.Caller, table, call.Id(), call.Aborted);
        return removed.Problem is { } problem ? call.Dialect.Refuse(problem) : ApiAnswer.Nothing;
    }

    private ApiAnswer Export(ApiCall call, PracticeTable table)
    {
        var reader = new QueryReader(call.Http.Request.Query);
        var query = RecordJson.Query(table, call.Http.Request.Query, reader);
        if (reader.Refusal is { } refusal) return call.Dialect.Refuse(refusal);
        var export = exporting.Run(call.Caller, table, query);
        return export.Ok ? CsvAnswer.Of(export.Value) : call.Dialect.Refuse(export.Problem);
    }

    private async Task<ApiAnswer> ImportAsync(ApiCall call, PracticeTable table)
    {
        var reader = new QueryReader(call.Http.Request.Query);
        var isPreview = reader.Flag("preview");
        var text = "";
        if (call.Http.Request.ContentType is not { } type || !type.StartsWith(CsvAnswer.Type, StringComparison.OrdinalIgnoreCase))
            reader.Wrong("Content-Type", "The Content-Type has to be text/csv.");
        else if (!ForeignText.TryRead(call.Body.Span, RequestBody.Charset(type), out var read, out var problem))
            reader.Wrong("file", $"The file {problem.Words}.");
        else text = read;
        if (reader.Refusal is { } refusal) return call.Dialect.Refuse(refusal);
        return await call.ReadAsync(changing.ImportAsync(call.Caller, table, text, isPreview, call.Aborted),
            report => SequencesAnswers.One(w => RecordJson.Write(w, report, isPreview)));
    }
}
