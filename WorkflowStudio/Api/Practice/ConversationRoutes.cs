using System.Text.Json;
using WorkflowStudio.Api.Dialects.Sequences;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Practice.Messages.Conversations;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Api.Practice;

/// <summary>The addresses of conversations. What is written with an Idempotency-Key goes out once.</summary>
internal sealed class ConversationRoutes(ReadConversations reading, ChangeConversations changing, WriteMessage writing) : IDialectEndpoints
{
    public IDialect Dialect => PracticeDialect.Instance;

    public void Map(DialectRoutes routes)
    {
        routes.Get("/conversations", ReadConversations.Needs, ListAsync);
        routes.Post("/conversations", WriteMessage.Needs, call => call.WithObjectAsync(body => BeginAsync(call, body)));
        routes.Get("/conversations/{id}", ReadConversations.Needs, call => call.ReadAsync(
            reading.FindAsync(call.Caller, call.Id(), call.Aborted), found => One(found)));
        routes.Patch("/conversations/{id}", ChangeConversations.Needs, call => call.WithObjectAsync(body => ChangeAsync(call, body)));
        routes.Delete("/conversations/{id}", ChangeConversations.Needs, call => call.ReadAsync(
            changing.RemoveAsync(call.Caller, call.Id(), call.Aborted), _ => ApiAnswer.Nothing));
        routes.Get("/conversations/{id}/messages", ReadConversations.Needs, MessagesAsync);
        routes.Post("/conversations/{id}/messages", WriteMessage.Needs, call => call.WithObjectAsync(body => SendAsync(call, body)));
    }

    private static ApiAnswer One(ConversationItem item, int status = StatusCodes.Status200OK) =>
        SequencesAnswers.One(w => ConversationJson.Write(w, item), status);

    private async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var reader = new QueryReader(call.Http.Request.Query);
        var (page, filter) = (PageOf.Read(reader), ConversationJson.Conversations(reader));
        if (reader.Refusal is { } refusal) return call.Dialect.Refuse(refusal);
        return await call.ReadAsync(reading.PageAsync(call.Caller, filter, page.Skip, page.Limit, call.Aborted),
            found => SequencesAnswers.Page(found.Items, ConversationJson.Write, page, found.Total));
    }

    private async Task<ApiAnswer> MessagesAsync(ApiCall call)
    {
        var reader = new QueryReader(call.Http.Request.Query);
        var page = PageOf.Read(reader);
        if (reader.Refusal is { } refusal) return call.Dialect.Refuse(refusal);
        var known = await reading.FindAsync(call.Caller, call.Id(), call.Aborted);
        if (!known.Ok) return call.Dialect.Refuse(known.Problem);
        var filter = new MessageFilter { ConversationId = call.Id() };
        return await call.ReadAsync(reading.MessagesAsync(call.Caller, filter, page.Skip, page.Limit, call.Aborted),
            found => SequencesAnswers.Page(found.Items, ConversationJson.Write, page, found.Total));
    }

    private async Task<ApiAnswer> BeginAsync(ApiCall call, JsonElement body)
    {
        var problems = new List<FieldProblem>();
        var (with, said) = ConversationJson.Begin(body, problems);
        if (problems.Count > 0) return call.Dialect.Refuse(ChangeRecords.Wrong(problems));
        var begun = await writing.BeginAsync(call.Caller, with, call.Aborted);
        if (!begun.Ok) return call.Dialect.Refuse(begun.Problem);
        var (talk, isNew) = begun.Value;
        if (said is not null)
        {
            var sent = await writing.SendAsync(call.Caller, talk.Id, said, OnceKey.Of(call), call.Aborted);
            if (!sent.Ok) return call.Dialect.Refuse(sent.Problem);
            talk = talk with { Last = sent.Value };
        }

        return One(talk, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK) with
        { Location = $"{Dialect.Prefix}/conversations/{talk.Id}" };
    }

    private async Task<ApiAnswer> ChangeAsync(ApiCall call, JsonElement body)
    {
        var problems = new List<FieldProblem>();
        var change = ConversationJson.Change(body, problems);
        if (problems.Count > 0) return call.Dialect.Refuse(ChangeRecords.Wrong(problems));
        return await call.ReadAsync(
            changing.ChangeAsync(call.Caller, call.Id(), change, call.Aborted), changed => One(changed));
    }

    private async Task<ApiAnswer> SendAsync(ApiCall call, JsonElement body)
    {
        var problems = new List<FieldProblem>();
        var said = ConversationJson.Message(body, problems);
        if (problems.Count > 0) return call.Dialect.Refuse(ChangeRecords.Wrong(problems));
        return await call.ReadAsync(
            writing.SendAsync(call.Caller, call.Id(), said, OnceKey.Of(call), call.Aborted),
            sent => SequencesAnswers.One(w => ConversationJson.Write(w, sent), StatusCodes.Status201Created));
    }
}
