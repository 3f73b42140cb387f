using System.Globalization;
using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Webhooks;
using WorkflowStudio.Operations.Events;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Webhooks;

namespace WorkflowStudio.Api.Routes;

/// <summary>
/// How a dialect tells what all dialects have and no reference text spells out: webhooks that go out, their deliveries, the lines of a
/// run's log. The things are the same everywhere; envelope, ids and the case of names are the dialect's.
/// </summary>
internal abstract class DialectForm
{
    /// <summary>In whose words its webhooks are told.</summary>
    public abstract WebhookDialect Webhooks { get; }

    /// <summary>The name of whether a webhook is told anything.</summary>
    public virtual string IsOn => Name("is_active");

    /// <summary>The name of the id of a run, in snake case.</summary>
    public virtual string RunId => "run_id";

    /// <summary>How long an old secret counts beside a new one.</summary>
    public virtual TimeSpan Overlap => TimeSpan.Zero;

    /// <summary>A field's name in the dialect's case.</summary>
    public virtual string Name(string snake) => snake;

    /// <summary>How the id of a workflow is shown.</summary>
    public virtual string Workflow(Guid id) => id.ToString();

    /// <summary>How the id of a run is shown.</summary>
    public virtual string Run(Guid id) => id.ToString();

    /// <summary>One thing.</summary>
    public abstract ApiAnswer One(Action<Utf8JsonWriter> fields, int status = StatusCodes.Status200OK);

    /// <summary>A list of things; of one that is whole the page that is asked for.</summary>
    /// <param name="call">The request.</param>
    /// <param name="name">What they are called, in snake case.</param>
    /// <param name="items">They.</param>
    /// <param name="write">Writes the fields of one.</param>
    /// <param name="end">Where it ends; null for a list that is whole.</param>
    public abstract ApiAnswer List<T>(
        ApiCall call, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write, ListEnd? end = null);

    /// <summary>Writes the items of a list.</summary>
    protected static void Items<T>(Utf8JsonWriter w, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        w.WriteStartArray(name);
        foreach (var item in items)
        {
            w.WriteStartObject();
            write(w, item);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }

    /// <summary>Writes a line of a log.</summary>
    public void Line(Utf8JsonWriter w, RunLogEntry line)
    {
        w.WriteNumber("seq", line.Seq);
        Time(w, "timestamp", line.At);
        w.WriteString("level", line.Level);
        w.WriteString("event", line.Event.Replace("node_", "step_", StringComparison.Ordinal));
        if (line.NodeId is not null) w.WriteString(Name("step_id"), line.NodeId);
        if (line.Attempt > 0) w.WriteNumber("attempt", line.Attempt);
        w.WriteString("message", line.Message);
        if (line.Iteration is not null) w.WriteString("iteration", line.Iteration);
    }

    /// <summary>Writes a webhook, with its secret where that is shown.</summary>
    public void Endpoint(Utf8JsonWriter w, EndpointFacts one, string? secret = null)
    {
        w.WriteString("id", one.Id);
        w.WriteString("url", one.Address);
        w.WriteString("description", one.Description);
        w.WriteStartArray("events");
        foreach (var name in one.Events) w.WriteStringValue(name);
        w.WriteEndArray();
        Text(w, "workflow_id", one.WorkflowId is { } workflow ? Workflow(workflow) : null);
        w.WriteBoolean(IsOn, one.IsOn);
        Text(w, "disabled_reason", one.OffReason);
        Time(w, "failing_since", one.FailingSince);
        Time(w, "created_at", one.CreatedAt);
        Time(w, "updated_at", one.UpdatedAt);
        if (secret is not null) w.WriteString("secret", secret);
    }

    /// <summary>Writes a delivery.</summary>
    public void Delivery(Utf8JsonWriter w, DeliveryFacts one)
    {
        w.WriteString("id", one.ShownId);
        w.WriteString("event", one.Event);
        w.WriteString("status", StateOf(one.State));
        Text(w, "workflow_id", one.WorkflowId is { } workflow ? Workflow(workflow) : null);
        Text(w, RunId, one.RunId is { } run ? Run(run) : null);
        w.WriteNumber("attempts", one.Tries);
        if (one.StatusCode is { } code) w.WriteNumber(Name("status_code"), code);
        else w.WriteNull(Name("status_code"));
        Text(w, "error", one.Problem);
        Text(w, "answer", one.Answer);
        Time(w, "next_attempt_at", one.NextTryAt);
        Time(w, "last_attempt_at", one.LastTryAt);
        Time(w, "created_at", one.CreatedAt);
    }

    /// <summary>Writes a line of the trigger log.</summary>
    public void Trigger(Utf8JsonWriter w, TriggerLogLine one)
    {
        w.WriteNumber("id", one.Id);
        Time(w, "timestamp", one.At);
        w.WriteString("cause", one.Cause);
        w.WriteString("outcome", one.Outcome == TriggerOutcome.Started ? "started" : "refused");
        Text(w, "reason", one.Reason);
        Text(w, "event", one.Event);
        Text(w, "event_id", one.EventId);
        Text(w, "workflow_id", Workflow(one.WorkflowId));
        Text(w, RunId, one.RunId is { } run ? Run(run) : null);
        Text(w, "saw", one.Detail);
    }

    /// <summary>Writes what a test came to.</summary>
    public void Tested(Utf8JsonWriter w, DeliveryFacts one)
    {
        w.WriteString("status", StateOf(one.State));
        if (one.StatusCode is { } code) w.WriteNumber(Name("status_code"), code);
        else w.WriteNull(Name("status_code"));
        if (one.Problem is not null) w.WriteString("error", one.Problem);
    }

    private static string StateOf(DeliveryState state) => state switch
    {
        DeliveryState.Pending => "pending",
        DeliveryState.Delivered => "delivered",
        DeliveryState.Captured => "captured",
        _ => "failed",
    };

    private void Text(Utf8JsonWriter w, string name, string? text) => w.WriteString(Name(name), text);

    // whole seconds, UTC
    private void Time(Utf8JsonWriter w, string name, DateTimeOffset? time) => w.WriteString(
        Name(name), time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
}

/// <summary>Where a part of a list ends.</summary>
/// <param name="Limit">How long it can be.</param>
/// <param name="Parameter">The parameter that asks for the next part.</param>
/// <param name="Value">With what; null at the end of the list.</param>
internal sealed record ListEnd(int Limit, string Parameter, object? Value)
{
    /// <summary>Writes it in a dialect's form: a number or a text.</summary>
    public void Write(Utf8JsonWriter w, DialectForm form)
    {
        w.WritePropertyName(form.Name("next_" + Parameter));
        if (Value is long number) w.WriteNumberValue(number);
        else w.WriteStringValue((string?)Value);
    }
}
