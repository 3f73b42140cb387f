using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Webhooks;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Webhooks;

namespace WorkflowStudio.Api.Routes;

/// <summary>
/// The webhooks that go out (docs/webhooks.md), in the form of a dialect: made, listed, changed, removed, tried, their secret made anew,
/// what was sent to them and sent once more. A dialect sees its own alone.
/// </summary>
internal sealed class EndpointRoutes(
    CreateEndpoint create, ListEndpoints list, GetEndpoint get, ChangeEndpoint change, RemoveEndpoint remove, RotateSecret rotate,
    TestEndpoint test, ListDeliveries deliveries, ResendDelivery resend)
{
    private const int DefaultLimit = 20;
    private const int MaxLimit = 100;

    /// <summary>Maps the addresses.</summary>
    /// <param name="routes">The dialect's.</param>
    /// <param name="path">The path of the list.</param>
    /// <param name="formOf">The form of a request.</param>
    public void Map(DialectRoutes routes, string path, Func<ApiCall, DialectForm> formOf)
    {
        routes.Get($"{path}", ListEndpoints.Needs, call => ListAsync(call, formOf(call)));
        routes.Post($"{path}", CreateEndpoint.Needs,
            call => call.WithObjectAsync(body => CreateAsync(call, formOf(call), new BodyReader(body))));
        routes.Get($"{path}/{{id}}", GetEndpoint.Needs, call => WithAsync(call, formOf(call), found =>
            Task.FromResult(formOf(call).One(w => formOf(call).Endpoint(w, found)))));
        routes.Patch($"{path}/{{id}}", ChangeEndpoint.Needs, call => call.WithObjectAsync(body =>
            WithAsync(call, formOf(call), found => ChangeAsync(call, formOf(call), found, new BodyReader(body)))));
        routes.Delete($"{path}/{{id}}", RemoveEndpoint.Needs, call => WithAsync(call, formOf(call), found =>
            call.ReadAsync(remove.RunAsync(call.Caller, found.Id, call.Aborted), _ => ApiAnswer.Nothing)));
        Ask("test", (call, form, found) => call.DoAsync<DeliveryFacts>(
            keep => test.RunAsync(call.Caller, found.Id, keep, call.Aborted), tried => form.One(w => form.Tested(w, tried))));
        Ask("rotate-secret", (call, form, found) => call.DoAsync<CreatedEndpoint>(
            keep => rotate.RunAsync(call.Caller, found.Id, form.Overlap, keep, call.Aborted), made => Secret(form, made)));
        routes.Get($"{path}/{{id}}/deliveries", ListDeliveries.Needs, call => WithAsync(call, formOf(call), found =>
            DeliveriesAsync(call, formOf(call), found)));
        Ask("deliveries/{delivery}/resend", (call, form, found) => call.DoAsync<DeliveryFacts>(
            keep => resend.RunAsync(call.Caller, call.Id("delivery"), keep, found.Id, call.Aborted),
            sent => form.One(w => form.Delivery(w, sent), StatusCodes.Status202Accepted)));

        void Ask(string what, Func<ApiCall, DialectForm, EndpointFacts, Task<ApiAnswer>> answer) => routes.Post(
            $"{path}/{{id}}/{what}", ChangeEndpoint.Needs, call => call.WithObjectAsync(
                _ => WithAsync(call, formOf(call), found => answer(call, formOf(call), found)), mayBeEmpty: true));
    }

    /// <summary>
    /// Makes one of a body with <c>url</c> and <c>events</c>; where the list is not at the address that was asked, it is named.
    /// </summary>
    public async Task<ApiAnswer> CreateAsync(ApiCall call, DialectForm form, BodyReader body, string? list = null)
    {
        var (address, events) = (body.NeededText("url"), Events(body));
        if (!body.Has("events")) body.Missing("events");
        var (description, isOn, workflow) = (body.Text("description"), Switch(body, form), body.Text(form.Name("workflow_id")));
        if (body.Refusal is { } refusal) return call.Dialect.Refuse(refusal);
        var wish = new NewEndpoint(form.Webhooks, address, events!)
        {
            Description = description ?? "",
            IsOn = isOn ?? true,
            WorkflowId = workflow is null ? null : ShownId.TryRead(workflow, out var id) ? id : Guid.Empty,
        };
        return await call.DoAsync<CreatedEndpoint>(
            keep => create.RunAsync(call.Caller, wish, keep, call.Aborted),
            made => form.One(w => form.Endpoint(w, made.Facts, made.Secret), StatusCodes.Status201Created) with
            { Location = $"{list ?? call.Path.TrimEnd('/')}/{made.Facts.Id}", IsSecret = true },
            problem => Refuse(call, form, problem));
    }

    /// <summary>Answers of one that the dialect has made; one of another dialect is not there.</summary>
    public async Task<ApiAnswer> WithAsync(ApiCall call, DialectForm form, Func<EndpointFacts, Task<ApiAnswer>> answer)
    {
        var found = await get.RunAsync(call.Caller, call.Id(), call.Aborted);
        if (!found.Ok) return call.Dialect.Refuse(found.Problem);
        return found.Value.Dialect == form.Webhooks
            ? await answer(found.Value)
            : call.Dialect.Refuse(new OperationProblem.NotFound("webhook"));
    }

    private static ApiAnswer Secret(DialectForm form, CreatedEndpoint made) => form.One(w =>
    {
        w.WriteString("id", made.Facts.Id);
        w.WriteString("secret", made.Secret);
    }) with
    { IsSecret = true };

    private static bool? Switch(BodyReader body, DialectForm form)
    {
        if (!body.Has(form.IsOn)) return null;
        var value = body.Field(form.IsOn);
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            body.Wrong(form.IsOn, $"The field {form.IsOn} has to be true or false.");
        return value.ValueKind == JsonValueKind.True;
    }

    private static string[]? Events(BodyReader body)
    {
        if (!body.Has("events")) return null;
        var value = body.Field("events");
        if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String))
            return [.. value.EnumerateArray().Select(e => e.GetString()!)];
        body.Wrong("events", "The field events has to be a list of names of events.");
        return null;
    }

    // the operation calls the field as most dialects do
    private static ApiAnswer Refuse(ApiCall call, DialectForm form, OperationProblem problem) => call.Dialect.Refuse(
        problem is OperationProblem.Invalid { Problems: [{ Path: "workflow_id" } only] } invalid
            ? invalid with { Problems = [only with { Path = form.Name("workflow_id") }] }
            : problem);

    private Task<ApiAnswer> ListAsync(ApiCall call, DialectForm form) =>
        call.ReadAsync(list.RunAsync(call.Caller, call.Aborted), all => form.List<EndpointFacts>(
            call, "webhooks", [.. all.Where(e => e.Dialect == form.Webhooks)], (w, one) => form.Endpoint(w, one)));

    private async Task<ApiAnswer> ChangeAsync(ApiCall call, DialectForm form, EndpointFacts found, BodyReader body)
    {
        var wish = new EndpointChange(body.Text("url"), body.Text("description"), Events(body), Switch(body, form));
        return body.Refusal is { } refusal
            ? call.Dialect.Refuse(refusal)
            : await call.ReadAsync(change.RunAsync(call.Caller, found.Id, wish, call.Aborted),
                changed => form.One(w => form.Endpoint(w, changed)));
    }

    private async Task<ApiAnswer> DeliveriesAsync(ApiCall call, DialectForm form, EndpointFacts found)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var limit = Math.Min(query.Count("limit", DefaultLimit), MaxLimit);
        DeliveryState? state = query.Text("status") switch
        {
            null => null,
            "pending" => DeliveryState.Pending,
            "delivered" => DeliveryState.Delivered,
            "failed" => DeliveryState.GivenUp,
            "captured" => DeliveryState.Captured,
            _ => WrongState(query),
        };
        Guid? before = query.Text("before") is not { } text ? null : ShownId.TryRead(text, out var id) ? id : WrongPlace(query);
        return query.Refusal is { } refusal
            ? call.Dialect.Refuse(refusal)
            : await call.ReadAsync(
                deliveries.RunAsync(call.Caller, found.Id, state, before, limit, call.Aborted),
                page => form.List(call, "deliveries", page.Items, form.Delivery,
                    new ListEnd(limit, "before", page.Next is { } next ? WebhookBody.ShownId(next) : null)));
    }

    private static DeliveryState? WrongState(QueryReader query)
    {
        query.Wrong("status", "The status has to be pending, delivered, failed or captured.");
        return null;
    }

    private static Guid? WrongPlace(QueryReader query)
    {
        query.Wrong("before", "The before has to be the id of a delivery, as the list shows it.");
        return null;
    }
}
