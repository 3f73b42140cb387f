using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;
using WorkflowStudio.Engine.Storage.Keys;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Keys;

/// <summary>
/// Makes a key. It is shown once; only its hash is kept. It can do no more than whoever makes it, and sees no share that they do not.
/// </summary>
internal sealed class CreateKey(IStudioWriter writer, AuditTrail audit, IdFactory ids, TimeProvider clock)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageKeys;

    public const int MaxName = 80;

    public Task<Result<NewKey>> RunAsync(Caller caller, StudioEnvironment environment, string name,
        IReadOnlyCollection<string> scopes, CancellationToken cancellationToken = default) =>
        RunAsync(caller, new KeyWish(environment, name, scopes), cancellationToken);

    /// <summary>The same with all that can be said of a key.</summary>
    public async Task<Result<NewKey>> RunAsync(Caller caller, KeyWish wish, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        if (Wrong(wish) is { } wrong) return wrong;
        if (RoleRules.Refuse(caller, Scopes.Allow(wish.Scopes)) is { } more) return more;
        IReadOnlyList<Guid> shares = [.. wish.UserIds.Concat(wish.RoleIds).Distinct()];
        if (!caller.SeesAll && shares.Except(caller.Sight.Grantees).Any())
            return Invalid("shares_of", "A key sees what is shared with yourself or your own roles. Only owners and admins give it more.");
        var key = KeyText.New(wish.Environment);
        var row = new ApiKeyRow
        {
            Id = ids.New(),
            WorkspaceId = caller.Tenant.WorkspaceId,
            Environment = wish.Environment,
            Name = wish.Name.Trim(),
            Prefix = key[..12],
            Hash = KeyText.Hash(key),
            Scopes = string.Join(' ', wish.Scopes.Distinct()),
            CreatedAt = clock.GetUtcNow(),
            MakerId = caller.UserId,
            ExpiresAt = wish.ExpiresAt,
            Networks = string.Join(' ', wish.Networks.Distinct()),
            SharesOf = string.Join(' ', shares),
        };
        return await writer.WriteAsync<Result<NewKey>>(
            caller.Tenant.WorkspaceId,
            write =>
            {
                var workspace = caller.Tenant.WorkspaceId;
                if (wish.UserIds.Except(MemberStore.KnownUsers(write, workspace, wish.UserIds)).ToList() is [var user, ..])
                    return Invalid("user_ids", $"There is no user {user} in this workspace.");
                if (wish.RoleIds.Except(MemberStore.KnownRoles(write, workspace, wish.RoleIds)).ToList() is [var role, ..])
                    return Invalid("role_ids", $"There is no role {role} in this workspace.");
                KeyStore.Add(write, row);
                audit.Add(write, caller, AuditActions.KeyAdded, row.Id, row.Name, $"Its scopes are {row.Scopes.Replace(" ", ", ")}.");
                return new NewKey(key, KeyFacts.Of(row));
            },
            cancellationToken);
    }

    private OperationProblem? Wrong(KeyWish wish)
    {
        if (string.IsNullOrWhiteSpace(wish.Name) || wish.Name.Length > MaxName)
            return Invalid("name", $"A key needs a name of at most {MaxName} characters.");
        if (wish.Scopes.Count == 0) return Invalid("scopes", "A key needs at least one scope.");
        if (wish.Scopes.FirstOrDefault(s => !Scopes.All.Contains(s)) is { } unknown)
            return Invalid("scopes", $"There is no scope {unknown}. Known: {string.Join(", ", Scopes.All)}.");
        if (wish.ExpiresAt <= clock.GetUtcNow()) return Invalid("expires_at", "A key expires in the future, or never.");
        if (wish.Networks.Count > KeyNetworks.Most) return Invalid("networks", $"A key can have at most {KeyNetworks.Most} networks.");
        return wish.Networks.FirstOrDefault(n => !KeyNetworks.TryRead(n, out _)) is { } network
            ? Invalid("networks", $"\"{network}\" is no network. Write it like 203.0.113.0/24 or 2001:db8::/32, or as a single address.")
            : null;
    }

    private static OperationProblem.Invalid Invalid(string path, string message) =>
        new(message, [WorkflowProblem.Error("invalid_key", path, null, message)]);
}

/// <summary>Lists the keys of the workspace, newest first.</summary>
internal sealed class ListKeys(KeyStore store, MemberStore members)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageKeys;

    public async Task<Result<IReadOnlyList<KeyFacts>>> RunAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var workspace = caller.Tenant.WorkspaceId;
        var there = (await members.ListAsync(workspace, cancellationToken)).Select(m => m.UserId).ToHashSet();
        KeyFacts[] keys = [.. (await store.ListAsync(workspace, cancellationToken)).Select(KeyFacts.Of)
            .Select(k => k with { MakerHasLeft = k.MakerId is { } maker && !there.Contains(maker) })];
        return keys;
    }
}

/// <summary>Makes a key worthless, on every node.</summary>
internal sealed class RevokeKey(IStudioWriter writer, KeyRing ring, AuditTrail audit, TimeProvider clock)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageKeys;

    public async Task<Result<KeyFacts>> RunAsync(Caller caller, Guid id, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return await writer.WriteAsync<Result<KeyFacts>>(
            caller.Tenant.WorkspaceId,
            write =>
            {
                if (KeyStore.Find(write, caller.Tenant.WorkspaceId, id) is not { } row) return new OperationProblem.NotFound("key");
                if (row.RevokedAt is null)
                {
                    row.RevokedAt = clock.GetUtcNow();
                    audit.Add(write, caller, AuditActions.KeyRevoked, row.Id, row.Name);
                }

                write.AfterCommit(() => ring.Forget(id));
                return KeyFacts.Of(row);
            },
            cancellationToken);
    }
}
