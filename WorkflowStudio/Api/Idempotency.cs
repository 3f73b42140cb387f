using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Keys;
using WorkflowStudio.Engine.Storage.Workflows;

namespace WorkflowStudio.Api;

/// <summary>
/// Idempotency-Key (docs/decisions.md, "Idempotency-Key"): the same key with the same body gets the first answer again. The answer of what
/// was done is stored by the operation, in its transaction; that of what could not be done (404, 409), which has no effect, afterwards.
/// Deliveries of webhooks go the same way (<see cref="DeliveryId"/>), but nothing is kept of one that was turned away: it is sent again
/// until it is taken.
/// </summary>
internal sealed class Idempotency(KeyStore store, IStudioWriter writer, ISecretProtector protector, TimeProvider clock)
{
    // before a body that is encrypted; JSON never begins so
    private const string Encrypted = "encrypted:";

    private static readonly TimeSpan Life = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<(Tenant, string Path, string Key), bool> running = new();

    /// <summary>Reads the header; null without one. The quoted form equals the bare one.</summary>
    public static bool TryReadKey(IHeaderDictionary headers, out string? key)
    {
        key = null;
        if (!headers.TryGetValue("Idempotency-Key", out var values)) return true;
        var text = values.ToString().Trim();
        if (text is ['"', .., '"']) text = text[1..^1];
        if (values.Count != 1 || text.Length is 0 or > 255 || text.Any(c => c is < '!' or > '~')) return false;
        key = text;
        return true;
    }

    /// <summary>Runs the request, or answers for the first one with its key.</summary>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Func<ApiCall, Task<ApiAnswer>> handler, CancellationToken cancellationToken)
    {
        if (call.IdempotencyKey is not { } key) return await handler(call);
        var scope = (call.Caller.Tenant, call.Path, key);
        if (!running.TryAdd(scope, true)) return call.Dialect.Refuse(call.IsDelivery ? ApiProblem.DeliveryInFlight : ApiProblem.InFlight);
        try
        {
            var request = Request(call, key);
            if (await FirstAnswerAsync(request, cancellationToken) is { } first) return Again(call, request, first);
            return await FirstAsync(request, call, handler, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // another node may have done the same request in the meantime: then its answer is there, and ours was undone
            if (await store.AnswerAsync(Request(call, key), cancellationToken) is not { } others) throw;
            return Again(call, Request(call, key), others);
        }
        finally
        {
            running.TryRemove(scope, out _);
        }
    }

    private async Task<ApiAnswer> FirstAsync(
        KeptAnswer request, ApiCall call, Func<ApiCall, Task<ApiAnswer>> handler, CancellationToken cancellationToken)
    {
        // a refusal is never recorded by the operation, also when it came after an answer had been made for its transaction
        var answer = await handler(call with { Record = a => Filled(call, request, a) });
        // what will be otherwise in a while is asked anew
        if (!call.IsDelivery && answer is { Status: StatusCodes.Status404NotFound or StatusCodes.Status409Conflict, RetryAfter: null })
            await writer.WriteAsync(
                request.Tenant.WorkspaceId, write => { write.Record(Filled(call, request, answer)); return 0; }, cancellationToken);
        return answer;
    }

    private ApiAnswer Again(ApiCall call, KeptAnswer request, KeptAnswer first) =>
        first.BodyHash.AsSpan().SequenceEqual(request.BodyHash) ? Replay(call, first) : call.Dialect.Refuse(ApiProblem.IdempotencyConflict);

    private async Task<KeptAnswer?> FirstAnswerAsync(KeptAnswer request, CancellationToken cancellationToken)
    {
        var first = await store.AnswerAsync(request, cancellationToken);
        if (first is null || first.CreatedAt + Life > clock.GetUtcNow()) return first;
        await writer.WriteAsync(request.Tenant.WorkspaceId, write => { write.Forget(first); return 0; }, cancellationToken);
        return null;
    }

    private KeptAnswer Request(ApiCall call, string key) =>
        new(call.Caller.Tenant, "POST", call.Path, key, call.IsDelivery ? [] : SHA256.HashData(call.Body.Span), clock.GetUtcNow());

    private KeptAnswer Filled(ApiCall call, KeptAnswer request, ApiAnswer answer)
    {
        var body = Marked(Encoding.UTF8.GetString(answer.Body.Span), call.BaseUrl);
        return request with
        {
            Status = answer.Status,
            Location = answer.Location,
            Body = answer.IsSecret ? Encrypted + Convert.ToBase64String(protector.Protect(body)) : body,
        };
    }

    private static string Marked(string body, string address) =>
        address.Length == 0 ? body : body.Replace(address, ApiAnswer.AddressMark, StringComparison.Ordinal);

    private string Body(KeptAnswer row) => row.Body.StartsWith(Encrypted, StringComparison.Ordinal)
        ? protector.Unprotect(Convert.FromBase64String(row.Body[Encrypted.Length..]))
            ?? throw new InvalidOperationException("A kept answer cannot be decrypted: the key ring is another one.")
        : row.Body;

    private ApiAnswer Replay(ApiCall call, KeptAnswer row) =>
        new(row.Status, Encoding.UTF8.GetBytes(Body(row).Replace(ApiAnswer.AddressMark, call.BaseUrl, StringComparison.Ordinal)))
        {
            // it is not kept: the status tells which of the dialect's two it was
            ContentType = row.Status < StatusCodes.Status400BadRequest ? ApiAnswer.Json : call.Dialect.ProblemType,
            Location = row.Location,
            Replayed = true,
        };
}
