using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Operations.Keys;

/// <summary>A key that is to be made.</summary>
/// <param name="Environment">The side of the workspace in which it works.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Scopes">What it may do.</param>
public sealed record KeyWish(StudioEnvironment Environment, string Name, IReadOnlyCollection<string> Scopes)
{
    /// <summary>From when on it is worth nothing; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The networks it may be used from, in CIDR notation; none for everywhere.</summary>
    public IReadOnlyList<string> Networks { get; init; } = [];

    /// <summary>The users whose shares it sees.</summary>
    public IReadOnlyList<Guid> UserIds { get; init; } = [];

    /// <summary>The roles whose shares it sees.</summary>
    public IReadOnlyList<Guid> RoleIds { get; init; } = [];
}

/// <summary>A key that was made: the only time that it is seen.</summary>
public sealed record NewKey(string Key, KeyFacts Facts);

/// <summary>What may be shown of a key.</summary>
public sealed record KeyFacts(Guid Id, string Name, StudioEnvironment Environment, string Prefix, IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt)
{
    /// <summary>The member who made it; null for the command line.</summary>
    public Guid? MakerId { get; init; }

    /// <summary>Whether they have left: then it is for the owners to keep or revoke.</summary>
    public bool MakerHasLeft { get; init; }

    /// <summary>From when on it is worth nothing; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The networks it may be used from; none for everywhere.</summary>
    public IReadOnlyList<string> Networks { get; init; } = [];

    /// <summary>The users and roles whose shares it sees.</summary>
    public IReadOnlyList<Guid> SharesOf { get; init; } = [];

    /// <summary>When it was last used, to the minute; null for never.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    internal static KeyFacts Of(ApiKeyRow row) => new(
        row.Id, row.Name, row.Environment, row.Prefix, Words(row.Scopes), row.CreatedAt, row.RevokedAt)
    {
        MakerId = row.MakerId,
        ExpiresAt = row.ExpiresAt,
        Networks = Words(row.Networks),
        SharesOf = [.. Words(row.SharesOf).Select(Guid.Parse)],
        LastUsedAt = row.LastUsedAt,
    };

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
