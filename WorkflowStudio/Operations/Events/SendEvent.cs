using System.Runtime.InteropServices;
using System.Text.Json;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Events;

/// <summary>
/// Takes an event of another system: it starts the workflows whose trigger names it and wakes the steps that wait for it, in one
/// transaction.
/// </summary>
internal sealed class SendEvent(IStudioWriter writer, PlatformEvents events, WorkflowAccess access, TimeProvider clock)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.SendEvents;

    /// <summary>The longest id of an event, in characters.</summary>
    public const int MaxId = 255;

    /// <summary>The largest data of an event, in bytes.</summary>
    public const int MaxData = 1_048_576;

    /// <param name="caller">Who sends it.</param>
    /// <param name="sent">The event.</param>
    /// <param name="answer">Makes the answer that is stored with what the event did, for requests with an Idempotency-Key.</param>
    /// <param name="cancellationToken">Gives up waiting; the event may have been taken all the same.</param>
    public async Task<Result<TakenEvent>> RunAsync(
        Caller caller, NewEvent sent, Func<TakenEvent, KeptAnswer?>? answer = null, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var problems = Problems(sent).ToList();
        if (problems.Count > 0) return new OperationProblem.Invalid("The event cannot be taken as it is.", problems);
        var now = clock.GetUtcNow();
        var raised = await events.WeighAsync(
            caller.Tenant, new PlatformEvent(sent.Type, () => sent.Data) { Id = sent.Id }, cancellationToken);
        var seen = await access.SeenAsync(caller, cancellationToken);
        return await writer.WriteAsync<Result<TakenEvent>>(
            caller.Tenant.WorkspaceId,
            write =>
            {
                var came = events.Raise(write, caller.Tenant, raised).SeenBy(write, seen.Sight);
                var taken = new TakenEvent(sent.Type, came, now);
                write.Record(answer?.Invoke(taken));
                return taken;
            },
            cancellationToken);
    }

    private static IEnumerable<WorkflowProblem> Problems(NewEvent sent)
    {
        if (sent.Type.Length > EventName.MaxLength)
            yield return Wrong("type", $"The type has {sent.Type.Length} characters, at most {EventName.MaxLength} are possible.");
        else if (!EventName.IsWellFormed(sent.Type))
            yield return Wrong("type", $"The type of an event is made of {EventName.Rule}, for example contact-created.");
        if (sent.Id is { } id && (id.Length is 0 or > MaxId || id.Any(char.IsControl)))
            yield return Wrong(
                "id", $"The id of an event has 1 to {MaxId} characters, none of them a line break or another control character.");
        if (sent.Data.ValueKind != JsonValueKind.Object)
            yield return Wrong("data", "The data of an event is a JSON object.");
        else if (JsonMarshal.GetRawUtf8Value(sent.Data).Length > MaxData)
            yield return Wrong("data", "The data of an event is at most 1 MiB.");
    }

    private static WorkflowProblem Wrong(string path, string message) =>
        WorkflowProblem.Error(WorkflowProblemCodes.WrongField, path, null, message);
}

/// <summary>An event that is sent.</summary>
/// <param name="Type">Its name, see <see cref="EventName"/>; at most 120 characters.</param>
/// <param name="Id">What makes it the same event when it is sent again; null for one that is never the same.</param>
/// <param name="Data">An object, at most 1 MiB.</param>
internal sealed record NewEvent(string Type, string? Id, JsonElement Data);

/// <summary>What came of an event.</summary>
/// <param name="Type">Its name.</param>
/// <param name="Came">What came of it, as far as the sender sees the workflows.</param>
/// <param name="At">When.</param>
internal sealed record TakenEvent(string Type, EventReception Came, DateTimeOffset At);
