using System.Text.Json;
using WorkflowStudio.Api.Dialects.Graph;
using WorkflowStudio.Api.Dialects.Sequences;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Api.V1;

/// <summary>
/// Contacts. Sequences keeps them by id; graph reads one by e-mail address or phone number, with what was done for it. The header of graph,
/// or what is no id, asks for the latter.
/// </summary>
internal sealed class V1Contacts(Contacts contacts) : IDialectEndpoints
{
    public IDialect Dialect => V1Dialect.Instance;

    public void Map(DialectRoutes routes)
    {
        routes.Get("/contacts", Contacts.Needs, ListAsync);
        routes.Post("/contacts", Contacts.Needs, call => call.WithObjectAsync(body => AddAsync(call, body)));
        routes.Get("/contacts/doubles", Contacts.Needs, call => call.ReadAsync(
            contacts.DoublesAsync(call.Caller, call.Aborted), groups => SequencesAnswers.List(groups, WriteGroup)));
        routes.Get("/contacts/{id}", Contacts.Needs, ReadAsync);
        routes.Post("/contacts/{id}/merge", Contacts.Needs, call => call.WithObjectAsync(body => MergeAsync(call, body)));
        routes.Patch("/contacts/{id}", Contacts.Needs, call => call.WithObjectAsync(body => ChangeAsync(call, body)));
        routes.Delete("/contacts/{id}", Contacts.Needs, RemoveAsync);
    }

    private static ApiAnswer Found(KnownContact contact) => SequencesAnswers.One(w => SequencesContact.Write(w, contact));

    private static void WriteGroup(Utf8JsonWriter w, IReadOnlyList<KnownContact> group)
    {
        w.WriteStartArray("contacts");
        foreach (var contact in group)
        {
            w.WriteStartObject();
            SequencesContact.Write(w, contact);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }

    private async Task<ApiAnswer> MergeAsync(ApiCall call, JsonElement sent)
    {
        var body = new BodyReader(sent);
        var other = ShownId.TryRead(body.NeededText("contactId"), out var id) ? id : Guid.Empty;
        return body.Refusal is { } refusal
            ? call.Dialect.Refuse(refusal)
            : await call.ReadAsync(contacts.MergeAsync(call.Caller, call.Id(), other, call.Aborted), Found);
    }

    private async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var page = PageOf.Read(query);
        if (query.Refusal is { } refusal) return call.Dialect.Refuse(refusal);
        return await call.ReadAsync(contacts.PageAsync(call.Caller, query.Text("search"), page.Skip, page.Limit, call.Aborted),
            found => SequencesAnswers.Page(found.Items, SequencesContact.Write, page, found.Total));
    }

    private async Task<ApiAnswer> AddAsync(ApiCall call, JsonElement sent)
    {
        var body = ContactBody.Whole(sent);
        return body.Refusal is { } refusal
            ? call.Dialect.Refuse(refusal)
            : await call.DoAsync<KnownContact>(keep => contacts.AddAsync(call.Caller, body.Fields(null), keep, call.Aborted),
                added => Found(added) with
                { Status = StatusCodes.Status201Created, Location = $"/api/v1/contacts/{added.Contact.Id}" });
    }

    private Task<ApiAnswer> ReadAsync(ApiCall call)
    {
        var asked = call.Route("id");
        var isId = ShownId.TryRead(asked, out var id);
        return isId && call.Dialect is not GraphDialect
            ? call.ReadAsync(contacts.FindAsync(call.Caller, id, call.Aborted), Found)
            : call.ReadAsync(contacts.TimelineAsync(call.Caller, isId ? id : null, asked, call.Aborted), GraphAnswers.Contact);
    }

    private async Task<ApiAnswer> ChangeAsync(ApiCall call, JsonElement sent)
    {
        var body = new ContactBody(sent);
        var known = await contacts.FindAsync(call.Caller, call.Id(), call.Aborted);
        if (!known.Ok) return call.Dialect.Refuse(known.Problem);
        return body.Refusal is { } refusal
            ? call.Dialect.Refuse(refusal)
            : await call.ReadAsync(contacts.ChangeAsync(call.Caller, call.Id(), body.Fields, call.Aborted), Found);
    }

    private async Task<ApiAnswer> RemoveAsync(ApiCall call)
    {
        var removed = await contacts.RemoveAsync(call.Caller, call.Id(), call.Aborted);
        return removed.Problem is { } problem ? call.Dialect.Refuse(problem) : ApiAnswer.Nothing;
    }
}
