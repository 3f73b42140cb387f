using System.Collections.Concurrent;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Keys;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Operations.Keys;

/// <summary>How keys look: <c>sk_live_</c> or <c>sk_test_</c> and 256 random bits in base 62.</summary>
internal static class KeyText
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int Length = 43; // 62^43 > 2^256
    private const int MaxLength = 100;

    public static string New(StudioEnvironment environment)
    {
        var number = new BigInteger(RandomNumberGenerator.GetBytes(32), isUnsigned: true);
        var digits = new char[Length];
        for (var i = Length - 1; i >= 0; i--)
        {
            number = BigInteger.DivRem(number, Digits.Length, out var digit);
            digits[i] = Digits[(int)digit];
        }

        return (environment == StudioEnvironment.Live ? "sk_live_" : "sk_test_") + new string(digits);
    }

    public static bool LooksRight(string text) => text.Length is > 8 and <= MaxLength
        && (text.StartsWith("sk_live_", StringComparison.Ordinal) || text.StartsWith("sk_test_", StringComparison.Ordinal));

    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}

/// <summary>Makes a key. It is shown once; only its hash is kept.</summary>
internal sealed class CreateKey(IStudioWriter writer, IdFactory ids, TimeProvider clock)
{
    public const int MaxName = 80;

    public async Task<Result<NewKey>> RunAsync(Caller caller, StudioEnvironment environment, string name,
        IReadOnlyCollection<string> scopes, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Permission.ManageWorkspace) is { } refused) return refused;
        if (string.IsNullOrWhiteSpace(name) || name.Length > MaxName)
            return Invalid("name", $"A key needs a name of at most {MaxName} characters.");
        if (scopes.Count == 0) return Invalid("scopes", "A key needs at least one scope.");
        if (scopes.FirstOrDefault(s => !Scopes.All.Contains(s)) is { } unknown)
            return Invalid("scopes", $"There is no scope {unknown}. Known: {string.Join(", ", Scopes.All)}.");
        var key = KeyText.New(environment);
        var row = new ApiKeyRow
        {
            Id = ids.New(),
            WorkspaceId = caller.Tenant.WorkspaceId,
            Environment = environment,
            Name = name.Trim(),
            Prefix = key[..12],
            Hash = KeyText.Hash(key),
            Scopes = string.Join(' ', scopes.Distinct()),
            CreatedAt = clock.GetUtcNow(),
        };
        await writer.WriteAsync(caller.Tenant.WorkspaceId, write => { KeyStore.Add(write, row); return 0; }, cancellationToken);
        return new NewKey(key, KeyFacts.Of(row));
    }

    private static OperationProblem.Invalid Invalid(string path, string message) =>
        new(message, [WorkflowProblem.Error("invalid_key", path, null, message)]);
}

/// <summary>Lists the keys of the workspace, newest first.</summary>
internal sealed class ListKeys(KeyStore store)
{
    public async Task<Result<IReadOnlyList<KeyFacts>>> RunAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Permission.ManageWorkspace) is { } refused) return refused;
        KeyFacts[] keys = [.. (await store.ListAsync(caller.Tenant.WorkspaceId, cancellationToken)).Select(KeyFacts.Of)];
        return keys;
    }
}

/// <summary>Makes a key worthless.</summary>
internal sealed class RevokeKey(IStudioWriter writer, KeyRing ring, TimeProvider clock)
{
    public async Task<Result<KeyFacts>> RunAsync(Caller caller, Guid id, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Permission.ManageWorkspace) is { } refused) return refused;
        return await writer.WriteAsync<Result<KeyFacts>>(
            caller.Tenant.WorkspaceId,
            write =>
            {
                if (KeyStore.Find(write, caller.Tenant.WorkspaceId, id) is not { } row) return new OperationProblem.NotFound("key");
                row.RevokedAt ??= clock.GetUtcNow();
                write.AfterCommit(ring.Forget);
                return KeyFacts.Of(row);
            },
            cancellationToken);
    }
}

/// <summary>
/// Turns a key into a caller. Known keys are remembered for a second, so that a client in a loop does not ask the database every time and a
/// key that was revoked by another process is refused a second later; a key revoked by this one is refused at once.
/// </summary>
internal sealed class KeyRing(KeyStore store, TimeProvider clock)
{
    private const int Most = 1_000;
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, (Caller Caller, DateTimeOffset Until)> known = new();
    private long changes;

    /// <summary>The caller, or null for a key that is unknown or revoked.</summary>
    public async ValueTask<Caller?> AuthenticateAsync(string key, CancellationToken cancellationToken)
    {
        if (!KeyText.LooksRight(key)) return null;
        var hash = KeyText.Hash(key);
        var name = Convert.ToHexString(hash);
        if (known.TryGetValue(name, out var remembered) && clock.GetUtcNow() < remembered.Until) return remembered.Caller;
        var before = Interlocked.Read(ref changes);
        var row = await store.FindAsync(hash, cancellationToken);
        if (row is null || row.RevokedAt is not null) return null;
        var caller = CallerOf(row);
        if (known.Count >= Most) known.Clear();
        known[name] = (caller, clock.GetUtcNow() + Life);
        if (Interlocked.Read(ref changes) != before) known.Clear();
        return caller;
    }

    /// <summary>To be called when a key was revoked.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref changes);
        known.Clear();
    }

    private static Caller CallerOf(ApiKeyRow row) => new()
    {
        Tenant = new Tenant(row.WorkspaceId, row.Environment),
        KeyId = row.Id,
        Name = row.Name,
        Scopes = row.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(),
    };
}

/// <summary>A key that was made: the only time that it is seen.</summary>
internal sealed record NewKey(string Key, KeyFacts Facts);

/// <summary>What may be shown of a key.</summary>
internal sealed record KeyFacts(Guid Id, string Name, StudioEnvironment Environment, string Prefix, IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt)
{
    public static KeyFacts Of(ApiKeyRow row) => new(row.Id, row.Name, row.Environment, row.Prefix,
        row.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries), row.CreatedAt, row.RevokedAt);
}
