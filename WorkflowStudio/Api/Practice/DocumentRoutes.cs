using System.Text.Json;
using Microsoft.Net.Http.Headers;
using WorkflowStudio.Api.Dialects.Sequences;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Documents;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Api.Practice;

/// <summary>The addresses of documents, beside those that graph has, too.</summary>
internal sealed class DocumentRoutes(ReadDocuments reading, ChangeDocuments changing, IdFactory ids) : IDialectEndpoints
{
    // a file, and what a form has around it
    private const int MostBytes = ReadDocuments.MaxBytes + RequestBody.MaxBytes;

    private static readonly string[] Beside = ["contactId", "name"];

    public IDialect Dialect => PracticeDialect.Instance;

    public void Map(DialectRoutes routes)
    {
        routes.Get("/documents", ReadDocuments.Needs, ListAsync);
        routes.PostFile("/documents", ChangeDocuments.Needs, MostBytes, AddAsync);
        routes.Patch("/documents/{id}", ChangeDocuments.Needs, call => call.WithObjectAsync(body => ChangeAsync(call, body)));
        routes.Get("/documents/{id}/text", ReadDocuments.Needs, call => call.ReadAsync(
            reading.TextAsync(call.Caller, call.Id(), call.Aborted), read => SequencesAnswers.One(w => DocumentJson.Write(w, read))));
    }

    private async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var reader = new QueryReader(call.Http.Request.Query);
        var (page, filter) = (PageOf.Read(reader), DocumentJson.Filter(reader));
        if (reader.Refusal is { } refusal) return call.Dialect.Refuse(refusal);
        return await call.ReadAsync(reading.PageAsync(call.Caller, filter, page.Skip, page.Limit, call.Aborted),
            found => SequencesAnswers.Page(found.Items, DocumentJson.Write, page, found.Total));
    }

    private async Task<ApiAnswer> AddAsync(ApiCall call)
    {
        var type = call.Http.Request.ContentType;
        if (!MediaTypeHeaderValue.TryParse(type, out var read) || read.MediaType != "multipart/form-data")
            return call.Dialect.Refuse(new ApiProblem(415, "unsupported_media_type",
                "Send the file as multipart/form-data, in a field called file."));
        var posted = await MultipartBody.ReadAsync(call.Body, type!, ids, call.Aborted);
        if (posted.Problem is { } refused) return call.Dialect.Refuse(refused);
        var problems = new List<FieldProblem>();
        if (posted.Files.Count != 1) problems.Add(new("file", "Send one file, in a field called file."));
        Guid? contact = null;
        var name = "";
        foreach (var field in posted.Value.EnumerateObject().Where(f => f.Value.ValueKind != JsonValueKind.Object))
            if (field.Name == "contactId") contact = BodyValue.Id(field.Value);
            else if (field.Name == "name") name = BodyValue.Text("name", field.Value, problems);
            else problems.Add(new(field.Name, FieldReading.Unknown(Beside, field.Name)));
        if (problems.Count > 0) return call.Dialect.Refuse(ChangeRecords.Wrong(problems));
        var file = name.Trim().Length == 0 ? posted.Files[0] : posted.Files[0] with { Name = NewDocument.NameOf(name) };
        return await call.DoAsync<DocumentItem>(keep => changing.AddAsync(call.Caller, file, contact, keep, call.Aborted),
            added => DocumentJson.One(added, StatusCodes.Status201Created) with { Location = $"{Dialect.Prefix}/documents/{added.Id}" });
    }

    private async Task<ApiAnswer> ChangeAsync(ApiCall call, JsonElement body)
    {
        var problems = new List<FieldProblem>();
        var change = DocumentJson.Change(body, problems);
        if (problems.Count > 0) return call.Dialect.Refuse(ChangeRecords.Wrong(problems));
        return await call.ReadAsync(
            changing.ChangeAsync(call.Caller, call.Id(), change, call.Aborted), changed => DocumentJson.One(changed));
    }
}
