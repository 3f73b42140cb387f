using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Answers;

namespace WorkflowStudio.Engine.Storage.Rows;

/// <summary>A practice: the owner of everything else. Its two environments share this row and nothing else.</summary>
public sealed class WorkspaceRow
{
    public Guid Id { get; set; }

    /// <summary>The name in addresses and on the command line, unique.</summary>
    public required string Slug { get; set; }

    /// <summary>What clients read.</summary>
    public required string Name { get; set; }

    /// <summary>The IANA zone in which dates are shown and written.</summary>
    public required string TimeZone { get; set; }

    /// <summary>The postal address on invoices, one line; empty when not given.</summary>
    public string Address { get; set; } = "";

    /// <summary>The telephone number on invoices and messages; empty when not given.</summary>
    public string Phone { get; set; } = "";

    /// <summary>In the live environment: capture what has no connection instead of failing the step.</summary>
    public bool CaptureUntilConnected { get; set; }

    /// <summary>Who sees a workflow that is made in the studio, until somebody says otherwise.</summary>
    public WorkflowVisibility DefaultVisibility { get; set; } = WorkflowVisibility.Tenant;

    /// <summary>Whether steps may run programs that people write.</summary>
    public bool AllowsCode { get; set; }

    /// <summary>How many bytes its documents hold, of both environments.</summary>
    public long DocumentBytes { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>An API key. Only a hash is kept; the key itself is shown once.</summary>
public sealed class ApiKeyRow
{
    public Guid Id { get; set; }

    public Guid WorkspaceId { get; set; }

    public StudioEnvironment Environment { get; set; }

    public required string Name { get; set; }

    /// <summary>The first characters, enough to tell keys apart in a list: <c>sk_live_Ab3d</c>.</summary>
    public required string Prefix { get; set; }

    /// <summary>SHA-256 of the whole key; the key holds 256 bits of randomness, so no slow hash is needed.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>Scope names separated by spaces.</summary>
    public required string Scopes { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>The member who made it; null for the command line.</summary>
    public Guid? MakerId { get; set; }

    /// <summary>From when on it is worth nothing; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>The networks it may be used from, in CIDR notation, separated by spaces; empty for everywhere.</summary>
    public string Networks { get; set; } = "";

    /// <summary>The users and roles whose shares it sees, as UUIDs separated by spaces.</summary>
    public string SharesOf { get; set; } = "";

    /// <summary>When it was last used, to the minute; null for never.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }
}

/// <summary>An account elsewhere: an address and a secret, encrypted.</summary>
public sealed class ConnectionRow
{
    public Guid Id { get; set; }

    public Guid WorkspaceId { get; set; }

    public StudioEnvironment Environment { get; set; }

    /// <summary>
    /// What it is for, see <see cref="Connectors.ConnectionKinds"/>; of some kinds there can be several, told apart by their names.
    /// </summary>
    public required string Kind { get; set; }

    public required string Name { get; set; }

    /// <summary>What is not secret, as JSON: address, model …</summary>
    public required string Settings { get; set; }

    /// <summary>The secret, protected by the app's key ring.</summary>
    public byte[]? ProtectedSecret { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>The answer to a POST that carried an Idempotency-Key, kept for 24 hours.</summary>
public sealed class IdempotencyRow
{
    public Guid WorkspaceId { get; set; }

    public StudioEnvironment Environment { get; set; }

    public required string Method { get; set; }

    public required string Path { get; set; }

    public required string Key { get; set; }

    /// <summary>SHA-256 of the body of the first call.</summary>
    public required byte[] BodyHash { get; set; }

    public int Status { get; set; }

    /// <summary>The Location header of the answer, if it had one.</summary>
    public string? Location { get; set; }

    public required string Body { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>The row of an answer.</summary>
    public static IdempotencyRow Of(KeptAnswer a) => new()
    {
        WorkspaceId = a.Tenant.WorkspaceId,
        Environment = a.Tenant.Environment,
        Method = a.Method,
        Path = a.Path,
        Key = a.Key,
        BodyHash = a.BodyHash,
        Status = a.Status,
        Location = a.Location,
        Body = a.Body,
        CreatedAt = a.CreatedAt,
    };

    /// <summary>The answer of the row.</summary>
    public KeptAnswer ToAnswer() => new(new Tenant(WorkspaceId, Environment), Method, Path, Key, BodyHash, CreatedAt)
    { Status = Status, Location = Location, Body = Body };
}
