using System.Text.Json;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Webhooks;

namespace WorkflowStudio.Api.Dialects.Sequences;

/// <summary>What all dialects have, as this one tells it: camelCase in <c>{data}</c>, lists with <c>pagination</c>.</summary>
internal sealed class SequencesForm : DialectForm
{
    public static SequencesForm Instance { get; } = new();

    public override WebhookDialect Webhooks => WebhookDialect.Sequences;

    public override string Name(string snake) => string.Concat(
        snake.Split('_').Select((word, i) => i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    public override string Workflow(Guid id) => ShownId.Workflow(id);

    public override string Run(Guid id) => ShownId.Run(id);

    public override ApiAnswer One(Action<Utf8JsonWriter> fields, int status = StatusCodes.Status200OK) =>
        SequencesAnswers.One(fields, status);

    public override ApiAnswer List<T>(
        ApiCall call, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write, ListEnd? end = null)
    {
        if (end is not null) return SequencesAnswers.Part(items, write, w =>
        {
            w.WriteNumber("limit", end.Limit);
            end.Write(w, this);
        });
        var query = new QueryReader(call.Http.Request.Query);
        var page = PageOf.Read(query);
        return query.Refusal is { } refusal
            ? call.Dialect.Refuse(refusal)
            : SequencesAnswers.Page([.. items.Skip(page.Skip).Take(page.Limit)], write, page, items.Count);
    }
}
